// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { GitStore } from '../git/types';
import type { ClusterStore, KubeObject, ObjectRef } from '../kubernetes/types';
import type { EventRecorder } from './EventRecorder';
import {
  BuildError,
  ManifestBuilder,
  PathNotFoundError,
} from './ManifestBuilder';
import { ObjectPatcher, refOf } from './ObjectPatcher';
import {
  ApplyError,
  type Change,
  ResourceManager,
  changeLog,
} from './ResourceManager';
import { FINALIZER, MIN_RETRY_MS, REQUESTED_AT } from './SourceReconciler';
import { checkDependencies } from './checkDependencies';
import {
  deleteCondition,
  getCondition,
  hasStatus,
  setCondition,
} from './conditions';
import { formatDuration } from './goDuration';
import { upsertHistory } from './history';
import {
  type InventoryEntry,
  inventoryDiff,
  inventoryEntry,
  inventoryRef,
} from './inventory';
import {
  contextOf,
  describe,
  intervalOf,
  missingSource,
  phaseMessage,
  retryIntervalOf,
  timeoutOf,
} from './kustomizationRules';
import { HealthError, waitForHealth } from './waitForHealth';

const STATUS_MANAGER = 'gotk-kustomize-controller';

export interface KustomizationReconcilerOptions {
  store: ClusterStore;
  git: GitStore;
  clock: Clock;
  events: EventRecorder;
  /** Simulated milliseconds after which a blocked Kustomization looks again. */
  requeueDependencyMs: number;
  /** Spreads intervals, so that what was created together does not run together for ever. */
  jitter: (ms: number) => number;
}

/** A failed run: what Ready says and why. */
class RunError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One run on one Kustomization. */
interface Run {
  object: KubeObject;
  patcher: ObjectPatcher;
  started: number;
  revision: string;
  timeoutMs: number;
  digest?: string;
}

/**
 * kustomize-controller's work on one Kustomization: the phases, the writes and
 * their order are those of the recordings
 * (`fluxcd/kustomize-controller:internal/controller/kustomization_controller.go`).
 * All state is in the object; a new process goes on where the old one stopped.
 */
export class KustomizationReconciler {
  readonly #options: KustomizationReconcilerOptions;
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #resources: ResourceManager;
  readonly #builder: ManifestBuilder;

  private constructor(options: KustomizationReconcilerOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#resources = ResourceManager.create(options.store);
    this.#builder = ManifestBuilder.create(options.store);
  }

  static create(
    options: KustomizationReconcilerOptions,
  ): KustomizationReconciler {
    return new KustomizationReconciler(options);
  }

  /** @returns simulated milliseconds until it wants to run again */
  async reconcile(key: string): Promise<number | undefined> {
    const object = this.#read(key);
    if (!object) {
      this.#builder.forget(key);
      return undefined;
    }
    const started = this.#clock.now().getTime();
    const patcher = ObjectPatcher.create(this.#store, STATUS_MANAGER, object);
    const requeue = await this.#reconcile(object, patcher, started);
    this.#finish(object, patcher);
    if (!object.spec.suspend && hasStatus(object, 'Ready', 'True')) {
      this.#event(
        object,
        object.status.lastAppliedRevision,
        'Normal',
        `Reconciliation finished in ${this.#since(
          started,
        )}, next run in ${formatDuration(intervalOf(object))}`,
        { 'kustomize.toolkit.fluxcd.io/commit_status': 'update' },
      );
    }
    return requeue;
  }

  async #reconcile(
    object: KubeObject,
    patcher: ObjectPatcher,
    started: number,
  ): Promise<number | undefined> {
    const { metadata, spec } = object;
    if (metadata.deletionTimestamp) {
      this.#finalize(object);
      return undefined;
    }
    if (!metadata.finalizers?.includes(FINALIZER)) {
      metadata.finalizers = [...(metadata.finalizers ?? []), FINALIZER];
      return MIN_RETRY_MS;
    }
    if (spec.suspend) {
      return undefined;
    }
    const source = this.#source(object);
    if (!source) {
      this.#set(
        object,
        'Ready',
        'False',
        'ArtifactFailed',
        missingSource(object),
      );
      return retryIntervalOf(object);
    }
    const revision: string | undefined = source.status?.artifact?.revision;
    const requeue = this.#options.requeueDependencyMs;
    if (!revision) {
      this.#set(
        object,
        'Ready',
        'False',
        'ArtifactFailed',
        `Source artifact not found, retrying in ${formatDuration(requeue)}`,
      );
      return requeue;
    }
    const blocked = checkDependencies(this.#store, object, revision);
    if (blocked) {
      this.#set(object, 'Ready', 'False', 'DependencyNotReady', blocked);
      this.#event(
        object,
        revision,
        'Normal',
        `Dependencies do not meet ready condition, retrying in ${formatDuration(
          requeue,
        )}`,
      );
      return requeue;
    }
    const run: Run = {
      object,
      patcher,
      started,
      revision,
      timeoutMs: timeoutOf(object),
    };
    try {
      await this.#run(run, source);
    } catch (error) {
      if (!(error instanceof RunError)) {
        throw error;
      }
      this.#set(object, 'Ready', 'False', error.reason, error.message);
      if (run.digest) {
        this.#remember(run, error.reason);
      }
      this.#event(object, revision, 'Warning', error.message);
      return retryIntervalOf(object);
    }
    return this.#options.jitter(intervalOf(object));
  }

  /** @throws RunError */
  async #run(run: Run, source: KubeObject): Promise<void> {
    const { object, revision } = run;
    this.#set(
      object,
      'Ready',
      'Unknown',
      'Progressing',
      'Reconciliation in progress',
    );
    this.#phase(run, 'Fetching manifests');
    const files = await this.#files(source);
    this.#attempt('ArtifactFailed', PathNotFoundError, () =>
      this.#builder.checkPath(files, object),
    );
    object.status.lastAttemptedRevision = revision;
    this.#phase(run, 'Building manifests');
    const build = this.#attempt('BuildFailed', BuildError, () =>
      this.#builder.build(files, object),
    );
    run.digest = build.digest;
    this.#phase(run, 'Detecting drift');
    const changes = await this.#apply(run, build.objects);
    const before: InventoryEntry[] = object.status.inventory?.entries ?? [];
    const after = changes.map(change => inventoryEntry(change.object));
    object.status.inventory = { entries: after };
    this.#prune(run, inventoryDiff(before, after));
    await this.#checkHealth(run, changes);
    object.status.lastAppliedRevision = revision;
    this.#set(
      object,
      'Ready',
      'True',
      'ReconciliationSucceeded',
      `Applied revision: ${revision}`,
    );
    this.#remember(run, 'ReconciliationSucceeded');
  }

  async #files(source: KubeObject): Promise<Map<string, string>> {
    const repository = this.#options.git.fromUrl(source.spec.url);
    const commit = String(source.status.artifact.revision).replace(
      /^.*sha1:/,
      '',
    );
    if (!repository || !this.#options.git.exists(repository)) {
      throw new RunError(
        'ArtifactFailed',
        `failed to download archive: GET ${source.status.artifact.url} giving up after 1 attempt(s)`,
      );
    }
    return this.#options.git.readTree(repository, commit);
  }

  async #apply(run: Run, objects: readonly KubeObject[]): Promise<Change[]> {
    try {
      const changes = await this.#resources.apply(
        objects,
        contextOf(run.object),
        async definitions => {
          await waitForHealth({
            store: this.#store,
            clock: this.#clock,
            refs: definitions.map(refOf),
            timeoutMs: 60_000,
          });
        },
      );
      const log = changeLog(changes).trimEnd();
      if (log) {
        this.#event(run.object, run.revision, 'Normal', log);
      }
      return changes;
    } catch (error) {
      if (error instanceof ApplyError || error instanceof HealthError) {
        throw new RunError('ReconciliationFailed', error.message);
      }
      throw error;
    }
  }

  #prune(run: Run, stale: readonly InventoryEntry[]): void {
    const { object, revision } = run;
    if (!object.spec.prune || stale.length === 0) {
      return;
    }
    try {
      const changes = this.#resources.prune(
        stale.map(inventoryRef),
        contextOf(object),
      );
      this.#event(object, revision, 'Normal', describe(changes));
    } catch (error) {
      if (!(error instanceof ApplyError)) {
        throw error;
      }
      // What was not deleted stays in the inventory, so that it is tried again.
      object.status.inventory.entries.push(
        ...stale.filter(entry => this.#exists(inventoryRef(entry))),
      );
      throw new RunError('PruneFailed', error.message);
    }
  }

  async #checkHealth(run: Run, changes: readonly Change[]): Promise<void> {
    const { object, patcher, revision, timeoutMs } = run;
    const refs = this.#healthRefs(object, changes);
    if (refs.length === 0) {
      deleteCondition(object, 'Healthy');
      return;
    }
    const started = this.#clock.now().getTime();
    const wasHealthy = hasStatus(object, 'Healthy', 'True');
    const message = phaseMessage('Running health checks', revision, timeoutMs);
    this.#set(object, 'Healthy', 'Unknown', 'Progressing', message);
    this.#phase(run, 'Running health checks');
    try {
      await waitForHealth({
        store: this.#store,
        clock: this.#clock,
        refs,
        timeoutMs,
      });
    } catch (error) {
      if (!(error instanceof HealthError)) {
        throw error;
      }
      this.#set(object, 'Healthy', 'False', 'HealthCheckFailed', error.message);
      throw new RunError(
        'HealthCheckFailed',
        `health check failed after ${this.#since(started)}: ${error.message}`,
      );
    }
    const passed = `Health check passed in ${this.#since(started)}`;
    const drifted = changeLog(changes) !== '';
    const isNew = object.status.lastAppliedRevision !== revision;
    if (!wasHealthy || (isNew && drifted)) {
      this.#event(object, revision, 'Normal', passed);
    }
    this.#set(object, 'Healthy', 'True', 'Succeeded', passed);
    patcher.patch(object);
  }

  /** With `wait` all applied objects, else `healthChecks`; never the Kustomization itself. */
  #healthRefs(object: KubeObject, changes: readonly Change[]): ObjectRef[] {
    const refs: ObjectRef[] = object.spec.wait
      ? changes
          .filter(change => change.action !== 'skipped')
          .map(change => refOf(change.object))
      : object.spec.healthChecks ?? [];
    return refs.filter(
      ref =>
        ref.kind !== 'Kustomization' ||
        ref.name !== object.metadata.name ||
        ref.namespace !== object.metadata.namespace,
    );
  }

  #finalize(object: KubeObject): void {
    const { spec, status, metadata } = object;
    const entries: InventoryEntry[] = status.inventory?.entries ?? [];
    const policy = spec.deletionPolicy ?? 'MirrorPrune';
    const deletes = policy === 'MirrorPrune' ? spec.prune : policy !== 'Orphan';
    if (!spec.suspend && deletes && entries.length > 0) {
      if (this.#mayImpersonate(object)) {
        const changes = this.#resources.prune(
          entries.map(inventoryRef),
          contextOf(object),
        );
        this.#event(
          object,
          status.lastAppliedRevision,
          'Normal',
          describe(changes),
        );
      } else {
        this.#event(
          object,
          status.lastAppliedRevision,
          'Warning',
          `unable to prune objects: \n${entries
            .map(entry => entry.id)
            .join('\n')}`,
        );
      }
    }
    metadata.finalizers = metadata.finalizers?.filter(
      finalizer => finalizer !== FINALIZER,
    );
  }

  #mayImpersonate(object: KubeObject): boolean {
    const name = object.spec.serviceAccountName;
    return (
      !name ||
      this.#exists({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        namespace: object.metadata.namespace,
        name,
      })
    );
  }

  /** The last write of every run. */
  #finish(object: KubeObject, patcher: ObjectPatcher): void {
    const requested = object.metadata.annotations?.[REQUESTED_AT];
    if (requested !== undefined) {
      object.status.lastHandledReconcileAt = requested;
    }
    if (hasStatus(object, 'Ready', 'True')) {
      deleteCondition(object, 'Reconciling');
      object.status.observedGeneration = object.metadata.generation;
    }
    const reconciling = getCondition(object, 'Reconciling');
    if (hasStatus(object, 'Ready', 'False') && reconciling) {
      this.#set(
        object,
        'Reconciling',
        'True',
        'ProgressingWithRetry',
        reconciling.message,
      );
    }
    patcher.patch(object);
  }

  #phase(run: Run, name: string): void {
    this.#set(
      run.object,
      'Reconciling',
      'True',
      'Progressing',
      phaseMessage(name, run.revision, run.timeoutMs),
    );
    run.patcher.patch(run.object);
  }

  #attempt<T>(
    reason: string,
    type: new (message: string) => Error,
    action: () => T,
  ): T {
    try {
      return action();
    } catch (error) {
      if (error instanceof type) {
        throw new RunError(reason, error.message);
      }
      throw error;
    }
  }

  #remember(run: Run, status: string): void {
    const now = this.#clock.now();
    run.object.status.history = upsertHistory(run.object.status.history ?? [], {
      digest: run.digest!,
      status,
      revision: run.revision,
      now,
      duration: this.#since(run.started),
    });
  }

  #event(
    object: KubeObject,
    revision: string | undefined,
    type: 'Normal' | 'Warning',
    message: string,
    annotations: Record<string, string> = {},
  ): void {
    this.#options.events.record(object, {
      type,
      message,
      reason:
        getCondition(object, 'Ready')?.reason ??
        (type === 'Normal' ? 'info' : 'error'),
      annotations: {
        ...annotations,
        ...(revision
          ? { 'kustomize.toolkit.fluxcd.io/revision': revision }
          : {}),
      },
    });
  }

  #set(
    object: KubeObject,
    type: string,
    status: 'True' | 'False' | 'Unknown',
    reason: string,
    message: string,
  ): void {
    setCondition(object, { type, status, reason, message }, this.#clock.now());
  }

  #since(started: number): string {
    return formatDuration(this.#clock.now().getTime() - started);
  }

  #exists(ref: ObjectRef): boolean {
    return Boolean(
      this.#store.kindOf(ref.apiVersion, ref.kind) && this.#store.get(ref),
    );
  }

  #source(object: KubeObject): KubeObject | undefined {
    const { kind, name, namespace } = object.spec.sourceRef;
    const apiVersion = 'source.toolkit.fluxcd.io/v1';
    return this.#store.kindOf(apiVersion, kind)
      ? this.#store.get({
          apiVersion,
          kind,
          name,
          namespace: namespace ?? object.metadata.namespace,
        })
      : undefined;
  }

  #read(key: string): KubeObject | undefined {
    const [namespace, name] = key.split('/');
    const object = this.#store.get({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace,
      name,
    });
    return object && { status: {}, ...structuredClone(object) };
  }
}
