// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedGitRepository,
  ProjectedKustomization,
  ProjectedObject,
} from '../projections';
import { annotation, intern, projectConditions } from './projectMetadata';
import {
  compact,
  count,
  list,
  map,
  optionalCount,
  type Raw,
  seconds,
  text,
} from './rawObject';

const MOST_INVENTORY = 500;

/** Time of the controller's last write to the status: the clock of the last attempt. */
function statusWrittenAt(raw: Raw): string | undefined {
  const times = list(map(raw.metadata).managedFields)
    .filter(entry => entry.subresource === 'status')
    .map(entry => text(entry.time) ?? '')
    .sort();
  return times.at(-1) || undefined;
}

export function projectGitRepository(
  base: ProjectedObject,
  raw: Raw,
): ProjectedGitRepository {
  const spec = map(raw.spec);
  const status = map(raw.status);
  const artifact = map(status.artifact);
  return compact<ProjectedGitRepository>({
    ...base,
    kind: 'GitRepository',
    url: text(spec.url),
    branch: text(map(spec.ref).branch),
    suspended: spec.suspend === true,
    intervalSeconds: seconds(spec.interval),
    revision: text(artifact.revision),
    artifactUpdatedAt: text(artifact.lastUpdateTime),
    observedGeneration: optionalCount(status.observedGeneration),
    conditions: projectConditions(status),
  });
}

export function projectKustomization(
  base: ProjectedObject,
  raw: Raw,
): ProjectedKustomization {
  const spec = map(raw.spec);
  const status = map(raw.status);
  const source = map(spec.sourceRef);
  const inventory = list(map(status.inventory).entries);
  const suspension = compact({
    by: annotation(raw, 'fairway.dev/suspended-by'),
    reason: annotation(raw, 'fairway.dev/suspended-reason'),
    until: annotation(raw, 'fairway.dev/suspended-until'),
  });
  const sourceKind = text(source.kind);
  const sourceName = text(source.name);
  return compact<ProjectedKustomization>({
    ...base,
    kind: 'Kustomization',
    path: text(spec.path),
    sourceRef:
      sourceKind && sourceName
        ? {
            kind: intern(sourceKind),
            name: intern(sourceName),
            namespace: intern(text(source.namespace) ?? base.namespace),
          }
        : undefined,
    targetNamespace: text(spec.targetNamespace),
    dependsOn: list(spec.dependsOn).flatMap(dependency => {
      const name = text(dependency.name);
      return name
        ? {
            name: intern(name),
            namespace: intern(text(dependency.namespace) ?? base.namespace),
          }
        : [];
    }),
    intervalSeconds: seconds(spec.interval),
    retryIntervalSeconds: seconds(spec.retryInterval),
    timeoutSeconds: seconds(spec.timeout),
    suspended: spec.suspend === true,
    checksHealth: spec.wait === true || list(spec.healthChecks).length > 0,
    suspension: Object.keys(suspension).length > 0 ? suspension : undefined,
    lastAppliedRevision: text(status.lastAppliedRevision),
    lastAttemptedRevision: text(status.lastAttemptedRevision),
    observedGeneration: optionalCount(status.observedGeneration),
    requestedAt: annotation(raw, 'reconcile.fluxcd.io/requestedAt'),
    lastHandledReconcileAt: text(status.lastHandledReconcileAt),
    statusWrittenAt: statusWrittenAt(raw),
    history: list(status.history)
      .slice(0, 5)
      .map(entry =>
        compact({
          digest: text(entry.digest) ?? '',
          firstReconciled: text(entry.firstReconciled) ?? '',
          lastReconciled: text(entry.lastReconciled) ?? '',
          lastReconciledStatus: text(entry.lastReconciledStatus) ?? '',
          totalReconciliations: count(entry.totalReconciliations),
          revision: text(map(entry.metadata).revision),
        }),
      ),
    inventoryCount: inventory.length,
    inventory: inventory
      .slice(0, MOST_INVENTORY)
      .flatMap(entry => text(entry.id) ?? []),
    conditions: projectConditions(status),
  });
}
