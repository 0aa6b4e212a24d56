// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { GitReader } from '../git/types';
import type { ClusterStore, KubeObject, StoreEvent } from '../kubernetes/types';
import { EventRecorder } from './EventRecorder';
import { KustomizationReconciler } from './KustomizationReconciler';
import { REQUESTED_AT, SourceReconciler } from './SourceReconciler';
import { StoppableClock } from './StoppableClock';
import { WorkQueue } from './WorkQueue';
import { sourceOf } from './checkDependencies';
import { hasStatus } from './conditions';
import { parseDuration } from './goDuration';
import { intervalOf } from './kustomizationRules';

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io/v1';

export interface FluxOptions {
  store: ClusterStore;
  git: GitReader;
  clock: Clock;
  /** What git answers instead of the repository, when it is broken; by clone URL. */
  gitFault?: (url: string) => Error | undefined;
  /** Simulated milliseconds after which a blocked Kustomization looks again; Flux's default is 30 s. */
  requeueDependencyMs?: number;
  /** Kustomizations that run at once; a health check holds its place. Default 20. */
  concurrency?: number;
  /** Spreads intervals; by default 5 % either way, as Flux does. */
  jitter?: (ms: number) => number;
  /** Hears of failures that no object can tell; by default they go to the console. */
  onError?: (error: unknown, what: string) => void;
}

/** The running controllers of one cluster. */
export interface Flux {
  /** Tells that a repository was pushed to, as a webhook Receiver does. */
  notify(url: string): void;
  stop(): void;
}

/**
 * Starts source-controller and kustomize-controller on a cluster. What the
 * objects say is all they know: after a restart what had settled waits for the
 * rest of its interval, everything else runs at once.
 */
export function startFlux(options: FluxOptions): Flux {
  const { store, git } = options;
  const clock = StoppableClock.create(options.clock);
  const report =
    options.onError ??
    ((error: unknown, what: string) =>
      // eslint-disable-next-line no-console -- the sandbox has no logger of its own
      console.error(`flux on ${store.name}: ${what}:`, error));
  const sourceEvents = EventRecorder.create(store, clock, 'source-controller');
  const kustomizeEvents = EventRecorder.create(
    store,
    clock,
    'kustomize-controller',
  );
  const sources = SourceReconciler.create({
    store,
    git,
    clock,
    events: sourceEvents,
    gitFault: options.gitFault,
  });
  const kustomizations = KustomizationReconciler.create({
    store,
    git,
    clock,
    events: kustomizeEvents,
    requeueDependencyMs: options.requeueDependencyMs ?? 30_000,
    jitter: options.jitter ?? (ms => ms * (0.95 + Math.random() * 0.1)),
  });
  const sourceQueue = WorkQueue.create({
    clock,
    concurrency: 4,
    handler: key => sources.reconcile(key),
    onError: (key, error) => report(error, `GitRepository ${key}`),
  });
  const kustomizeQueue = WorkQueue.create({
    clock,
    concurrency: options.concurrency ?? 20,
    handler: key => kustomizations.reconcile(key),
    onError: (key, error) => report(error, `Kustomization ${key}`),
  });

  const unsubscribe = store.subscribe(event => {
    if (event.object.kind === 'GitRepository') {
      route(event, sourceQueue);
      const revision = event.object.status?.artifact?.revision;
      if (revision && revision !== event.previous?.status?.artifact?.revision) {
        enqueueDependents(store, event.object, revision, kustomizeQueue);
      }
    } else if (
      event.object.kind === 'Kustomization' &&
      event.object.apiVersion === KUSTOMIZE
    ) {
      route(event, kustomizeQueue);
    }
  });

  for (const object of listOf(store, SOURCE, 'GitRepository')) {
    resume(object, sourceQueue, clock, undefined);
  }
  for (const object of listOf(store, KUSTOMIZE, 'Kustomization')) {
    resume(object, kustomizeQueue, clock, revisionOf(store, object));
  }

  return {
    notify(url) {
      const pushed = git.fromUrl(url);
      for (const object of listOf(store, SOURCE, 'GitRepository')) {
        const own = git.fromUrl(object.spec.url);
        if (
          pushed &&
          own?.project === pushed.project &&
          own.repository === pushed.repository
        ) {
          requestReconcile(store, object, clock);
        }
      }
    },
    stop() {
      unsubscribe();
      sourceQueue.stop();
      kustomizeQueue.stop();
      sourceEvents.stop();
      kustomizeEvents.stop();
      clock.stop();
    },
  };
}

/** Flux's predicates: a new generation, a deletion or a new request; status writes start nothing. */
function route({ type, object, previous }: StoreEvent, queue: WorkQueue): void {
  const key = keyOf(object);
  if (type === 'DELETED') {
    queue.forget(key);
    return;
  }
  const requested = object.metadata.annotations?.[REQUESTED_AT];
  if (
    type === 'ADDED' ||
    object.metadata.generation !== previous?.metadata.generation ||
    (object.metadata.deletionTimestamp &&
      !previous?.metadata.deletionTimestamp) ||
    (requested !== undefined &&
      requested !== previous?.metadata.annotations?.[REQUESTED_AT])
  ) {
    queue.add(key);
  }
}

/** Everything that builds from a source runs when the source has something new. */
function enqueueDependents(
  store: ClusterStore,
  source: KubeObject,
  revision: string,
  queue: WorkQueue,
): void {
  const identity = `${source.kind}/${source.metadata.namespace}/${source.metadata.name}`;
  for (const object of listOf(store, KUSTOMIZE, 'Kustomization')) {
    const seen =
      hasStatus(object, 'Ready', 'True') &&
      object.status.lastAttemptedRevision === revision;
    if (sourceOf(object) === identity && !seen) {
      queue.add(keyOf(object));
    }
  }
}

/**
 * After a restart real controllers run everything at once; that would make the
 * start of a sandbox slow for nothing, so settled objects wait their turn.
 */
function resume(
  object: KubeObject,
  queue: WorkQueue,
  clock: Clock,
  revision: string | undefined,
): void {
  const { metadata, status, spec } = object;
  const handled =
    (metadata.annotations?.[REQUESTED_AT] ?? '') ===
    (status?.lastHandledReconcileAt ?? '');
  const settled =
    hasStatus(object, 'Ready', 'True') &&
    status.observedGeneration === metadata.generation &&
    metadata.finalizers?.length &&
    !metadata.deletionTimestamp &&
    handled &&
    (object.kind === 'GitRepository' ||
      revision === status.lastAppliedRevision);
  if (!settled) {
    queue.add(keyOf(object));
    return;
  }
  if (spec.suspend) {
    return;
  }
  const interval =
    object.kind === 'GitRepository'
      ? parseDuration(spec.interval) ?? 60_000
      : intervalOf(object);
  const last = Date.parse(status.history?.[0]?.lastReconciled ?? '');
  const elapsed = Number.isNaN(last)
    ? interval * Math.random()
    : (clock.now().getTime() - last) * clock.speed();
  // What is overdue is spread over a tenth of its interval.
  const left = interval - elapsed;
  queue.addAfter(
    keyOf(object),
    left > 0 ? left : (interval / 10) * Math.random(),
  );
}

function requestReconcile(
  store: ClusterStore,
  object: KubeObject,
  clock: Clock,
): void {
  store.patch(
    {
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    },
    'merge',
    {
      metadata: {
        annotations: { [REQUESTED_AT]: clock.now().toISOString() },
      },
    },
    { manager: 'notification-controller' },
  );
}

function revisionOf(
  store: ClusterStore,
  object: KubeObject,
): string | undefined {
  const { kind, name, namespace } = object.spec.sourceRef;
  return store.kindOf(SOURCE, kind)
    ? store.get({
        apiVersion: SOURCE,
        kind,
        name,
        namespace: namespace ?? object.metadata.namespace,
      })?.status?.artifact?.revision
    : undefined;
}

function listOf(
  store: ClusterStore,
  apiVersion: string,
  kind: string,
): KubeObject[] {
  return store.kindOf(apiVersion, kind) ? store.list(apiVersion, kind) : [];
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
