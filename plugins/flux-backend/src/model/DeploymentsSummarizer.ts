// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { HomeEnvironment } from '@fairway/plugin-delivery-common';
import type { Summarizer } from '@fairway/plugin-delivery-node';
import {
  fluxResourceReadPermission,
  type EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import type { DeploymentsModel } from './DeploymentsModel';

/** The version that came last to any region. */
function versionOf({ targets }: EnvironmentDeployments): string | undefined {
  return targets
    .flatMap(({ deployed }) => deployed ?? [])
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since))[0]?.version;
}

/** One cell per service and environment, for home and roll-ups. */
export class DeploymentsSummarizer implements Summarizer {
  readonly id = 'fairway-flux.deployments';
  readonly permission = fluxResourceReadPermission;
  readonly #model: DeploymentsModel;

  private constructor(model: DeploymentsModel) {
    this.#model = model;
  }

  static create(options: { model: DeploymentsModel }): DeploymentsSummarizer {
    return new DeploymentsSummarizer(options.model);
  }

  async summarize(entities: Entity[]): Promise<Map<string, HomeEnvironment[]>> {
    const rows = await Promise.all(
      entities.map(async entity => {
        const environments = await this.#model.environments(entity);
        return [
          stringifyEntityRef(entity),
          environments.map(environment => {
            const { name, title, verdict } = environment;
            const version = versionOf(environment);
            return {
              name,
              title,
              state: verdict.state,
              tone: verdict.tone,
              ...(version ? { version } : {}),
              reason: verdict.reason,
            };
          }),
        ] as const;
      }),
    );
    return new Map(rows);
  }
}
