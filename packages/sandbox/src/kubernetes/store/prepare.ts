// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ResourceKind } from '../types';
import { applyDefaults, firstStatus } from './defaults';
import { hasGeneration, specChanged } from './generation';
import { normalized } from './normalize';
import { qosClassOf } from './podDefaults';
import { validate } from './validation';

/** Kinds that keep the status that their creator sends. */
const STATUS_ON_CREATE = new Set(['Node']);

/** Server metadata, defaults and first status of a new object. */
export function born(
  kind: ResourceKind,
  object: KubeObject,
  now: Date,
): KubeObject {
  const { metadata } = object;
  if (!metadata.name && metadata.generateName) {
    metadata.name = `${metadata.generateName}${randomLetters()}`;
  }
  if (kind.namespaced) {
    metadata.namespace ??= 'default';
  } else {
    delete metadata.namespace;
  }
  delete metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  metadata.uid = randomUUID();
  metadata.creationTimestamp = stamp(now);
  metadata.generation = 1;
  if (!hasGeneration(kind)) {
    delete metadata.generation;
  }
  applyDefaults(object);
  if (kind.status && !STATUS_ON_CREATE.has(kind.kind)) {
    object.status = firstStatus(object);
    if (kind.kind === 'Pod') {
      object.status.qosClass = qosClassOf(object.spec);
    }
  }
  return object;
}

/** The wanted object with everything that the writer may not change taken from the live one. */
export function prepared(
  kind: ResourceKind,
  live: KubeObject,
  wanted: KubeObject,
  subresource?: string,
): KubeObject {
  if (subresource === 'status') {
    const next = { ...live, metadata: { ...live.metadata } };
    if (wanted.status === undefined) {
      delete next.status;
    } else {
      next.status = wanted.status;
    }
    return next;
  }
  const { status, ...rest } = normalized(kind, wanted);
  const next: KubeObject = {
    ...rest,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: {
      ...rest.metadata,
      name: live.metadata.name,
      namespace: live.metadata.namespace,
      uid: live.metadata.uid,
      creationTimestamp: live.metadata.creationTimestamp,
      resourceVersion: live.metadata.resourceVersion,
      generation: live.metadata.generation,
      deletionTimestamp: live.metadata.deletionTimestamp,
      deletionGracePeriodSeconds: live.metadata.deletionGracePeriodSeconds,
    },
  };
  const kept = kind.status ? live.status : status;
  if (kept !== undefined) {
    next.status = kept;
  }
  applyDefaults(next);
  validate(kind, next, live);
  if (hasGeneration(kind) && specChanged(live, next)) {
    next.metadata.generation = (live.metadata.generation ?? 0) + 1;
  }
  return next;
}

/** Equal but for what every write moves. */
export function sameContent(a: KubeObject, b: KubeObject): boolean {
  const rest = ({ metadata, ...others }: KubeObject) => {
    const { managedFields, resourceVersion, ...meta } = withoutUndefined({
      apiVersion: '',
      kind: '',
      metadata,
    }).metadata;
    return { ...others, metadata: meta };
  };
  return isDeepStrictEqual(rest(a), rest(b));
}

export function withoutUndefined(object: KubeObject): KubeObject {
  return {
    ...object,
    metadata: Object.fromEntries(
      Object.entries(object.metadata).filter(
        ([, value]) => value !== undefined,
      ),
    ) as unknown as KubeObject['metadata'],
  };
}

/** RFC 3339 with second precision. */
export function stamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

function randomLetters(): string {
  return [...randomUUID().replace(/-/g, '').slice(0, 5)]
    .map(
      digit =>
        LETTERS[
          (Number.parseInt(digit, 16) * 7 + Math.floor(Math.random() * 27)) % 27
        ],
    )
    .join('');
}
