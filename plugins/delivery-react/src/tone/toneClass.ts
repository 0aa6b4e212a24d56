// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Tone } from '@fairway/plugin-delivery-common';
import styles from './tone.module.css';

/**
 * Class that gives an element the custom properties `--fairway-tone-fg`, `-bg`
 * and `-edge` of a tone, in light and dark. Colour is never the only sign: put a
 * word beside it.
 *
 * @public
 */
export function toneClass(tone: Tone): string {
  return styles[tone];
}
