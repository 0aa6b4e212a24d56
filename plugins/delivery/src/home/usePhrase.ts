// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from '@fairway/plugin-delivery-common';

/** Renders a reason. */
export function usePhrase(): (phrase: Phrase) => string {
  return phrase => phrase.code;
}
