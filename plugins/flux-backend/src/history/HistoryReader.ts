// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  BindingService,
  BoundTarget,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import {
  imageVersion,
  parseImage,
  type DeploymentHistory,
  type DeploymentRecord,
} from '@fairway/plugin-flux-common';
import { mainImage } from '../model/describeTarget';
import { componentOf, findObjects } from '../model/findObjects';
import type { DeploymentStore, StoredDeployment } from '../store/types';
import { writeCursor, type Cursor } from './cursor';

/** What the page shows without being asked for more. */
const SHOWN = 20;

/** Which part of a history to give. */
export interface HistoryQuery {
  /** Only of this environment. */
  environment?: string;
  limit?: number;
  /** Where the part before ended. */
  after?: Cursor;
}

/** Reads what is kept about the deployments of an entity, at the places that it is granted. */
export class HistoryReader {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  readonly #binding: BindingService;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    binding: BindingService,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#binding = binding;
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    binding: BindingService;
  }): HistoryReader {
    return new HistoryReader(options.watch, options.store, options.binding);
  }

  /** @throws InputError when the entity has no environment of that name */
  async read(
    entity: Entity,
    query: HistoryQuery = {},
  ): Promise<DeploymentHistory> {
    const { environment, limit = SHOWN, after } = query;
    const all = await this.#binding.targets(entity);
    if (
      environment &&
      !all.some(each => each.environment.name === environment)
    ) {
      const names = [...new Set(all.map(each => each.environment.name))];
      throw new InputError(
        `query environment: is no environment of this entity, use one of ${names.join(
          ', ',
        )}`,
      );
    }
    const targets = all.filter(
      each =>
        !each.refused &&
        (!environment || each.environment.name === environment),
    );
    const component = componentOf(entity);
    const found = await this.#store.find({
      places: targets.map(({ cluster, namespace }) => ({ cluster, namespace })),
      component,
      workloads: await this.#unlabelled(entity, targets),
      // One more than wanted says whether there are more.
      limit: limit + 1,
      after,
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      deployments: shown.flatMap(
        stored =>
          recordOf(stored, environmentOf(stored, targets), component) ?? [],
      ),
      ...(last && found.length > limit ? { next: writeCursor(last) } : {}),
    };
  }

  /** Names of workloads that are the entity's without carrying its name as a label. */
  async #unlabelled(entity: Entity, targets: BoundTarget[]): Promise<string[]> {
    const component = componentOf(entity);
    const found = await Promise.all(
      targets.map(place => findObjects(this.#watch, entity, place)),
    );
    return found.flatMap(({ workloads }) =>
      workloads
        .filter(workload => !isLabelled(workload, component))
        .map(({ name }) => name),
    );
  }
}

function isLabelled(
  { labels }: { labels: Record<string, string> },
  component: string,
): boolean {
  return labels['backstage.io/kubernetes-id'] === component;
}

function environmentOf(
  { cluster, namespace }: StoredDeployment,
  targets: BoundTarget[],
): string {
  return (
    targets.find(
      target => target.cluster === cluster && target.namespace === namespace,
    )?.environment.name ?? ''
  );
}

function recordOf(
  stored: StoredDeployment,
  environment: string,
  component: string,
): DeploymentRecord | undefined {
  const images = stored.images.map(({ container, image }) => ({
    container,
    ...parseImage(image),
  }));
  const image = mainImage(images, component);
  return (
    image && {
      id: stored.id,
      environment,
      cluster: stored.cluster,
      workload: stored.workload,
      version: imageVersion(image),
      image,
      startedAt: stored.startedAt,
      change: stored.change,
      ...(stored.missedBefore > 0 ? { missedBefore: stored.missedBefore } : {}),
      ...(stored.commit ? { commit: stored.commit } : {}),
    }
  );
}
