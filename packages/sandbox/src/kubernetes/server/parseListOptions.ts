// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import {
  forbiddenOption,
  invalidOptions,
  type OptionCause,
  unsupportedOption,
} from './optionErrors';

/** What the query of a LIST or WATCH asks for. */
export interface ListOptionsInput {
  watch: boolean;
  limit: number;
  continue?: string;
  /** Undefined: the newest. 0: any. */
  resourceVersion?: number;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  allowWatchBookmarks: boolean;
  sendInitialEvents?: boolean;
  timeoutSeconds?: number;
}

const MATCHES = ['Exact', 'NotOlderThan'] as const;

/**
 * Reads and checks the options of a LIST or WATCH
 * (`kubernetes/apimachinery:pkg/apis/meta/internalversion/validation/validation.go`).
 *
 * @throws ApiError 400 for what cannot be read, 422 for what does not go together
 */
export function parseListOptions(query: URLSearchParams): ListOptionsInput {
  const watch = flag(query, 'watch') ?? false;
  const match = query.get('resourceVersionMatch') ?? '';
  const sendInitialEvents = flag(query, 'sendInitialEvents');
  const version = query.get('resourceVersion') ?? '';
  const token = query.get('continue') ?? '';
  const given = { match, version, token, sendInitialEvents };
  const causes = watch ? watchCauses(given) : listCauses(given);
  if (causes.length > 0) {
    throw invalidOptions('ListOptions', causes);
  }
  if (token && version && version !== '0') {
    throw new ApiError(
      400,
      'BadRequest',
      'specifying resource version is not allowed when using continue',
    );
  }
  return {
    watch,
    limit: integer(query, 'limit') ?? 0,
    ...(token ? { continue: token } : {}),
    resourceVersion: version === '' ? undefined : versionOf(version),
    ...(match
      ? { resourceVersionMatch: match as (typeof MATCHES)[number] }
      : {}),
    allowWatchBookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    sendInitialEvents,
    timeoutSeconds: integer(query, 'timeoutSeconds') || undefined,
  };
}

interface Given {
  match: string;
  version: string;
  token: string;
  sendInitialEvents?: boolean;
}

function watchCauses({ match, token, sendInitialEvents }: Given) {
  const causes: OptionCause[] = [];
  const field = 'resourceVersionMatch';
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    causes.push(
      forbiddenOption(
        field,
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (match) {
    if (sendInitialEvents === undefined) {
      causes.push(
        forbiddenOption(
          field,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') {
      causes.push(unsupportedOption(field, match, ['NotOlderThan']));
    }
    if (token) {
      causes.push(
        forbiddenOption(
          field,
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
  }
  return causes;
}

function listCauses({ match, version, token, sendInitialEvents }: Given) {
  const causes: OptionCause[] = [];
  const field = 'resourceVersionMatch';
  if (match) {
    if (!version) {
      causes.push(
        forbiddenOption(
          field,
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    }
    if (token) {
      causes.push(
        forbiddenOption(
          field,
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
    if (!(MATCHES as readonly string[]).includes(match)) {
      causes.push(unsupportedOption(field, match, [...MATCHES]));
    }
    if (match === 'Exact' && version === '0') {
      causes.push(
        forbiddenOption(
          field,
          'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        ),
      );
    }
  }
  if (sendInitialEvents !== undefined) {
    causes.push(
      forbiddenOption(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for list',
      ),
    );
  }
  return causes;
}

function flag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  // As `strconv.ParseBool` of the query conversion: nothing, false and 0 are no.
  return text === null ? undefined : !['', '0', 'false'].includes(text);
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ApiError(
      400,
      'BadRequest',
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

function versionOf(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new ApiError(
      400,
      'BadRequest',
      `resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}
