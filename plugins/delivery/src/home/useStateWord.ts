// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';

const KNOWN = [
  'terminating',
  'suspended',
  'stalled',
  'waiting',
  'failing',
  'progressing',
  'requested',
  'stale',
  'drifted',
  'ready',
  'static',
  'unknown',
  'degraded',
  'empty',
  'not-bound',
  'unavailable',
  'mixed',
] as const;

/**
 * Words for the state of an environment. A state that a newer server sends and we
 * do not know has no word: the tone then speaks for it.
 */
export function useStateWord(): (state: string) => string | undefined {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return state => {
    const known = KNOWN.find(other => other === state);
    return known && t(`state.${known}`);
  };
}
