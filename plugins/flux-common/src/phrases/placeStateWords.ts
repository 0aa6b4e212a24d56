// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { PlaceState } from '../deployments';

/** English words for each state of an environment or target; pages translate them. @public */
export const placeStateWords = {
  terminating: 'Being removed',
  suspended: 'Paused',
  stalled: 'Stalled',
  waiting: 'Waiting',
  failing: 'Failing',
  progressing: 'Rolling out',
  requested: 'Requested',
  stale: 'Not checked lately',
  drifted: 'Changed by hand',
  ready: 'Live and healthy',
  static: 'Static',
  unknown: 'Unknown',
  degraded: 'Degraded',
  empty: 'Nothing yet',
  'not-bound': 'Not bound',
  unavailable: 'Not available',
  mixed: 'Versions differ',
} as const satisfies Record<PlaceState, string>;
