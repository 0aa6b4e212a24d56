// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedGitRepository,
  ProjectedKustomization,
  ProjectedObject,
  ProjectedReconciliation,
} from '../projections';
import { annotation, projectConditions } from './projectMetadata';
import {
  compact,
  copy,
  count,
  exact,
  list,
  map,
  optionalCount,
  type Raw,
  seconds,
  text,
} from './rawObject';
import { intern, share } from './share';

/** Of a digest as much as tells two of one Kustomization apart. */
const DIGEST_DIGITS = 16;
/** As many as Flux keeps. */
const MOST_HISTORY = 5;

function shortDigest(value: unknown): string {
  const [algorithm, digits = ''] = (text(value) ?? '').split(':');
  return digits ? copy(`${algorithm}:${digits.slice(0, DIGEST_DIGITS)}`) : '';
}

/** All Kustomizations of a source tell the same revisions. */
function revision(value: unknown): string | undefined {
  const full = text(value);
  return full && intern(full);
}

/** Time of the controller's last write to the status: the clock of the last attempt. */
function statusWrittenAt(raw: Raw): string | undefined {
  const times = list(map(raw.metadata).managedFields)
    .filter(entry => entry.subresource === 'status')
    .map(entry => text(entry.time) ?? '')
    .sort();
  return times.at(-1) || undefined;
}

const SUCCEEDED = 'ReconciliationSucceeded';

/**
 * The runs, newest first, as far as they tell what runs now and since when: up to
 * the second digest that succeeded. What was before is in nobody's question, and
 * weighs more than all the rest of a Kustomization.
 */
function projectHistory(status: Raw): ProjectedReconciliation[] {
  const kept: ProjectedReconciliation[] = [];
  const succeeded = new Set<string>();
  for (const entry of list(status.history).slice(0, MOST_HISTORY)) {
    const run = compact<ProjectedReconciliation>({
      digest: shortDigest(entry.digest),
      firstReconciled: text(entry.firstReconciled) ?? '',
      lastReconciled: text(entry.lastReconciled) ?? '',
      lastReconciledStatus: intern(text(entry.lastReconciledStatus) ?? ''),
      totalReconciliations: count(entry.totalReconciliations),
      revision: revision(map(entry.metadata).revision),
    });
    kept.push(run);
    if (run.lastReconciledStatus === SUCCEEDED) {
      succeeded.add(run.digest);
    }
    if (succeeded.size > 1) {
      break;
    }
  }
  return exact(kept);
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
    revision: revision(artifact.revision),
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
  const targetNamespace = text(spec.targetNamespace);
  const requestedAt = annotation(raw, 'reconcile.fluxcd.io/requestedAt');
  const handledAt = text(status.lastHandledReconcileAt);
  return compact<ProjectedKustomization>({
    ...base,
    kind: 'Kustomization',
    path: text(spec.path),
    sourceRef:
      sourceKind && sourceName
        ? share({
            kind: sourceKind,
            name: sourceName,
            namespace: text(source.namespace) ?? base.namespace,
          })
        : undefined,
    targetNamespace: targetNamespace && intern(targetNamespace),
    dependsOn: share(
      list(spec.dependsOn).flatMap(dependency => {
        const name = text(dependency.name);
        return name
          ? {
              name,
              namespace: text(dependency.namespace) ?? base.namespace,
            }
          : [];
      }),
    ),
    intervalSeconds: seconds(spec.interval),
    retryIntervalSeconds: seconds(spec.retryInterval),
    timeoutSeconds: seconds(spec.timeout),
    suspended: spec.suspend === true,
    checksHealth: spec.wait === true || list(spec.healthChecks).length > 0,
    suspension: Object.keys(suspension).length > 0 ? suspension : undefined,
    lastAppliedRevision: revision(status.lastAppliedRevision),
    lastAttemptedRevision: revision(status.lastAttemptedRevision),
    observedGeneration: optionalCount(status.observedGeneration),
    requestedAt,
    lastHandledReconcileAt: handledAt === requestedAt ? requestedAt : handledAt,
    statusWrittenAt: statusWrittenAt(raw),
    history: projectHistory(status),
    inventoryCount: inventory.length,
    conditions: projectConditions(status),
  });
}
