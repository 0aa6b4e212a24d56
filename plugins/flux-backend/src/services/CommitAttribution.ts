// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProjectedKustomization,
  WatchCache,
  WatchChange,
} from '@fairway/plugin-delivery-node';
import { parseRevision } from '@fairway/plugin-flux-common';
import type { GitOpsSources } from '../sources/GitOpsSource';
import type { Attribution, DeploymentStore } from '../store/types';
import { RepositoryReader } from './RepositoryReader';
import { JobQueue } from './JobQueue';
import { isBelow, normalizePath } from './readRenderedPaths';

interface KustomizationKey {
  cluster: string;
  namespace: string;
  name: string;
}

/** The commit of a revision of Git; undefined for a digest of an OCI artifact. */
function commitOf(revision: string | undefined): string | undefined {
  const { algorithm, hash } = parseRevision(revision ?? '');
  return algorithm === 'sha1' && hash?.length === 40 ? hash : undefined;
}

/**
 * Finds out whose commit a deployment is. In a repository of many services each
 * commit moves every Kustomization; so when one moves, the host is asked once
 * which paths changed, and only where the service's own were touched, which
 * commit was the newest. Readers are served from the store.
 */
export class CommitAttribution {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  readonly #reader: RepositoryReader;
  readonly #queue: JobQueue;
  readonly #listeners = new Set<(at: KustomizationKey) => void>();
  #unsubscribe?: () => void;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    reader: RepositoryReader,
    queue: JobQueue,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#reader = reader;
    this.#queue = queue;
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    sources: GitOpsSources;
    logger: LoggerService;
  }): CommitAttribution {
    return new CommitAttribution(
      options.watch,
      options.store,
      RepositoryReader.create(options.sources),
      JobQueue.create({ logger: options.logger, concurrency: 2 }),
    );
  }

  /** Looks at every Kustomization, and again whenever one changes. */
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

  /** Calls back when what is known about a Kustomization's paths changed. Returns the way to stop. */
  onChange(listener: (at: KustomizationKey) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** New deployments of `kustomization` (`namespace/name`) want a commit. */
  deploymentsAdded(cluster: string, kustomization: string): void {
    const [namespace, name] = kustomization.split('/');
    this.#add({ cluster, namespace, name });
  }

  #changed(changes: WatchChange[]): void {
    for (const { type, cluster, kind, namespace, name } of changes) {
      if (type === 'deleted' || type === 'status') {
        continue;
      }
      if (kind === 'Kustomization' && namespace && name) {
        this.#add({ cluster, namespace, name });
      } else if (
        (kind === 'Kustomization' && type === 'reset') ||
        (kind === 'GitRepository' && type !== 'modified')
      ) {
        this.#addAll(cluster);
      }
    }
  }

  #addAll(cluster?: string): void {
    this.#queue.add(`commits of ${cluster ?? 'all clusters'}`, async () => {
      for (const found of await this.#watch.list('Kustomization', {
        cluster,
      })) {
        this.#add(found);
      }
    });
  }

  #add({ cluster, namespace, name }: KustomizationKey): void {
    this.#queue.add(`commits of ${cluster}/${namespace}/${name}`, () =>
      this.#attribute({ cluster, namespace, name }),
    );
  }

  async #attribute(at: KustomizationKey): Promise<void> {
    const kustomization = await this.#watch.get('Kustomization', at);
    const repository =
      kustomization && (await this.#repositoryOf(kustomization));
    const revision =
      commitOf(kustomization?.lastAttemptedRevision) ??
      commitOf(kustomization?.lastAppliedRevision);
    if (!kustomization || !repository || !revision) {
      return;
    }
    const before = await this.#store.attribution(at);
    const path = normalizePath(kustomization.path ?? '');
    const known =
      before?.repository === repository && before.path === path
        ? before
        : undefined;
    const looked = await this.#look(
      { ...at, repository, path, revision },
      known,
    );
    const applied = commitOf(kustomization.lastAppliedRevision) === revision;
    const after: Attribution = {
      ...looked,
      ...(applied
        ? { appliedRevision: revision, appliedCommit: looked.commit }
        : {
            appliedRevision: known?.appliedRevision,
            appliedCommit: known?.appliedCommit,
          }),
    };
    if (
      known?.revision !== after.revision ||
      known.appliedRevision !== after.appliedRevision
    ) {
      await this.#store.saveAttribution(after);
    }
    const attributed = await this.#attributeDeployments(kustomization, after);
    const news =
      attributed ||
      known?.commit?.sha !== after.commit?.sha ||
      known?.appliedCommit?.sha !== after.appliedCommit?.sha ||
      JSON.stringify(known?.images) !== JSON.stringify(after.images);
    if (news) {
      this.#listeners.forEach(listener => listener(at));
    }
  }

  async #look(
    at: KustomizationKey & {
      repository: string;
      path: string;
      revision: string;
    },
    known: Attribution | undefined,
  ): Promise<Attribution> {
    if (known?.revision === at.revision) {
      return known;
    }
    if (known) {
      const changed = await this.#reader.changedPaths({
        repository: at.repository,
        from: known.revision,
        to: at.revision,
      });
      const touched =
        changed === 'everything' ||
        changed.some(file => known.paths.some(path => isBelow(file, path)));
      if (!touched) {
        return { ...known, revision: at.revision };
      }
    }
    const { repository, path, revision } = at;
    const rendered = await this.#reader.renderedPaths({
      repository,
      path,
      at: revision,
    });
    const commit = await this.#reader.newestCommit({
      repository,
      paths: rendered.paths,
      at: revision,
    });
    return {
      cluster: at.cluster,
      namespace: at.namespace,
      name: at.name,
      repository,
      path,
      revision,
      ...rendered,
      ...(commit ? { commit } : {}),
    };
  }

  async #attributeDeployments(
    kustomization: ProjectedKustomization,
    { repository, paths, revision, commit: newest }: Attribution,
  ): Promise<boolean> {
    const { cluster, namespace, name, statusWrittenAt } = kustomization;
    const deployments = await this.#store.withoutCommit(
      cluster,
      `${namespace}/${name}`,
    );
    let attributed = false;
    for (const { id, startedAt } of deployments) {
      // Two watches bring a new template and the status of what applied it in
      // any order: until the status is the younger one, its revision may be the
      // one before. Times of the API have whole seconds.
      const settled =
        statusWrittenAt === undefined ||
        Math.floor(Date.parse(startedAt) / 1000) * 1000 <=
          Date.parse(statusWrittenAt);
      if (!settled) {
        continue;
      }
      const commit =
        newest && Date.parse(newest.date) <= Date.parse(startedAt)
          ? newest
          : (await this.#reader.newestCommit({
              repository,
              paths,
              at: revision,
              until: startedAt,
            })) ?? newest;
      if (commit) {
        await this.#store.setCommit(id, commit);
        attributed = true;
      }
    }
    return attributed;
  }

  async #repositoryOf({
    cluster,
    sourceRef,
  }: ProjectedKustomization): Promise<string | undefined> {
    if (sourceRef?.kind !== 'GitRepository') {
      return undefined;
    }
    const { namespace, name } = sourceRef;
    const source = await this.#watch.get('GitRepository', {
      cluster,
      namespace,
      name,
    });
    return source?.url && this.#reader.knows(source.url)
      ? source.url
      : undefined;
  }
}
