// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProjectedKustomization,
  WatchCache,
  WatchChange,
} from '@fairway/plugin-delivery-node';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import { parseImage, parseRevision } from '@fairway/plugin-flux-common';
import { JobQueue } from '../jobs/JobQueue';
import type { GitOpsSources } from '../sources/GitOpsSource';
import type {
  Attribution,
  DeploymentStore,
  NamedPlace,
  StoredDeployment,
} from '../store/types';
import { AttributionBook } from './AttributionBook';
import { RepositoryReader } from './RepositoryReader';
import { isBelow, normalizePath } from './readRenderedPaths';

/** The commit of a revision of Git; undefined for a digest of an OCI artifact. */
function commitOf(revision: string | undefined): string | undefined {
  const { algorithm, hash } = parseRevision(revision ?? '');
  return algorithm === 'sha1' && hash?.length === 40 ? hash : undefined;
}

/** Whether an image has another tag than the one that Git asks for. What Git does not name, it does not forbid. */
function isForeign(
  deployment: StoredDeployment,
  wanted: Record<string, string>,
): boolean {
  return deployment.images.some(({ image }) => {
    const { repository, tag } = parseImage(image);
    return Object.hasOwn(wanted, repository) && wanted[repository] !== tag;
  });
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
  readonly #book: AttributionBook;
  readonly #reader: RepositoryReader;
  readonly #queue: JobQueue;
  /** Kustomizations with deployments that want a commit, `cluster/namespace/name`. */
  readonly #open = new Set<string>();
  readonly #listeners = new Set<(at: NamedPlace) => void>();
  #unsubscribe?: () => void;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    book: AttributionBook,
    reader: RepositoryReader,
    queue: JobQueue,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#book = book;
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
      new AttributionBook(options),
      RepositoryReader.create(options.sources),
      JobQueue.create({ logger: options.logger, concurrency: 2 }),
    );
  }

  /** Looks at every Kustomization, and again whenever one changes. */
  start(): void {
    this.#unsubscribe = this.#watch.subscribe({}, changes =>
      this.#changed(changes),
    );
    this.#queue.add('deployments without a commit', async () => {
      for (const {
        cluster,
        kustomization,
      } of await this.#store.kustomizationsWithoutCommit()) {
        this.#open.add(`${cluster}/${kustomization}`);
      }
      this.#addAll();
    });
  }

  async close(): Promise<void> {
    this.#unsubscribe?.();
    this.#queue.close();
    await this.#book.close();
  }

  /** What Git says about a Kustomization, as far as that was found out. */
  known(at: NamedPlace): Promise<Attribution | undefined> {
    return this.#book.get(at);
  }

  /** Why the host of a Kustomization's repository does not answer; undefined when nothing is wrong. */
  async status(
    kustomization: ProjectedKustomization,
  ): Promise<SourceStatus | undefined> {
    const repository = await this.#repositoryOf(kustomization);
    return repository === undefined
      ? undefined
      : this.#reader.status(repository);
  }

  /** Calls back when what is known about a Kustomization's paths changed. Returns the way to stop. */
  onChange(listener: (at: NamedPlace) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** New deployments of `kustomization` (`namespace/name`) want a commit. */
  deploymentsAdded(cluster: string, kustomization: string): void {
    const [namespace, name] = kustomization.split('/');
    this.#open.add(`${cluster}/${kustomization}`);
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

  #add({ cluster, namespace, name }: NamedPlace): void {
    this.#queue.add(`commits of ${cluster}/${namespace}/${name}`, () =>
      this.#attribute({ cluster, namespace, name }),
    );
  }

  async #attribute(at: NamedPlace): Promise<void> {
    const kustomization = await this.#watch.get('Kustomization', at);
    const repository =
      kustomization && (await this.#repositoryOf(kustomization));
    const revision =
      commitOf(kustomization?.lastAttemptedRevision) ??
      commitOf(kustomization?.lastAppliedRevision);
    if (!kustomization || !repository || !revision) {
      return;
    }
    const before = await this.#book.get(at);
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
    const appliedCommit = applied ? looked.commit : known?.appliedCommit;
    const after: Attribution = {
      ...looked,
      ...(appliedCommit ? { appliedCommit } : {}),
    };
    const news =
      !known ||
      looked.paths !== known.paths ||
      known.commit?.sha !== after.commit?.sha ||
      known.appliedCommit?.sha !== after.appliedCommit?.sha;
    if (news) {
      await this.#book.save(after);
    } else if (known.revision !== after.revision) {
      this.#book.move(after);
    }
    const attributed = await this.#attributeDeployments(kustomization, after);
    if (attributed || news) {
      this.#listeners.forEach(listener => listener(at));
    }
  }

  async #look(
    at: NamedPlace & {
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
    attribution: Attribution,
  ): Promise<boolean> {
    const { cluster, namespace, name } = kustomization;
    const key = `${cluster}/${namespace}/${name}`;
    // Taken out first: what is added meanwhile is not lost.
    if (!this.#open.delete(key)) {
      return false;
    }
    try {
      const { done, left } = await this.#attributeOpen(
        kustomization,
        attribution,
      );
      if (left > 0) {
        this.#open.add(key);
      }
      return done > 0;
    } catch (error) {
      this.#open.add(key);
      throw error;
    }
  }

  async #attributeOpen(
    kustomization: ProjectedKustomization,
    { repository, paths, images, revision, commit: newest }: Attribution,
  ): Promise<{ done: number; left: number }> {
    const { cluster, namespace, name, statusWrittenAt } = kustomization;
    const open = await this.#store.withoutCommit(
      cluster,
      `${namespace}/${name}`,
    );
    // Two watches bring a new template and the status of what applied it in
    // any order: until the status is the younger one, its revision may be the
    // one before. Times of the API have whole seconds.
    const settled = open.filter(
      ({ startedAt }) =>
        statusWrittenAt === undefined ||
        Math.floor(Date.parse(startedAt) / 1000) * 1000 <=
          Date.parse(statusWrittenAt),
    );
    let done = 0;
    for (const deployment of settled) {
      const { id, startedAt } = deployment;
      const isNewest =
        newest !== undefined &&
        Date.parse(newest.date) <= Date.parse(startedAt);
      if (isNewest && isForeign(deployment, images)) {
        // Of the same second, the status may still be that of the run before.
        if (Date.parse(statusWrittenAt ?? '') > Date.parse(startedAt)) {
          await this.#store.setByHand(id);
          done += 1;
        }
        continue;
      }
      const commit = isNewest
        ? newest
        : (await this.#reader.newestCommit({
            repository,
            paths,
            at: revision,
            until: startedAt,
          })) ?? newest;
      if (commit) {
        await this.#store.setCommit(id, commit);
        done += 1;
      }
    }
    return { done, left: open.length - done };
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
