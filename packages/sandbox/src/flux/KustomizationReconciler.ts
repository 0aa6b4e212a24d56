// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { Clock } from '../clock';
import type { GitReader } from '../git/types';
import type { EventRecorder } from './EventRecorder';
import {
  KustomizationRun,
  type RunDependencies,
  RunError,
  exists,
} from './KustomizationRun';
import { ManifestBuilder } from './ManifestBuilder';
import { ApplyError, ResourceManager } from './ResourceManager';
import { RunStatus } from './RunStatus';
import { FINALIZER, MIN_RETRY_MS } from './SourceReconciler';
import { checkDependencies } from './checkDependencies';
import { hasStatus } from './conditions';
import { formatDuration } from './goDuration';
import { type InventoryEntry, inventoryRef } from './inventory';
import {
  contextOf,
  describe,
  intervalOf,
  missingSource,
  retryIntervalOf,
} from './kustomizationRules';

const PRUNE_RETRY_MS = 10_000;

export interface KustomizationReconcilerOptions {
  store: ClusterStore;
  git: GitReader;
  clock: Clock;
  events: EventRecorder;
  /** Simulated milliseconds after which a blocked Kustomization looks again. */
  requeueDependencyMs: number;
  /** Spreads intervals, so that what was created together does not run together for ever. */
  jitter: (ms: number) => number;
}

/**
 * kustomize-controller's work on one Kustomization: the phases, the writes and
 * their order are those of the recordings
 * (`fluxcd/kustomize-controller:internal/controller/kustomization_controller.go`).
 * All state is in the object; a new process goes on where the old one stopped.
 */
export class KustomizationReconciler {
  readonly #options: KustomizationReconcilerOptions;
  readonly #deps: RunDependencies;

  private constructor(options: KustomizationReconcilerOptions) {
    this.#options = options;
    this.#deps = {
      store: options.store,
      git: options.git,
      clock: options.clock,
      resources: ResourceManager.create(options.store),
      builder: ManifestBuilder.create(options.store),
    };
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
      this.#deps.builder.forget(key);
      return undefined;
    }
    const status = RunStatus.create(this.#options, object);
    const requeue = await this.#reconcile(status);
    status.finish();
    if (!object.spec.suspend && hasStatus(object, 'Ready', 'True')) {
      status.event(
        object.status.lastAppliedRevision,
        'Normal',
        `Reconciliation finished in ${status.since()}, next run in ${formatDuration(
          intervalOf(object),
        )}`,
        { 'kustomize.toolkit.fluxcd.io/commit_status': 'update' },
      );
    }
    return requeue;
  }

  async #reconcile(status: RunStatus): Promise<number | undefined> {
    const { object } = status;
    const { metadata, spec } = object;
    if (metadata.deletionTimestamp) {
      return this.#finalize(status);
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
      status.set('Ready', 'False', 'ArtifactFailed', missingSource(object));
      return retryIntervalOf(object);
    }
    const revision: string | undefined = source.status?.artifact?.revision;
    const requeue = this.#options.requeueDependencyMs;
    if (!revision) {
      status.set(
        'Ready',
        'False',
        'ArtifactFailed',
        `Source artifact not found, retrying in ${formatDuration(requeue)}`,
      );
      return requeue;
    }
    const blocked = checkDependencies(this.#deps.store, object, revision);
    if (blocked) {
      status.set('Ready', 'False', 'DependencyNotReady', blocked);
      status.event(
        revision,
        'Normal',
        `Dependencies do not meet ready condition, retrying in ${formatDuration(
          requeue,
        )}`,
      );
      return requeue;
    }
    return this.#run(status, source, revision);
  }

  async #run(
    status: RunStatus,
    source: KubeObject,
    revision: string,
  ): Promise<number> {
    const run = KustomizationRun.create(this.#deps, status, revision);
    try {
      await run.run(source);
    } catch (error) {
      if (!(error instanceof RunError)) {
        throw error;
      }
      status.set('Ready', 'False', error.reason, error.message);
      if (run.digest) {
        status.remember(run.digest, error.reason, revision);
      }
      status.event(revision, 'Warning', error.message);
      return retryIntervalOf(status.object);
    }
    return this.#options.jitter(intervalOf(status.object));
  }

  /** Prunes what the policy says and lets the object go; nobody waits for the pruned. */
  #finalize(status: RunStatus): number | undefined {
    const { object } = status;
    const { spec, metadata } = object;
    const entries: InventoryEntry[] = object.status.inventory?.entries ?? [];
    const policy = spec.deletionPolicy ?? 'MirrorPrune';
    const deletes = policy === 'MirrorPrune' ? spec.prune : policy !== 'Orphan';
    const revision = object.status.lastAppliedRevision;
    if (!spec.suspend && deletes && entries.length > 0) {
      if (this.#mayImpersonate(object)) {
        try {
          const changes = this.#deps.resources.prune(
            entries.map(inventoryRef),
            contextOf(object),
          );
          status.event(revision, 'Normal', describe(changes));
        } catch (error) {
          if (!(error instanceof ApplyError)) {
            throw error;
          }
          status.event(
            revision,
            'Warning',
            'pruning for deleted resource failed',
          );
          return PRUNE_RETRY_MS;
        }
      } else {
        status.event(
          revision,
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
    return undefined;
  }

  #mayImpersonate(object: KubeObject): boolean {
    const name = object.spec.serviceAccountName;
    const { namespace } = object.metadata;
    return (
      !name ||
      exists(this.#deps.store, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        namespace,
        name,
      })
    );
  }

  #source(object: KubeObject): KubeObject | undefined {
    const { kind, name, namespace } = object.spec.sourceRef;
    const apiVersion = 'source.toolkit.fluxcd.io/v1';
    return this.#deps.store.kindOf(apiVersion, kind)
      ? this.#deps.store.get({
          apiVersion,
          kind,
          name,
          namespace: namespace ?? object.metadata.namespace,
        })
      : undefined;
  }

  #read(key: string): KubeObject | undefined {
    const [namespace, name] = key.split('/');
    const object = this.#deps.store.get({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace,
      name,
    });
    return object && { status: {}, ...structuredClone(object) };
  }
}
