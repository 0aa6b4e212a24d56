// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from './phrases/Phrase';
import type { Tone } from './verdict';

/**
 * The live topic of the home page. Its key is always `me`: whose home it is follows
 * from the credentials.
 *
 * @public
 */
export const HOME_TOPIC = 'fairway-delivery.home:me';

/** One cell of the table of services: a service in one environment. @public */
export interface HomeEnvironment {
  /** Name of the environment, the key of its column. */
  name: string;
  title: string;
  /** State in the field's own terms, such as `failing` or `suspended`. */
  state: string;
  tone: Tone;
  /** The version that runs; absent when nothing does. */
  version?: string;
  reason: Phrase;
}

/** One row of the table of services. An environment that it does not use is left out. @public */
export interface HomeService {
  entityRef: string;
  title: string;
  description?: string;
  /** Reference of the owning group. */
  owner: string;
  environments: HomeEnvironment[];
}

/** One thing that waits for the reader. @public */
export interface HomeAttention {
  entityRef: string;
  title: string;
  /** Title of the environment. */
  environment: string;
  tone: Tone;
  reason: Phrase;
  /** Since when, ISO 8601; absent when nobody knows. */
  since?: string;
}

/** The one document of the home page: what the caller owns, and what of it needs them. @public */
export interface HomeDocument {
  /** The columns, in the order of `fairway.environments`; those that no service uses may be left out. */
  environments: Array<{ name: string; title: string }>;
  services: HomeService[];
  /** Worst first. */
  needsYou: HomeAttention[];
  /** Services that the caller owns, also those beyond the limit of one answer. */
  total: number;
  /** True when `services` holds fewer than `total`. */
  truncated: boolean;
}
