// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  usePhrases,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import type { Phrase } from '@fairway/plugin-delivery-common';
import { fluxTranslationRef } from '../translation';

/** A code that this page has no words for still says something. */
function bare(phrase: Phrase): string {
  return phrase.code;
}

/** Words for the verdicts of the flux plugin. */
export function useFluxPhrases(): PhraseRenderer {
  return usePhrases(fluxTranslationRef, bare);
}
