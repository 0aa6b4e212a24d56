// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ResponseError } from '@backstage/errors';

/** The words of the server where there are any: they say what to do. */
export function explainError(error: Error): string {
  return ResponseError.is(error) ? error.cause.message : error.message;
}

/** True when the persona may not do this, whatever it tries. */
export function isForbidden(error: Error): boolean {
  return ResponseError.is(error) && error.statusCode === 403;
}
