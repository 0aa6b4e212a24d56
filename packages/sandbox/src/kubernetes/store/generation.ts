// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { isCustom } from '../kinds/names';
import type { KubeObject, ResourceKind } from '../types';

const GROUPS = new Set([
  'apps',
  'batch',
  'policy',
  'networking.k8s.io',
  'apiextensions.k8s.io',
]);
const KINDS = new Set(['Pod', 'EndpointSlice', 'PriorityClass']);

/** Whether objects of the kind have `metadata.generation`. HorizontalPodAutoscalers, Services and most of the core group have none. */
export function hasGeneration(kind: ResourceKind): boolean {
  return (
    isCustom(kind) ||
    (GROUPS.has(kind.group) && kind.kind !== 'ControllerRevision') ||
    KINDS.has(kind.kind)
  );
}

/** Whether something other than metadata and status differs. Binding a pod to a node does not count. */
export function specChanged(before: KubeObject, after: KubeObject): boolean {
  const rest = ({ metadata, status, spec, ...others }: KubeObject) => {
    if (others.kind !== 'Pod') {
      return { ...others, spec };
    }
    const { nodeName, ...unbound } = spec ?? {};
    return { ...others, spec: unbound };
  };
  return !isDeepStrictEqual(rest(before), rest(after));
}
