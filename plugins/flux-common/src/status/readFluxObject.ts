// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  FluxCondition,
  FluxObject,
  FluxReconciliation,
  FluxResource,
} from './types';

type Bag = Record<string, unknown>;

function bag(value: unknown): Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Bag)
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An instant that `Date` can read, or undefined: what is not one is never guessed. */
function instant(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && !Number.isNaN(Date.parse(found))
    ? found
    : undefined;
}

const UNIT_SECONDS: Record<string, number> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/**
 * Seconds of a Go duration such as `1h30m` or `10m0s`; undefined when it is none.
 *
 * @public
 */
export function parseDurationSeconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) {
    return undefined;
  }
  if (!/^(\d+(\.\d+)?(h|ms|us|µs|ns|m|s))+$/.test(value)) {
    return undefined;
  }
  let seconds = 0;
  for (const part of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)) {
    seconds += Number(part[1]) * UNIT_SECONDS[part[2]];
  }
  return seconds;
}

function readCondition(value: unknown): FluxCondition[] {
  const raw = bag(value);
  const type = text(raw.type);
  if (!type) {
    return [];
  }
  const status =
    raw.status === 'True' || raw.status === 'False' ? raw.status : 'Unknown';
  return [
    {
      type,
      status,
      reason: text(raw.reason),
      message: text(raw.message),
      observedGeneration: count(raw.observedGeneration),
      lastTransitionTime: instant(raw.lastTransitionTime),
    },
  ];
}

function readReconciliation(value: unknown): FluxReconciliation[] {
  const raw = bag(value);
  const lastReconciled = instant(raw.lastReconciled);
  const lastReconciledStatus = text(raw.lastReconciledStatus);
  if (!lastReconciled || !lastReconciledStatus) {
    return [];
  }
  return [
    {
      lastReconciled,
      lastReconciledStatus,
      totalReconciliations: count(raw.totalReconciliations),
      revision: text(raw.revision) ?? text(bag(raw.metadata).revision),
    },
  ];
}

/** Two conditions of one type are malformed; the newest counts, whatever their order. */
function byNewest(a: FluxCondition, b: FluxCondition): number {
  const key = (c: FluxCondition) =>
    `${c.lastTransitionTime ?? ''}|${c.observedGeneration ?? ''}|${c.status}|${
      c.reason ?? ''
    }|${c.message ?? ''}`;
  return key(a) < key(b) ? 1 : -1;
}

function clean(raw: Bag): FluxResource {
  const sourceRef = bag(raw.sourceRef);
  const suspension = bag(raw.suspension);
  return {
    kind: text(raw.kind) ?? '',
    cluster: text(raw.cluster),
    namespace: text(raw.namespace) ?? '',
    name: text(raw.name) ?? '',
    createdAt: instant(raw.createdAt),
    deletedAt: instant(raw.deletedAt),
    finalizers: list(raw.finalizers).flatMap(f => text(f) ?? []),
    generation: count(raw.generation),
    observedGeneration: count(raw.observedGeneration),
    suspended: raw.suspended === true,
    suspension: {
      by: text(suspension.by),
      reason: text(suspension.reason),
      until: text(suspension.until),
    },
    intervalSeconds: count(raw.intervalSeconds),
    retryIntervalSeconds: count(raw.retryIntervalSeconds),
    timeoutSeconds: count(raw.timeoutSeconds),
    checksHealth: raw.checksHealth === true,
    sourceRef: text(sourceRef.name)
      ? {
          kind: text(sourceRef.kind) ?? '',
          namespace: text(sourceRef.namespace) ?? text(raw.namespace) ?? '',
          name: text(sourceRef.name)!,
        }
      : undefined,
    dependsOn: list(raw.dependsOn).flatMap(value => {
      const dependency = bag(value);
      const name = text(dependency.name);
      const namespace = text(dependency.namespace) ?? text(raw.namespace) ?? '';
      return name ? [{ name, namespace }] : [];
    }),
    revision: text(raw.revision),
    lastAppliedRevision: text(raw.lastAppliedRevision),
    lastAttemptedRevision: text(raw.lastAttemptedRevision),
    requestedAt: text(raw.requestedAt),
    lastHandledReconcileAt: text(raw.lastHandledReconcileAt),
    statusWrittenAt: instant(raw.statusWrittenAt),
    history: list(raw.history)
      .flatMap(readReconciliation)
      .sort(
        (a, b) => Date.parse(b.lastReconciled) - Date.parse(a.lastReconciled),
      ),
    conditions: list(raw.conditions).flatMap(readCondition).sort(byNewest),
    failures: count(raw.failures),
    static: raw.static === true,
  };
}

function statusTime(metadata: Bag): string | undefined {
  const times = list(metadata.managedFields)
    .map(bag)
    .filter(field => field.subresource === 'status')
    .flatMap(field => instant(field.time) ?? []);
  return times.sort().at(-1);
}

/** Alert and Provider have no status; nor has a HelmRepository of an OCI registry (flux reference 2.4). */
function isStatic(kind: string | undefined, spec: Bag): boolean {
  return (
    kind === 'Alert' ||
    kind === 'Provider' ||
    (kind === 'HelmRepository' && spec.type === 'oci')
  );
}

/**
 * The facts of a Flux object as the Kubernetes API gives it. Total: whatever is
 * malformed counts as absent.
 *
 * @public
 */
export function readFluxObject(object: FluxObject): FluxResource {
  const metadata = bag(object.metadata);
  const annotations = bag(metadata.annotations);
  const spec = bag(object.spec);
  const status = bag(object.status);
  return clean({
    kind: object.kind,
    namespace: metadata.namespace,
    name: metadata.name,
    createdAt: metadata.creationTimestamp,
    deletedAt: metadata.deletionTimestamp,
    finalizers: metadata.finalizers,
    generation: metadata.generation,
    observedGeneration: status.observedGeneration,
    suspended:
      spec.suspend === true ||
      annotations['fluxcd.controlplane.io/reconcile'] === 'disabled',
    suspension: {
      by: annotations['fairway.dev/suspended-by'],
      reason: annotations['fairway.dev/suspended-reason'],
      until: annotations['fairway.dev/suspended-until'],
    },
    intervalSeconds: parseDurationSeconds(spec.interval),
    retryIntervalSeconds: parseDurationSeconds(spec.retryInterval),
    timeoutSeconds: parseDurationSeconds(spec.timeout),
    checksHealth: spec.wait === true || list(spec.healthChecks).length > 0,
    sourceRef: spec.sourceRef,
    dependsOn: spec.dependsOn,
    revision: bag(status.artifact).revision,
    lastAppliedRevision: status.lastAppliedRevision,
    lastAttemptedRevision: status.lastAttemptedRevision,
    requestedAt: annotations['reconcile.fluxcd.io/requestedAt'],
    lastHandledReconcileAt: status.lastHandledReconcileAt,
    statusWrittenAt: statusTime(metadata),
    history: status.history,
    conditions: status.conditions,
    failures: status.failures,
    static: isStatic(text(object.kind), spec),
  });
}

/**
 * Facts in one shape, from either form, with malformed parts left out.
 *
 * @internal
 */
export function normalizeFluxResource(
  resource: FluxResource | FluxObject | undefined,
): FluxResource {
  const raw = bag(resource);
  return typeof raw.metadata === 'object' && raw.metadata !== null
    ? readFluxObject(raw as unknown as FluxObject)
    : clean(raw);
}
