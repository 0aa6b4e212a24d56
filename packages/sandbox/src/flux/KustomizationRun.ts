// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { GitReader } from '../git/types';
import type { ClusterStore, KubeObject, ObjectRef } from '../kubernetes/types';
import {
  BuildError,
  type ManifestBuilder,
  PathNotFoundError,
} from './ManifestBuilder';
import { refOf } from './ObjectPatcher';
import {
  ApplyError,
  type Change,
  type ResourceManager,
  changeLog,
} from './ResourceManager';
import type { RunStatus } from './RunStatus';
import { deleteCondition, hasStatus } from './conditions';
import {
  type InventoryEntry,
  inventoryDiff,
  inventoryEntry,
  inventoryRef,
} from './inventory';
import { contextOf, describe, phaseMessage } from './kustomizationRules';
import { HealthError, waitForHealth } from './waitForHealth';

/** A failed run: what Ready says and why. */
export class RunError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface RunDependencies {
  store: ClusterStore;
  git: GitReader;
  clock: Clock;
  resources: ResourceManager;
  builder: ManifestBuilder;
}

/** One reconciliation of one Kustomization to one revision. */
export class KustomizationRun {
  readonly #deps: RunDependencies;
  readonly #status: RunStatus;
  readonly #revision: string;
  #digest?: string;

  private constructor(
    deps: RunDependencies,
    status: RunStatus,
    revision: string,
  ) {
    this.#deps = deps;
    this.#status = status;
    this.#revision = revision;
  }

  static create(
    deps: RunDependencies,
    status: RunStatus,
    revision: string,
  ): KustomizationRun {
    return new KustomizationRun(deps, status, revision);
  }

  /** Of the built manifests; undefined as long as nothing could be built. */
  get digest(): string | undefined {
    return this.#digest;
  }

  /**
   * Goes through the phases; what it finds stands in the status.
   *
   * @throws RunError
   */
  async run(source: KubeObject): Promise<void> {
    const status = this.#status;
    const revision = this.#revision;
    const { object } = status;
    // Runs that one event starts all look at the world before any of them changes it.
    await nextTurn();
    status.set('Ready', 'Unknown', 'Progressing', 'Reconciliation in progress');
    status.phase('Fetching manifests', revision);
    const files = await this.#files(source);
    attempt('ArtifactFailed', PathNotFoundError, () =>
      this.#deps.builder.checkPath(files, object),
    );
    object.status.lastAttemptedRevision = revision;
    status.phase('Building manifests', revision);
    const build = attempt('BuildFailed', BuildError, () =>
      this.#deps.builder.build(files, object),
    );
    this.#digest = build.digest;
    status.phase('Detecting drift', revision);
    const changes = await this.#apply(build.objects);
    const before: InventoryEntry[] = object.status.inventory?.entries ?? [];
    const after = changes.map(change => inventoryEntry(change.object));
    object.status.inventory = { entries: after };
    this.#prune(inventoryDiff(before, after));
    await this.#checkHealth(changes);
    object.status.lastAppliedRevision = revision;
    status.set(
      'Ready',
      'True',
      'ReconciliationSucceeded',
      `Applied revision: ${revision}`,
    );
    status.remember(build.digest, 'ReconciliationSucceeded', revision);
  }

  async #files(source: KubeObject): Promise<ReadonlyMap<string, string>> {
    const repository = this.#deps.git.fromUrl(source.spec.url);
    const commit = String(source.status.artifact.revision).replace(
      /^.*sha1:/,
      '',
    );
    if (!repository || !this.#deps.git.exists(repository)) {
      throw new RunError(
        'ArtifactFailed',
        `failed to download archive: GET ${source.status.artifact.url} giving up after 1 attempt(s)`,
      );
    }
    return this.#deps.git.readTree(repository, commit);
  }

  async #apply(objects: readonly KubeObject[]): Promise<Change[]> {
    try {
      const changes = await this.#deps.resources.apply(
        objects,
        contextOf(this.#status.object),
        async definitions => {
          await waitForHealth({
            store: this.#deps.store,
            clock: this.#deps.clock,
            refs: definitions.map(refOf),
            timeoutMs: 60_000,
          });
        },
      );
      const log = changeLog(changes).trimEnd();
      if (log) {
        this.#status.event(this.#revision, 'Normal', log);
      }
      return changes;
    } catch (error) {
      if (error instanceof ApplyError || error instanceof HealthError) {
        throw new RunError('ReconciliationFailed', error.message);
      }
      throw error;
    }
  }

  #prune(stale: readonly InventoryEntry[]): void {
    const { object } = this.#status;
    if (!object.spec.prune || stale.length === 0) {
      return;
    }
    try {
      const changes = this.#deps.resources.prune(
        stale.map(inventoryRef),
        contextOf(object),
      );
      this.#status.event(this.#revision, 'Normal', describe(changes));
    } catch (error) {
      if (!(error instanceof ApplyError)) {
        throw error;
      }
      // What was not deleted stays in the inventory, so that it is tried again.
      object.status.inventory.entries.push(
        ...stale.filter(entry => exists(this.#deps.store, inventoryRef(entry))),
      );
      throw new RunError('PruneFailed', error.message);
    }
  }

  async #checkHealth(changes: readonly Change[]): Promise<void> {
    const status = this.#status;
    const revision = this.#revision;
    const { object, timeoutMs } = status;
    const refs = healthRefs(object, changes);
    if (refs.length === 0) {
      deleteCondition(object, 'Healthy');
      return;
    }
    const started = this.#deps.clock.now().getTime();
    const wasHealthy = hasStatus(object, 'Healthy', 'True');
    const message = phaseMessage('Running health checks', revision, timeoutMs);
    status.set('Healthy', 'Unknown', 'Progressing', message);
    status.phase('Running health checks', revision);
    try {
      await waitForHealth({
        store: this.#deps.store,
        clock: this.#deps.clock,
        refs,
        timeoutMs,
      });
    } catch (error) {
      if (!(error instanceof HealthError)) {
        throw error;
      }
      status.set('Healthy', 'False', 'HealthCheckFailed', error.message);
      throw new RunError(
        'HealthCheckFailed',
        `health check failed after ${status.since(started)}: ${error.message}`,
      );
    }
    const passed = `Health check passed in ${status.since(started)}`;
    const drifted = changeLog(changes) !== '';
    const isNew = object.status.lastAppliedRevision !== revision;
    if (!wasHealthy || (isNew && drifted)) {
      status.event(revision, 'Normal', passed);
    }
    status.set('Healthy', 'True', 'Succeeded', passed);
    status.write();
  }
}

/** With `wait` all applied objects, else `healthChecks`; never the Kustomization itself. */
function healthRefs(
  object: KubeObject,
  changes: readonly Change[],
): ObjectRef[] {
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

/** Whether an object is there; one of a kind that is not served is not. */
export function exists(store: ClusterStore, ref: ObjectRef): boolean {
  return Boolean(store.kindOf(ref.apiVersion, ref.kind) && store.get(ref));
}

function attempt<T>(
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
