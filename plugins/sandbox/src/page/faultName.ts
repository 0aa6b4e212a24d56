// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import { sandboxTranslationRef } from '../translation';

const KNOWN = [
  'down',
  'slow',
  'hang',
  '401',
  '403',
  '429',
  '500',
  '503',
  'drop-watches',
  'expire-resource-versions',
  'restart',
] as const;

/** A kind of fault in words; a kind that we do not know keeps its own name. */
export function faultName(
  t: TranslationFunction<typeof sandboxTranslationRef.T>,
  kind: string,
): string {
  const known = KNOWN.find(other => other === kind);
  return known ? t(`faults.kind.${known}`) : kind;
}
