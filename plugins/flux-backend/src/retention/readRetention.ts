// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const FIELD = 'fairway.flux.history.days';

/**
 * How many days deployments are kept; 800 unless configured.
 *
 * @throws InputError that names the field
 */
export function readRetention(config: Config): number {
  const days = config.getOptionalNumber(FIELD) ?? 800;
  if (!Number.isInteger(days) || days < 1 || days > 3_650) {
    throw new InputError(`${FIELD} must be a whole number from 1 to 3650`);
  }
  return days;
}
