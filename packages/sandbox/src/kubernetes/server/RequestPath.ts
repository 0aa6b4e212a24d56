// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ResourceKind } from '../types';

/** What a URL below /api or /apis names. */
export interface ResourcePath {
  kind: ResourceKind;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/**
 * Reads `/apis/<group>/<version>/[namespaces/<ns>/]<plural>[/<name>[/<subresource>]]`.
 *
 * @returns undefined when nothing is served there
 */
export function parseResourcePath(
  pathname: string,
  kinds: ResourceKind[],
): ResourcePath | undefined {
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') {
    return undefined;
  }
  const [group, version] = core ? ['', parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(core ? 2 : 3);
  const find = (plural: string) =>
    kinds.find(
      kind =>
        kind.group === group &&
        kind.version === version &&
        kind.plural === plural,
    );
  if (rest[0] === 'namespaces' && rest.length >= 3) {
    const kind = find(rest[2]);
    if (kind?.namespaced) {
      return {
        kind,
        namespace: rest[1],
        name: rest[3],
        subresource: rest[4],
      };
    }
  }
  const kind = rest.length > 0 && rest.length <= 3 ? find(rest[0]) : undefined;
  return (
    kind &&
    (kind.namespaced && rest.length > 1
      ? undefined
      : { kind, name: rest[1], subresource: rest[2] })
  );
}
