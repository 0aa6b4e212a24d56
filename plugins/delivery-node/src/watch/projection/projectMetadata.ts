// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ProjectedCondition, ProjectedObject } from '../projections';
import {
  compact,
  exact,
  list,
  map,
  message,
  optionalCount,
  type Raw,
  text,
} from './rawObject';
import { intern } from './share';

const KEPT_LABELS = [
  /^backstage\.io\//,
  /^fairway\.dev\//,
  /^(kustomize|helm)\.toolkit\.fluxcd\.io\//,
  /^app\.kubernetes\.io\/name$/,
];

const NO_LABELS: Record<string, string> = Object.freeze({});

function projectLabels(raw: Raw): Record<string, string> {
  const kept: Record<string, string> = {};
  let found = false;
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value === 'string' && KEPT_LABELS.some(rule => rule.test(key))) {
      kept[intern(key)] = intern(value);
      found = true;
    }
  }
  return found ? kept : NO_LABELS;
}

/**
 * What every projection has.
 *
 * @returns undefined for an object without name or uid: it cannot be kept
 */
export function projectMetadata(
  cluster: string,
  raw: Raw,
): ProjectedObject | undefined {
  const metadata = map(raw.metadata);
  const name = text(metadata.name);
  const uid = text(metadata.uid);
  if (!name || !uid) {
    return undefined;
  }
  return compact({
    cluster: intern(cluster),
    namespace: intern(text(metadata.namespace) ?? ''),
    name,
    uid,
    createdAt: text(metadata.creationTimestamp) ?? '',
    deletedAt: text(metadata.deletionTimestamp),
    generation: optionalCount(metadata.generation),
    labels: projectLabels(map(metadata.labels)),
  });
}

/** The uid of the object that controls this one. */
export function ownerUid(raw: Raw): string | undefined {
  const owner = list(map(raw.metadata).ownerReferences).find(
    reference => reference.controller === true,
  );
  const uid = owner && text(owner.uid);
  return uid && intern(uid);
}

export function annotation(raw: Raw, key: string): string | undefined {
  return text(map(map(raw.metadata).annotations)[key]);
}

const STATUSES = ['True', 'False', 'Unknown'];

/** `status.conditions`, first 20; one that is malformed is left out. */
export function projectConditions(status: Raw): ProjectedCondition[] {
  const conditions = list(status.conditions)
    .slice(0, 20)
    .flatMap(condition => {
      const type = text(condition.type);
      const value = text(condition.status);
      if (!type || !value || !STATUSES.includes(value)) {
        return [];
      }
      const reason = text(condition.reason);
      return compact<ProjectedCondition>({
        type: intern(type),
        status: intern(value) as ProjectedCondition['status'],
        reason: reason && intern(reason),
        message: message(condition.message),
        observedGeneration: optionalCount(condition.observedGeneration),
        lastTransitionTime: text(condition.lastTransitionTime),
      });
    });
  return exact(conditions);
}

/** Images of a pod template's containers. */
export function projectImages(
  podSpec: Raw,
): Array<{ container: string; image: string }> {
  const images = list(podSpec.containers).flatMap(container => {
    const name = text(container.name);
    const image = text(container.image);
    return name && image
      ? { container: intern(name), image: intern(image) }
      : [];
  });
  return exact(images);
}
