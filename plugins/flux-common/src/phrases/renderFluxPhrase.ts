// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  deliveryPhrases,
  renderPhrase,
  type Phrase,
} from '@fairway/plugin-delivery-common';
import { fluxPhrases } from './fluxPhrases';

/** The documents of this package speak of sources and bindings as well. */
const WORDS = { ...deliveryPhrases, ...fluxPhrases };

/**
 * English for the phrases of this package's documents, for API, notifications and actions.
 * A code that this version does not know is given as it is.
 *
 * @public
 */
export function renderFluxPhrase(phrase: Phrase): string {
  return renderPhrase(phrase, WORDS);
}
