// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import type { GitRepositoryRef, GitReader } from '../git/types';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { EventRecorder } from './EventRecorder';
import { ObjectPatcher } from './ObjectPatcher';
import {
  deleteCondition,
  getCondition,
  setCondition,
  timestamp,
} from './conditions';
import { parseDuration } from './goDuration';

const MANAGER = 'source-controller';
const GROUP = 'source.toolkit.fluxcd.io';
export const FINALIZER = 'finalizers.fluxcd.io';
export const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';

/** What a rate-limited requeue waits at first, and the limits of the backoff. */
export const MIN_RETRY_MS = 750;
const MAX_RETRY_MS = 900_000;

class FetchError extends Error {}

interface Checkout {
  repository: GitRepositoryRef;
  commit: string;
  revision: string;
}

/** source-controller's work on one GitRepository. */
export class SourceReconciler {
  readonly #store: ClusterStore;
  readonly #git: GitReader;
  readonly #clock: Clock;
  readonly #events: EventRecorder;
  readonly #gitFault?: (url: string) => Error | undefined;
  readonly #failures = new Map<string, number>();

  private constructor(options: SourceReconcilerOptions) {
    this.#store = options.store;
    this.#git = options.git;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#gitFault = options.gitFault;
  }

  static create(options: SourceReconcilerOptions): SourceReconciler {
    return new SourceReconciler(options);
  }

  /** @returns simulated milliseconds until it wants to run again */
  async reconcile(key: string): Promise<number | undefined> {
    const object = this.#read(key);
    if (!object) {
      this.#failures.delete(key);
      return undefined;
    }
    const patcher = ObjectPatcher.create(this.#store, MANAGER, object);
    if (object.metadata.deletionTimestamp) {
      this.#finalize(object, patcher);
      return undefined;
    }
    if (!object.metadata.finalizers?.includes(FINALIZER)) {
      object.metadata.finalizers = [
        ...(object.metadata.finalizers ?? []),
        FINALIZER,
      ];
      patcher.patch(object);
      return MIN_RETRY_MS;
    }
    if (object.spec.suspend) {
      this.#acknowledge(object);
      object.status.observedGeneration = object.metadata.generation;
      const ready = getCondition(object, 'Ready');
      if (ready) {
        setCondition(object, ready, this.#clock.now());
      }
      patcher.patch(object);
      return undefined;
    }
    return this.#fetch(key, object, patcher);
  }

  async #fetch(
    key: string,
    object: KubeObject,
    patcher: ObjectPatcher,
  ): Promise<number> {
    this.#announce(object, patcher);
    try {
      const checkout = await this.#checkout(object);
      if (object.status?.artifact?.revision === checkout.revision) {
        this.#keep(object, checkout.revision);
      } else {
        await this.#renew(object, checkout, patcher);
      }
    } catch (error) {
      if (!(error instanceof FetchError)) {
        throw error;
      }
      return this.#fail(key, object, error.message, patcher);
    }
    this.#failures.delete(key);
    const message = getCondition(object, 'ArtifactInStorage')!.message;
    deleteCondition(object, 'Reconciling');
    this.#set(object, 'Ready', 'True', 'Succeeded', message);
    object.status.observedGeneration = object.metadata.generation;
    this.#acknowledge(object);
    patcher.patch(object);
    return parseDuration(object.spec.interval) ?? 60_000;
  }

  /** What is published before anything is fetched. */
  #announce(object: KubeObject, patcher: ObjectPatcher): void {
    const observed = object.status?.observedGeneration ?? -1;
    const { generation } = object.metadata;
    this.#progress(object, false, 'reconciliation in progress');
    if (observed !== generation) {
      this.#progress(
        object,
        false,
        `processing object: new generation ${observed} -> ${generation}`,
      );
      patcher.patch(object);
    } else if (
      (object.metadata.annotations?.[REQUESTED_AT] ?? '') !==
      (object.status.lastHandledReconcileAt ?? '')
    ) {
      patcher.patch(object);
    }
    if (!object.status?.artifact) {
      this.#progress(object, true, 'building artifact');
      deleteCondition(object, 'ArtifactInStorage');
      patcher.patch(object);
    }
  }

  #keep(object: KubeObject, revision: string): void {
    deleteCondition(object, 'FetchFailed');
    this.#set(
      object,
      'ArtifactInStorage',
      'True',
      'Succeeded',
      `stored artifact for revision '${revision}'`,
    );
    this.#events.record(object, {
      type: 'Normal',
      reason: 'GitOperationSucceeded',
      message: `no changes since last reconciliation: observed revision '${revision}'`,
    });
  }

  async #renew(
    object: KubeObject,
    { repository, commit, revision }: Checkout,
    patcher: ObjectPatcher,
  ): Promise<void> {
    deleteCondition(object, 'FetchFailed');
    const news = `new upstream revision '${revision}'`;
    if (object.status?.artifact) {
      this.#set(object, 'ArtifactOutdated', 'True', 'NewRevision', news);
    }
    this.#progress(object, true, `building artifact: ${news}`);
    patcher.patch(object);
    const files = await this.#git.readTree(repository, commit);
    const [info] = await this.#git.log(repository, commit, { limit: 1 });
    const path = `gitrepository/${object.metadata.namespace}/${object.metadata.name}/${commit}.tar.gz`;
    const { digest, size } = contentOf(files);
    object.status.artifact = {
      digest,
      lastUpdateTime: timestamp(this.#clock.now()),
      path,
      revision,
      size,
      url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
    };
    deleteCondition(object, 'ArtifactOutdated');
    this.#set(
      object,
      'ArtifactInStorage',
      'True',
      'Succeeded',
      `stored artifact for revision '${revision}'`,
    );
    this.#events.record(object, {
      type: 'Normal',
      reason: 'NewArtifact',
      message: `stored artifact for commit '${
        (info?.message ?? commit).split('\n')[0]
      }'`,
      annotations: {
        [`${GROUP}/digest`]: digest,
        [`${GROUP}/revision`]: revision,
      },
    });
  }

  #fail(
    key: string,
    object: KubeObject,
    message: string,
    patcher: ObjectPatcher,
  ): number {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#set(object, 'FetchFailed', 'True', 'GitOperationFailed', message);
    this.#set(object, 'Ready', 'False', 'GitOperationFailed', message);
    this.#set(
      object,
      'Reconciling',
      'True',
      'ProgressingWithRetry',
      getCondition(object, 'Reconciling')!.message,
    );
    this.#acknowledge(object);
    this.#events.record(object, {
      type: 'Warning',
      reason: 'GitOperationFailed',
      message,
    });
    patcher.patch(object);
    return Math.min(MIN_RETRY_MS * 2 ** failures, MAX_RETRY_MS);
  }

  #finalize(object: KubeObject, patcher: ObjectPatcher): void {
    this.#events.record(object, {
      type: 'Normal',
      reason: 'GarbageCollectionSucceeded',
      message: 'garbage collected artifacts for deleted resource',
    });
    const ready = getCondition(object, 'Ready');
    if (ready) {
      // Ready is written once more, at the generation of the deletion.
      setCondition(object, ready, this.#clock.now());
    }
    object.metadata.finalizers = object.metadata.finalizers?.filter(
      finalizer => finalizer !== FINALIZER,
    );
    patcher.patch(object);
  }

  /** @throws FetchError with the controller's words */
  async #checkout(object: KubeObject): Promise<Checkout> {
    const url: string = object.spec.url;
    // With an artifact the remote's references are listed first; without one it is cloned at once.
    const attempt = object.status?.artifact
      ? `unable to list remote for '${url}'`
      : `unable to clone '${url}'`;
    const failed = (reason: string) =>
      new FetchError(
        `failed to checkout and determine revision: ${attempt}: ${reason}`,
      );
    const fault = this.#gitFault?.(url);
    if (fault) {
      throw failed(fault.message);
    }
    const repository = this.#git.fromUrl(url);
    if (!repository || !this.#git.exists(repository)) {
      throw failed('repository not found');
    }
    const { full, name } = referenceOf(object);
    const commit = await this.#git.resolve(repository, full);
    if (!commit) {
      throw failed(`couldn't find remote ref "${full}"`);
    }
    return {
      repository,
      commit,
      revision: name ? `${name}@sha1:${commit}` : `sha1:${commit}`,
    };
  }

  /** Work goes on; Ready is left alone unless the world is known to have moved on. */
  #progress(object: KubeObject, drift: boolean, message: string): void {
    const ready = getCondition(object, 'Ready')?.status;
    if (!ready || ready === 'Unknown' || (drift && ready === 'True')) {
      this.#set(object, 'Ready', 'Unknown', 'Progressing', message);
    }
    this.#set(object, 'Reconciling', 'True', 'Progressing', message);
  }

  #acknowledge(object: KubeObject): void {
    const requested = object.metadata.annotations?.[REQUESTED_AT];
    if (requested !== undefined) {
      object.status = {
        ...object.status,
        lastHandledReconcileAt: requested,
      };
    }
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

  #read(key: string): KubeObject | undefined {
    const [namespace, name] = key.split('/');
    const object = this.#store.get({
      apiVersion: `${GROUP}/v1`,
      kind: 'GitRepository',
      namespace,
      name,
    });
    return object && { status: {}, ...structuredClone(object) };
  }
}

export interface SourceReconcilerOptions {
  store: ClusterStore;
  git: GitReader;
  clock: Clock;
  events: EventRecorder;
  gitFault?: (url: string) => Error | undefined;
}

/** `spec.ref`: commit before name before tag before branch. */
function referenceOf(object: KubeObject): { full: string; name?: string } {
  const ref = object.spec.ref ?? {};
  if (ref.commit) {
    return { full: ref.commit, name: ref.branch };
  }
  if (ref.name) {
    return { full: ref.name, name: ref.name };
  }
  if (ref.tag) {
    return { full: `refs/tags/${ref.tag}`, name: ref.tag };
  }
  const branch = ref.branch ?? 'master';
  return { full: `refs/heads/${branch}`, name: branch };
}

const contents = new WeakMap<object, { digest: string; size: number }>();

/** Stands for the tarball that source-controller would store. */
function contentOf(files: ReadonlyMap<string, string>): {
  digest: string;
  size: number;
} {
  let content = contents.get(files);
  if (!content) {
    const hash = createHash('sha256');
    let size = 0;
    for (const [path, text] of [...files].sort(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      hash.update(`${path}\0${text}\0`);
      size += text.length;
    }
    content = { digest: `sha256:${hash.digest('hex')}`, size };
    contents.set(files, content);
  }
  return content;
}
