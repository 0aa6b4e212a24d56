// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from '@fairway/plugin-delivery-common';
import {
  usePhrases,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import { deliveryTranslationRef } from '../translation';

/** A code that this page has no words for is still readable: `failing: health check`. */
function bare(phrase: Phrase): string {
  return phrase.code.replaceAll('.', ': ').replaceAll('-', ' ');
}

/** Words for the reasons of all summaries that the home page shows. */
export function usePhrase(): PhraseRenderer {
  return usePhrases(deliveryTranslationRef, bare);
}
