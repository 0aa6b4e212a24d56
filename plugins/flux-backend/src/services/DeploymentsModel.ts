// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  BindingService,
  BoundTarget,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import {
  assessEnvironment,
  imageVersion,
  parseImage,
  type DeploymentRecord,
  type DeploymentsDocument,
  type EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import type { DeploymentStore, StoredDeployment } from '../store/types';
import { describeTarget, mainImage, type StoredFacts } from './describeTarget';
import { componentOf, findObjects } from './findObjects';

const SHOWN = 20;
/** Enough to hold the present template of every target beside the ones that are shown. */
const READ = 100;

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
      ...(stored.commit ? { commit: stored.commit } : {}),
    }
  );
}

/**
 * Makes the document of an entity's page from what was observed and kept: no
 * reading causes a call to a cluster or to the source host.
 */
export class DeploymentsModel {
  readonly #watch: WatchCache;
  readonly #store: DeploymentStore;
  readonly #binding: BindingService;
  readonly #now: () => Date;

  private constructor(
    watch: WatchCache,
    store: DeploymentStore,
    binding: BindingService,
    now: () => Date,
  ) {
    this.#watch = watch;
    this.#store = store;
    this.#binding = binding;
    this.#now = now;
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    binding: BindingService;
    now?: () => Date;
  }): DeploymentsModel {
    return new DeploymentsModel(
      options.watch,
      options.store,
      options.binding,
      options.now ?? (() => new Date()),
    );
  }

  /** Whatever the entity asks for and is not granted is in it as `not-bound`, without data. */
  async document(entity: Entity): Promise<DeploymentsDocument> {
    const component = componentOf(entity);
    const targets = await this.#binding.targets(entity);
    const stored = await this.#stored(entity, targets);
    const environmentOf = new Map(
      targets.map(({ cluster, namespace, environment }) => [
        `${cluster}/${namespace}`,
        environment.name,
      ]),
    );
    return {
      entityRef: stringifyEntityRef(entity),
      environments: await this.#environments(entity, targets, stored),
      history: stored.deployments
        .flatMap(
          deployment =>
            recordOf(
              deployment,
              environmentOf.get(
                `${deployment.cluster}/${deployment.namespace}`,
              ) ?? '',
              component,
            ) ?? [],
        )
        .slice(0, SHOWN),
    };
  }

  /** The environments alone, without asking the store. */
  async environments(entity: Entity): Promise<EnvironmentDeployments[]> {
    return this.#environments(entity, await this.#binding.targets(entity), {
      deployments: [],
      attributions: [],
    });
  }

  async #environments(
    entity: Entity,
    targets: BoundTarget[],
    stored: StoredFacts,
  ): Promise<EnvironmentDeployments[]> {
    const now = this.#now();
    const described = await Promise.all(
      targets.map(async target => ({
        environment: target.environment,
        target: await describeTarget({
          watch: this.#watch,
          entity,
          target,
          stored,
          now,
        }),
      })),
    );
    const names = new Map(
      described.map(({ environment }) => [environment.name, environment]),
    );
    return [...names.values()]
      .sort((a, b) => a.order - b.order)
      .map(({ name, title, order }) => {
        const its = described.flatMap(({ environment, target }) =>
          environment.name === name ? target : [],
        );
        return {
          name,
          title,
          order,
          verdict: assessEnvironment(its),
          targets: its,
        };
      });
  }

  async #stored(entity: Entity, targets: BoundTarget[]): Promise<StoredFacts> {
    const places = targets.filter(({ refused }) => !refused);
    const found = await Promise.all(
      places.map(place => findObjects(this.#watch, entity, place)),
    );
    const kustomizations = found.flatMap(({ kustomization }) =>
      kustomization ? [kustomization.object] : [],
    );
    const [deployments, attributions] = await Promise.all([
      this.#store.find({
        places,
        component: componentOf(entity),
        workloads: [
          ...new Set(
            found.flatMap(({ workloads }) => workloads.map(({ name }) => name)),
          ),
        ],
        limit: READ,
      }),
      this.#store.attributions(kustomizations),
    ]);
    return { deployments, attributions };
  }
}
