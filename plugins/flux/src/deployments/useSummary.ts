// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Tone } from '@fairway/plugin-delivery-common';
import type { PhraseRenderer } from '@fairway/plugin-delivery-react';
import type { EnvironmentDeployments } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';

/** Tones that somebody should know of, the most urgent first; what cannot be seen may be wrong. */
const URGENT: readonly Tone[] = ['negative', 'warning', 'unknown'];
/** Tones of what somebody wants so, or what is under way. */
const MEANT: readonly Tone[] = ['paused', 'progressing'];

/** The whole page in one sentence that a person could repeat in a meeting. */
export function useSummary(
  environments: readonly EnvironmentDeployments[],
  phrase: PhraseRenderer,
): string {
  const { t } = useTranslationRef(fluxTranslationRef);
  const urgent = URGENT.flatMap(tone =>
    environments.filter(
      ({ verdict }) => verdict.tone === tone && verdict.state !== 'empty',
    ),
  );
  const [worst, ...others] = urgent;
  if (worst) {
    const sentence = t('page.trouble', {
      environment: worst.title,
      reason: phrase(worst.verdict.reason),
    });
    return others.length > 0
      ? `${sentence} ${t('page.more', { count: others.length })}`
      : sentence;
  }
  const held = environments.find(({ verdict }) => MEANT.includes(verdict.tone));
  if (held) {
    return t('page.held', {
      environment: held.title,
      reason: phrase(held.verdict.reason),
    });
  }
  const count = environments.length;
  return environments.every(({ verdict }) => verdict.tone === 'positive')
    ? t('page.allWell', { count })
    : t('page.quiet', { count });
}
