// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProjectedCronJob,
  ProjectedKind,
  ProjectedReplicaSet,
  ProjectedWorkload,
  WatchCache,
  WatchChange,
} from '@fairway/plugin-delivery-node';
import type { DeploymentStore, StoredDeployment } from '../store/types';
import { JobQueue } from './JobQueue';
import { COMPONENT_LABEL, OWNER_NAME, OWNER_NAMESPACE } from './labels';

const KINDS = ['Deployment', 'StatefulSet', 'CronJob'] as const;
type RecordedKind = (typeof KINDS)[number];
type RecordedWorkload = ProjectedWorkload | ProjectedCronJob;

function isRecorded(kind: ProjectedKind): kind is RecordedKind {
  return (KINDS as readonly string[]).includes(kind);
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function revisionNumber(replicaSet: ProjectedReplicaSet): number {
  return Number(replicaSet.revision ?? 0);
}

function newest(times: string[]): string | undefined {
  return [...times].sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

/**
 * Keeps every change of a workload's pod template. A new revision in Git that
 * leaves the template as it is is none. Backends that run side by side see the
 * same changes, give them the same ids, and so keep each once.
 */
export class DeploymentRecorder {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  readonly #queue: JobQueue;
  readonly #now: () => Date;
  readonly #listeners = new Set<(added: StoredDeployment) => void>();
  /** Ids that are in the store for sure, so that status updates cost no query. */
  readonly #known = new Set<string>();
  /** Workloads seen in this process: what they do from now on is seen live. */
  readonly #seen = new Set<string>();
  #unsubscribe?: () => void;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    queue: JobQueue,
    now: () => Date,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#queue = queue;
    this.#now = now;
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    logger: LoggerService;
    now?: () => Date;
  }): DeploymentRecorder {
    return new DeploymentRecorder(
      options.watch,
      options.store,
      JobQueue.create({ logger: options.logger, concurrency: 2 }),
      options.now ?? (() => new Date()),
    );
  }

  /** Fills in what the clusters still remember, then follows changes. */
  start(): void {
    this.#unsubscribe = this.#watch.subscribe({}, changes =>
      this.#changed(changes),
    );
    this.#addAll();
  }

  close(): void {
    this.#unsubscribe?.();
    this.#queue.close();
  }

  /** Calls back for each new deployment. Returns the way to stop. */
  onAdded(listener: (added: StoredDeployment) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  #changed(changes: WatchChange[]): void {
    for (const { type, cluster, kind, namespace, name } of changes) {
      if (type === 'deleted' || type === 'status' || !kind) {
        continue;
      }
      if (type === 'reset') {
        this.#addAll(cluster);
      } else if (namespace && name && isRecorded(kind)) {
        this.#add(kind, { cluster, namespace, name });
      } else if (namespace && name && kind === 'ReplicaSet') {
        this.#queue.add(`owner of ${cluster}/${namespace}/${name}`, () =>
          this.#addOwner({ cluster, namespace, name }),
        );
      }
    }
  }

  #addAll(cluster?: string): void {
    this.#queue.add(`deployments of ${cluster ?? 'all clusters'}`, async () => {
      for (const kind of KINDS) {
        for (const found of await this.#watch.list(kind, { cluster })) {
          this.#add(kind, found);
        }
      }
    });
  }

  async #addOwner(at: {
    cluster: string;
    namespace: string;
    name: string;
  }): Promise<void> {
    const { cluster, namespace } = at;
    const replicaSet = await this.#watch.get('ReplicaSet', at);
    const owners = replicaSet?.ownerUid
      ? await this.#watch.list('Deployment', { cluster, namespace })
      : [];
    const owner = owners.find(({ uid }) => uid === replicaSet?.ownerUid);
    if (owner) {
      this.#add('Deployment', owner);
    }
  }

  #add(
    kind: RecordedKind,
    at: { cluster: string; namespace: string; name: string },
  ): void {
    const { cluster, namespace, name } = at;
    const key = `${cluster}/${namespace}/${kind}/${name}`;
    this.#queue.add(`deployments of ${key}`, async () => {
      const workload = await this.#watch.get(kind, {
        cluster,
        namespace,
        name,
      });
      // What no service and no Flux object owns can be asked for by nobody.
      if (
        workload &&
        (workload.labels[COMPONENT_LABEL] || workload.labels[OWNER_NAME])
      ) {
        const live = this.#seen.has(key);
        await (workload.kind === 'Deployment'
          ? this.#recordReplicaSets(workload, live)
          : this.#recordImages(workload, live));
        this.#seen.add(key);
      }
    });
  }

  async #recordReplicaSets(
    deployment: ProjectedWorkload,
    live: boolean,
  ): Promise<void> {
    const { cluster, namespace, uid } = deployment;
    const replicaSets = (
      await this.#watch.list('ReplicaSet', {
        cluster,
        namespace,
        ownerUid: uid,
      })
    )
      .filter(({ revision, templateHash }) => revision && templateHash)
      .sort((a, b) => revisionNumber(a) - revisionNumber(b));
    for (const [index, replicaSet] of replicaSets.entries()) {
      const before = newest(
        replicaSets.slice(0, index).map(({ createdAt }) => createdAt),
      );
      // An older object with a newer revision was rolled back to: it began
      // after all of lower revision, and at this moment when it is seen live.
      const rolledBack =
        before !== undefined &&
        Date.parse(before) > Date.parse(replicaSet.createdAt);
      const bound = live ? this.#now().toISOString() : before;
      await this.#record(deployment, {
        templateKey: replicaSet.templateHash!,
        templateRevision: replicaSet.revision!,
        images: replicaSet.images,
        startedAt: rolledBack && bound ? bound : replicaSet.createdAt,
      });
    }
  }

  /** Workloads that keep no object per template: a change is what differs from the last record. */
  async #recordImages(
    workload: RecordedWorkload,
    live: boolean,
  ): Promise<void> {
    const templateKey = hash(
      ...workload.images.map(({ container, image }) => `${container}=${image}`),
    ).slice(0, 16);
    const [last, ...older] = await this.#store.ofWorkload({
      ...workload,
      workloadKind: workload.kind,
      workload: workload.name,
    });
    if (last?.templateKey === templateKey) {
      return;
    }
    const unchanged = (workload.generation ?? 1) === 1;
    const startedAt =
      live || last
        ? this.#now().toISOString()
        : (unchanged ? undefined : await this.#oldestPod(workload)) ??
          workload.createdAt;
    await this.#record(workload, {
      templateKey,
      templateRevision: String(older.length + (last ? 2 : 1)),
      images: workload.images,
      startedAt,
    });
  }

  /** When the oldest pod of the present images began: they cannot be younger. */
  async #oldestPod(workload: RecordedWorkload): Promise<string | undefined> {
    const { cluster, namespace, uid } = workload;
    const images = new Set(workload.images.map(({ image }) => image));
    const pods = await this.#watch.list('Pod', {
      cluster,
      namespace,
      ownerUid: uid,
    });
    return pods
      .filter(pod => pod.containers.some(({ image }) => images.has(image)))
      .map(({ createdAt }) => createdAt)
      .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  }

  async #record(
    workload: RecordedWorkload,
    template: Pick<
      StoredDeployment,
      'templateKey' | 'templateRevision' | 'images' | 'startedAt'
    >,
  ): Promise<void> {
    const { cluster, namespace, kind, name, labels } = workload;
    const id = hash(
      cluster,
      namespace,
      kind,
      name,
      template.templateKey,
      template.templateRevision,
    ).slice(0, 32);
    if (this.#known.has(id)) {
      return;
    }
    const owner = labels[OWNER_NAME];
    const deployment: StoredDeployment = {
      id,
      cluster,
      namespace,
      workloadKind: kind,
      workload: name,
      component: labels[COMPONENT_LABEL] ?? '',
      ...template,
      ...(owner
        ? { kustomization: `${labels[OWNER_NAMESPACE] ?? namespace}/${owner}` }
        : {}),
    };
    const added = await this.#store.add(deployment);
    this.#known.add(id);
    if (added) {
      this.#listeners.forEach(listener => listener(deployment));
    }
  }
}
