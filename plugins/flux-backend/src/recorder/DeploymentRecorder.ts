// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProjectedKind,
  WatchCache,
  WatchChange,
} from '@fairway/plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import { JobQueue } from '../jobs/JobQueue';
import { COMPONENT_LABEL, OWNER_NAME, OWNER_NAMESPACE } from '../model/labels';
import type {
  DeploymentStore,
  NamedPlace,
  StoredDeployment,
} from '../store/types';
import { ConfigurationChanges } from './ConfigurationChanges';
import {
  templateByImages,
  templatesOfDeployment,
  type RecordedWorkload,
  type TemplateChange,
} from './templateChanges';

const KINDS = ['Deployment', 'StatefulSet', 'CronJob'] as const;
type RecordedKind = (typeof KINDS)[number];

/** More changes than any fleet makes between two restarts; a forgotten one costs a query. */
const REMEMBERED = 100_000;

function isRecorded(kind: ProjectedKind): kind is RecordedKind {
  return (KINDS as readonly string[]).includes(kind);
}

/**
 * Keeps every change in a service's own objects: of a workload's pod template,
 * or of anything else that its Kustomization applies. A new revision in Git that
 * leaves them as they are is none. Backends that run side by side see the same
 * changes, give them the same ids, and so keep each once.
 */
export class DeploymentRecorder {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  readonly #queue: JobQueue;
  readonly #configuration: ConfigurationChanges;
  readonly #listeners = new Set<(added: StoredDeployment) => void>();
  /** Ids that are in the store for sure, so that status updates cost no query. */
  readonly #known = new LRUCache<string, true>({ max: REMEMBERED });
  /** Workloads seen in this process: what they do from now on is seen live. */
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  #unsubscribe?: () => void;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    queue: JobQueue,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#queue = queue;
    this.#configuration = new ConfigurationChanges({ watch, store });
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    logger: LoggerService;
  }): DeploymentRecorder {
    return new DeploymentRecorder(
      options.watch,
      options.store,
      JobQueue.create({ logger: options.logger, concurrency: 2 }),
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

  #changed(changes: WatchChange[]): void {
    for (const { type, cluster, kind, namespace, name } of changes) {
      if (type === 'deleted' || type === 'status') {
        continue;
      }
      if (type === 'reset') {
        this.#addAll(cluster);
      } else if (kind && namespace && name) {
        this.#changedObject(kind, { cluster, namespace, name });
      }
    }
  }

  #changedObject(kind: ProjectedKind, at: NamedPlace): void {
    if (isRecorded(kind)) {
      this.#addWorkload(kind, at);
    } else if (kind === 'Kustomization') {
      this.#addKustomization(at);
    } else if (kind === 'ReplicaSet') {
      const { cluster, namespace, name } = at;
      this.#queue.add(`owner of ${cluster}/${namespace}/${name}`, () =>
        this.#addOwner(at),
      );
    }
  }

  #addAll(cluster?: string): void {
    this.#queue.add(`deployments of ${cluster ?? 'all clusters'}`, async () => {
      for (const kind of KINDS) {
        for (const found of await this.#watch.list(kind, { cluster })) {
          this.#addWorkload(kind, found);
        }
      }
      for (const found of await this.#watch.list('Kustomization', {
        cluster,
      })) {
        this.#addKustomization(found);
      }
    });
  }

  async #addOwner(at: NamedPlace): Promise<void> {
    const { cluster, namespace } = at;
    const replicaSet = await this.#watch.get('ReplicaSet', at);
    const owners = replicaSet?.ownerUid
      ? await this.#watch.list('Deployment', { cluster, namespace })
      : [];
    const owner = owners.find(({ uid }) => uid === replicaSet?.ownerUid);
    if (owner) {
      this.#addWorkload('Deployment', owner);
    }
  }

  #addKustomization({ cluster, namespace, name }: NamedPlace): void {
    const at = { cluster, namespace, name };
    this.#queue.add(
      `configuration of ${cluster}/${namespace}/${name}`,
      async () => {
        const { added, again } = await this.#configuration.look(at);
        if (added) {
          this.#tell(added);
        }
        return again;
      },
    );
  }

  #addWorkload(kind: RecordedKind, at: NamedPlace): void {
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
        for (const change of await this.#templates(workload, key)) {
          await this.#record(workload, change);
        }
        this.#seen.set(key, true);
      }
    });
  }

  async #templates(
    workload: RecordedWorkload,
    key: string,
  ): Promise<TemplateChange[]> {
    const live = this.#seen.has(key) ? new Date().toISOString() : undefined;
    const latest = () =>
      this.#store.latest({
        ...workload,
        workloadKind: workload.kind,
        workload: workload.name,
      });
    if (workload.kind !== 'Deployment') {
      const kept = await latest();
      // What differs from the one that is kept came to be since: now, as far as anybody knows.
      const now = kept.deployment ? new Date().toISOString() : live;
      const change = await templateByImages(this.#watch, workload, kept, now);
      return change ? [change] : [];
    }
    const { cluster, namespace, uid } = workload;
    const owned = await this.#watch.list('ReplicaSet', {
      cluster,
      namespace,
      ownerUid: uid,
    });
    const isNew = ({ id }: TemplateChange) => !this.#known.has(id);
    const changes = templatesOfDeployment(workload, owned, undefined, live);
    if (!changes.some(isNew)) {
      return [];
    }
    const { deployment } = await latest();
    return templatesOfDeployment(workload, owned, deployment, live).filter(
      isNew,
    );
  }

  async #record(
    workload: RecordedWorkload,
    change: TemplateChange,
  ): Promise<void> {
    const { cluster, namespace, kind, name, labels } = workload;
    const owner = labels[OWNER_NAME];
    const deployment: StoredDeployment = {
      ...change,
      cluster,
      namespace,
      workloadKind: kind,
      workload: name,
      component: labels[COMPONENT_LABEL] ?? '',
      ...(owner
        ? { kustomization: `${labels[OWNER_NAMESPACE] ?? namespace}/${owner}` }
        : {}),
    };
    const added = await this.#store.add(deployment);
    this.#known.set(change.id, true);
    if (added) {
      this.#tell(deployment);
    }
  }

  #tell(added: StoredDeployment): void {
    if (added.kustomization && added.templateKey) {
      const [namespace, name] = added.kustomization.split('/');
      this.#configuration.expect({ cluster: added.cluster, namespace, name });
    }
    this.#listeners.forEach(listener => listener(added));
  }
}
