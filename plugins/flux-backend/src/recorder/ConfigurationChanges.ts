// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedCronJob,
  ProjectedKustomization,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import { COMPONENT_LABEL } from '../model/labels';
import { mainFirst, workloadsOf } from '../model/workloadsOf';
import type {
  DeploymentStore,
  NamedPlace,
  StoredDeployment,
} from '../store/types';
import { deploymentId } from './deploymentId';
import { readApplied, type Applied } from './readApplied';

/** Watches of two kinds may be that far apart, and the deployment controller that slow. */
const SETTLE_MS = 3_000;
/** A workload that never settles does not hide its change for ever. */
const MOST_LOOKS = 20;
const REMEMBERED = 50_000;

/** What came of a look. */
export interface Look {
  added?: StoredDeployment;
  /** Milliseconds after which another look is due. */
  again?: number;
}

function keyOf({ cluster, namespace, name }: NamedPlace): string {
  return `${cluster}/${namespace}/${name}`;
}

/**
 * Finds what a service's Kustomization changed without a new pod template:
 * replicas, a ConfigMap, a Service, a route. Flux names the digest of what it
 * applies; each new digest belongs to the templates that came with it, and when
 * none did, it is a change of the configuration.
 *
 * Only of a Kustomization that carries the service's own label: what one of a
 * whole team applies says nothing about a single service.
 */
export class ConfigurationChanges {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  /** Digests that are accounted for, by Kustomization. */
  readonly #settled = new LRUCache<string, string>({ max: REMEMBERED });
  /** Looks so far at a digest that no template came with. */
  readonly #looks = new LRUCache<string, { digest: string; count: number }>({
    max: REMEMBERED,
  });

  constructor(options: { watch: WatchCache; store: DeploymentStore }) {
    this.#watch = options.watch;
    this.#store = options.store;
  }

  /** A template was added that belongs to what `at` applies, now or soon. */
  expect(at: NamedPlace): void {
    this.#settled.delete(keyOf(at));
  }

  async look(at: NamedPlace): Promise<Look> {
    const kustomization = await this.#watch.get('Kustomization', at);
    const applied = kustomization && readApplied(kustomization);
    if (
      !applied ||
      !kustomization.labels[COMPONENT_LABEL] ||
      this.#settled.get(keyOf(at)) === applied.digest
    ) {
      return {};
    }
    // One reading of the store for both questions: another backend may write between two.
    const records = await this.#store.ofKustomization(
      at.cluster,
      `${at.namespace}/${at.name}`,
    );
    const known = records.find(({ digest }) => digest)?.digest;
    const open = records.filter(({ digest }) => !digest);
    if (known === applied.digest) {
      return this.#claimOlder(at, applied, open);
    }
    // With no digest so far this is the first sight: what was before is not known.
    if (open.length > 0 || known === undefined) {
      await this.#claim(at, applied, open);
      return {};
    }
    return this.#record(at, kustomization, applied, records[0]);
  }

  /** Templates under an unchanged digest came by hand, or by Flux when it undid that; a young one may wait for its digest. */
  async #claimOlder(
    at: NamedPlace,
    applied: Applied,
    open: StoredDeployment[],
  ): Promise<Look> {
    const older = open.filter(
      ({ startedAt }) =>
        Date.parse(startedAt) < Date.parse(applied.lastReconciled),
    );
    await this.#store.setDigest(
      older.map(({ id }) => id),
      applied.digest,
    );
    if (older.length === open.length) {
      this.#settled.set(keyOf(at), applied.digest);
    }
    return {};
  }

  async #claim(
    at: NamedPlace,
    applied: Applied,
    open: StoredDeployment[],
  ): Promise<void> {
    await this.#store.setDigest(
      open.map(({ id }) => id),
      applied.digest,
    );
    if (open.length > 0) {
      this.#settled.set(keyOf(at), applied.digest);
    }
  }

  async #record(
    at: NamedPlace,
    kustomization: ProjectedKustomization,
    applied: Applied,
    latest: StoredDeployment,
  ): Promise<Look> {
    const component = kustomization.labels[COMPONENT_LABEL];
    const workloads = (await workloadsOf(this.#watch, kustomization)).sort(
      mainFirst(component),
    );
    const [main] = workloads;
    if (!main) {
      return {};
    }
    const key = keyOf(at);
    const looks = this.#looks.get(key);
    const count = looks?.digest === applied.digest ? looks.count + 1 : 1;
    this.#looks.set(key, { digest: applied.digest, count });
    if (count === 1 || (count < MOST_LOOKS && !workloads.every(hasSettled))) {
      return { again: SETTLE_MS };
    }
    const deployment: StoredDeployment = {
      id: deploymentId(kustomization, applied.digest, applied.at),
      cluster: main.cluster,
      namespace: main.namespace,
      workloadKind: main.kind,
      workload: main.name,
      component: main.labels[COMPONENT_LABEL] ?? component,
      templateKey: '',
      templateRevision: '',
      images: main.images,
      startedAt: after(latest, applied.at),
      change: 'configuration',
      missedBefore: 0,
      kustomization: `${at.namespace}/${at.name}`,
      digest: applied.digest,
    };
    const added = await this.#store.add(deployment);
    this.#looks.delete(key);
    this.#settled.set(key, applied.digest);
    return added ? { added: deployment } : {};
  }
}

/** Its controller has seen the newest definition, and made the ReplicaSet that it asks for. */
function hasSettled(workload: ProjectedWorkload | ProjectedCronJob): boolean {
  return (
    workload.kind === 'CronJob' ||
    (workload.observedGeneration ?? 0) >= (workload.generation ?? 0)
  );
}

/** The instant, but not before the change that it follows: times of the API have whole seconds. */
function after({ startedAt }: StoredDeployment, instant: string): string {
  return new Date(
    Math.max(Date.parse(instant), Date.parse(startedAt) + 1),
  ).toISOString();
}
