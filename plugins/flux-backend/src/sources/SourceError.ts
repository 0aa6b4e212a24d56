// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceErrorKind } from '@fairway/plugin-flux-common';

/** The host of a repository did not answer as it should. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly kind: SourceErrorKind,
    message: string,
    /** How long the host asks to wait. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
