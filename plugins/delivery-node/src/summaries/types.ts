// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { HomeEnvironment } from '@fairway/plugin-delivery-common';

/** What a plugin tells about many entities at once, for home and roll-ups. @public */
export interface Summarizer {
  id: string;
  /** The caller sees only what this permission allows; the roll-up asks, not the summarizer. */
  permission: ResourcePermission<'catalog-entity'>;
  /** By entity reference; from what was observed, no upstream call. */
  summarize(entities: Entity[]): Promise<Map<string, HomeEnvironment[]>>;
}

/** Where plugins offer summaries; root-scoped. @public */
export interface Summaries {
  register(summarizer: Summarizer): void;
  all(): Summarizer[];
}
