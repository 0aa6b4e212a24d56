// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderPhrase, type Phrase } from '@fairway/plugin-delivery-common';
import { fluxPhrases } from './fluxPhrases';

/**
 * English for the phrases of this package, for API, notifications and actions.
 * A code that this version does not know is given as it is.
 *
 * @public
 */
export function renderFluxPhrase(phrase: Phrase): string {
  return renderPhrase(phrase, fluxPhrases);
}
