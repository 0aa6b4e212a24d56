// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  SourceState,
  SourceStatus,
} from '@fairway/plugin-delivery-common';

/** Why the host of a repository could not answer. @public */
export type SourceErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'unreachable'
  | 'unexpected';

interface Trouble {
  state: SourceState;
  reason: string;
  next: string;
}

const TROUBLES: Record<SourceErrorKind, Trouble> = {
  unauthorized: {
    state: 'unauthorized',
    reason: 'commits.unauthorized',
    next: 'commits.renew-token',
  },
  forbidden: {
    state: 'forbidden',
    reason: 'commits.forbidden',
    next: 'commits.grant-read',
  },
  'rate-limited': {
    state: 'unreachable',
    reason: 'commits.rate-limited',
    next: 'commits.retry',
  },
  unreachable: {
    state: 'unreachable',
    reason: 'commits.unreachable',
    next: 'commits.retry',
  },
  unexpected: {
    state: 'unreachable',
    reason: 'commits.unexpected',
    next: 'commits.retry',
  },
};

/**
 * What a page says of the host of the GitOps repository while it does not
 * answer: a commit that is missing then is unknown yet, not absent.
 *
 * @param asOf - when it answered last, ISO 8601
 * @public
 */
export function commitsSource(
  kind: SourceErrorKind,
  asOf: string | undefined,
): SourceStatus {
  const { state, reason, next } = TROUBLES[kind];
  return {
    state,
    ...(asOf ? { asOf } : {}),
    reason: { code: reason, params: {} },
    next: { code: next, params: {} },
  };
}
