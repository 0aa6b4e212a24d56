// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BUILTIN_KINDS,
  type Cluster,
  Faults,
  type Flux,
  type KubeObject,
  MemoryImageRegistry,
  type RunningDevOps,
  startCluster,
  startDevOps,
  startFlux,
  StateStore,
  WallClock,
} from '@fairway/sandbox';
import {
  baseFiles,
  gitRepository,
  kustomization,
  namespace,
  overlayFile,
  sharedFile,
  type Overlay,
} from './manifests';

/** So much faster than life do controllers, kubelets and pipelines go. */
const SPEED = 60;
export const GITOPS = { project: 'platform', repository: 'gitops' };
export const OWNER = 'group:default/team-a';
export const AUTHOR = { name: 'Dev A', email: 'dev-a@example.com' };

/** Environment to the clusters that it runs on. */
export const ENVIRONMENTS: Record<string, string[]> = {
  dev: ['aks-dev-weu'],
  prod: ['aks-prod-weu', 'aks-prod-neu'],
};

/** Waits until `condition` holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const end = Date.now() + 45_000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`it did not come true in time: ${what}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

/** Three clusters with Flux and the GitOps repository that they follow. */
export class TestWorld {
  readonly faults = new Faults();
  readonly clusters = new Map<string, Cluster>();
  devops!: RunningDevOps;
  readonly #flux = new Map<string, Flux>();
  readonly #clock = new WallClock(SPEED);
  readonly #state = StateStore.inMemory();
  readonly #dir = mkdtempSync(join(tmpdir(), 'fairway-flux-'));
  readonly #registry = MemoryImageRegistry.create(this.#state);

  /** The platform: clusters, the namespace of team-a, an empty GitOps repository. */
  static async start(
    options: { withoutFlux?: string } = {},
  ): Promise<TestWorld> {
    const world = new TestWorld();
    await world.#start(options.withoutFlux);
    return world;
  }

  get gitopsUrl(): string {
    return `${this.devops.url}/platform/_git/gitops`;
  }

  cluster(name: string): Cluster {
    const cluster = this.clusters.get(name);
    if (!cluster) {
      throw new Error(`no cluster ${name}`);
    }
    return cluster;
  }

  /** Puts images into the registry, so that pods can pull them. */
  publish(service: string, ...versions: string[]): void {
    for (const version of versions) {
      this.#registry.publish({
        repository: `team-a/${service}`,
        digest: digestOf(service, version),
        tags: [version],
        createdAt: new Date().toISOString(),
        annotations: {},
      } as Parameters<MemoryImageRegistry['publish']>[0]);
    }
  }

  /** Commits to the GitOps repository. @returns the commit */
  commit(
    message: string,
    changes: Array<{ path: string; content: string }>,
    author: { name: string; email: string; date?: string } = AUTHOR,
  ): Promise<string> {
    return this.devops.git.commit(GITOPS, {
      branch: 'main',
      message,
      author,
      changes,
    });
  }

  /** Adds a service to Git and to Flux, as merging the template's pull request does. */
  async addService(
    service: string,
    overlays: Record<string, Overlay>,
    spec: object = {},
  ): Promise<string> {
    const sha = await this.commit(`Add ${service}`, [
      ...baseFiles(service),
      ...Object.entries(overlays).map(([environment, overlay]) =>
        overlayFile(service, environment, overlay),
      ),
    ]);
    for (const environment of Object.keys(overlays)) {
      for (const name of ENVIRONMENTS[environment].filter(each =>
        this.#flux.has(each),
      )) {
        this.create(name, kustomization(service, environment, spec));
      }
    }
    return sha;
  }

  /** Commits another overlay of a service. @returns the commit */
  release(
    service: string,
    environment: string,
    overlay: Overlay,
    message = `Release ${service} ${overlay.version}`,
  ): Promise<string> {
    return this.commit(message, [overlayFile(service, environment, overlay)]);
  }

  create(cluster: string, object: KubeObject): void {
    this.cluster(cluster).store.create(object, { manager: 'test' });
  }

  patch(
    cluster: string,
    kind: 'Kustomization' | 'Deployment' | 'Namespace',
    name: string,
    body: object,
  ): void {
    const apiVersion = {
      Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
      Deployment: 'apps/v1',
      Namespace: 'v1',
    }[kind];
    const at = kind === 'Namespace' ? {} : { namespace: 'team-a' };
    this.cluster(cluster).store.patch(
      { apiVersion, kind, name, ...at },
      'merge',
      body,
      { manager: 'kubectl-patch' },
    );
  }

  /** An object as the cluster has it. */
  get(cluster: string, kind: string, name: string): KubeObject | undefined {
    const apiVersion =
      kind === 'Deployment' ? 'apps/v1' : 'kustomize.toolkit.fluxcd.io/v1';
    return this.cluster(cluster).store.get({
      apiVersion,
      kind,
      namespace: 'team-a',
      name,
    });
  }

  /** Waits until Flux has applied a commit in a cluster, or failed to. */
  async reconciled(
    cluster: string,
    service: string,
    sha: string,
    ready: 'True' | 'False' = 'True',
  ): Promise<void> {
    await until(() => {
      const { status } = this.get(cluster, 'Kustomization', service) ?? {};
      const condition = status?.conditions?.find(
        ({ type }: { type: string }) => type === 'Ready',
      );
      return (
        condition?.status === ready &&
        String(
          ready === 'True'
            ? status.lastAppliedRevision
            : status.lastAttemptedRevision,
        ).endsWith(sha)
      );
    }, `${service} is at ${sha} in ${cluster}`);
  }

  async stop(): Promise<void> {
    for (const flux of this.#flux.values()) {
      flux.stop();
    }
    for (const cluster of this.clusters.values()) {
      await cluster.stop();
    }
    await this.devops.stop();
    this.#clock.stop();
    this.#state.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #start(withoutFlux: string | undefined): Promise<void> {
    this.devops = await startDevOps({
      dir: this.#dir,
      port: 0,
      clock: this.#clock,
      state: this.#state,
      faults: this.faults,
      registry: this.#registry,
      onError: () => {},
    });
    this.devops.git.create(GITOPS);
    await this.commit('Lay out the clusters', [sharedFile('1')]);
    for (const name of Object.values(ENVIRONMENTS).flat()) {
      const cluster = await startCluster({
        name,
        port: 0,
        clock: this.#clock,
        faults: this.faults,
        registry: this.#registry,
        ...(name === withoutFlux ? { kinds: BUILTIN_KINDS } : {}),
      });
      this.clusters.set(name, cluster);
      this.create(name, namespace('team-a', OWNER));
      if (name === withoutFlux) {
        continue;
      }
      this.create(name, gitRepository(this.gitopsUrl));
      this.#flux.set(
        name,
        startFlux({
          store: cluster.store,
          git: this.devops.git,
          clock: this.#clock,
        }),
      );
    }
    this.devops.git.onPush(({ project, repository }) => {
      if (project === GITOPS.project && repository === GITOPS.repository) {
        this.#flux.forEach(flux => flux.notify(this.gitopsUrl));
      }
    });
  }
}

export function digestOf(service: string, version: string): string {
  return `sha256:${createHash('sha256')
    .update(`${service}:${version}`)
    .digest('hex')}`;
}
