// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  usePhrases,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import { renderFluxPhrase } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';

/** Words for the verdicts of the flux plugin. */
export function useFluxPhrases(): PhraseRenderer {
  return usePhrases(fluxTranslationRef, renderFluxPhrase);
}
