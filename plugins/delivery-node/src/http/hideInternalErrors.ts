// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** Errors whose message was written for who calls. */
const FOR_CALLERS = [
  'AuthenticationError',
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'NotModifiedError',
  'ServiceUnavailableError',
];

/**
 * The last handler of a router: what nobody foresaw is told as a number that
 * stands in the log beside the cause. A message of a database or of another host
 * names tables, addresses and worse (quality reference, ASVS V16).
 *
 * @public
 */
export function hideInternalErrors(logger: LoggerService): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    const cause = toError(error);
    if (FOR_CALLERS.includes(cause.name)) {
      next(error);
      return;
    }
    const correlationId = randomUUID();
    logger.child({ correlationId }).error('A request failed', cause);
    const hidden = new Error(
      `Something went wrong in the portal. Its log has the cause under ${correlationId}.`,
    );
    // The framework logs what it sends; its stack would say nothing new.
    delete hidden.stack;
    next(hidden);
  };
}
