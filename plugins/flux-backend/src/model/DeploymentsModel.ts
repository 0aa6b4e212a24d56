// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  worstSource,
  type SourceStatus,
} from '@fairway/plugin-delivery-common';
import type {
  BindingService,
  BoundTarget,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import {
  assessEnvironment,
  type DeploymentsDocument,
  type EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import type { CommitAttribution } from '../commits/CommitAttribution';
import type { HistoryReader } from '../history/HistoryReader';
import type { DeploymentStore } from '../store/types';
import { describeTarget, type DescribedTarget } from './describeTarget';
import { DocumentScope } from './DocumentScope';
import { componentOf } from './findObjects';
import { NO_FACTS, type StoredFacts } from './StoredFacts';

/** A document and what it was made of. */
export interface ScopedDocument {
  document: DeploymentsDocument;
  scope: DocumentScope;
}

/**
 * Makes the document of an entity's page from what was observed and kept: no
 * reading causes a call to a cluster or to the source host.
 */
export class DeploymentsModel {
  readonly #watch: WatchCache;
  readonly #binding: BindingService;
  readonly #commits: CommitAttribution;
  readonly #history: HistoryReader;
  readonly #facts: StoredFacts;

  private constructor(options: {
    watch: WatchCache;
    store: DeploymentStore;
    binding: BindingService;
    commits: CommitAttribution;
    history: HistoryReader;
  }) {
    const { watch, store, binding, commits, history } = options;
    this.#watch = watch;
    this.#binding = binding;
    this.#commits = commits;
    this.#history = history;
    this.#facts = {
      templateOf: workload => store.template(workload),
      attributionOf: kustomization => commits.known(kustomization),
    };
  }

  static create(options: {
    watch: WatchCache;
    store: DeploymentStore;
    binding: BindingService;
    commits: CommitAttribution;
    history: HistoryReader;
  }): DeploymentsModel {
    return new DeploymentsModel(options);
  }

  /** Whatever the entity asks for and is not granted is in it as `not-bound`, without data. */
  async read(entity: Entity): Promise<ScopedDocument> {
    const targets = await this.#binding.targets(entity);
    const described = await this.#describe(entity, targets, this.#facts);
    const [{ deployments, next }, commits] = await Promise.all([
      this.#history.read(entity),
      this.#commitsOf(described),
    ]);
    return {
      document: {
        entityRef: stringifyEntityRef(entity),
        environments: environmentsOf(targets, described),
        history: deployments,
        ...(next ? { next } : {}),
        ...(commits ? { commits } : {}),
      },
      scope: new DocumentScope(componentOf(entity), described),
    };
  }

  /** The environments alone, without asking the store. */
  async environments(entity: Entity): Promise<EnvironmentDeployments[]> {
    const targets = await this.#binding.targets(entity);
    return environmentsOf(
      targets,
      await this.#describe(entity, targets, NO_FACTS),
    );
  }

  #describe(
    entity: Entity,
    targets: BoundTarget[],
    facts: StoredFacts,
  ): Promise<DescribedTarget[]> {
    const now = new Date();
    return Promise.all(
      targets.map(target =>
        describeTarget({ watch: this.#watch, entity, target, facts, now }),
      ),
    );
  }

  /** Why commits may be missing; undefined when the hosts answer. */
  async #commitsOf(
    described: DescribedTarget[],
  ): Promise<SourceStatus | undefined> {
    const statuses = await Promise.all(
      described.flatMap(({ found }) =>
        found.kustomization
          ? this.#commits.status(found.kustomization.object)
          : [],
      ),
    );
    return worstSource(statuses.filter(status => status !== undefined));
  }
}

/** The targets under their environments, in the order in which a change reaches them. */
function environmentsOf(
  targets: BoundTarget[],
  described: DescribedTarget[],
): EnvironmentDeployments[] {
  const environments = new Map(
    targets.map(({ environment }) => [environment.name, environment]),
  );
  return [...environments.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ name, title, order }) => {
      const its = described.flatMap(({ target }, index) =>
        targets[index].environment.name === name ? target : [],
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
