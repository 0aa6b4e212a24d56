// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  liveTopicsServiceRef,
  summariesServiceRef,
  watchCacheServiceRef,
  type LiveTopics,
  type Summaries,
  type WatchCache,
} from '@fairway/plugin-delivery-node';
import type {
  DeploymentHistory,
  DeploymentsDocument,
  TargetDeployments,
} from '@fairway/plugin-flux-common';
import { PAT } from '@fairway/sandbox';
import type { Knex } from 'knex';
import request from 'supertest';
import fluxPlugin from '..';
import { ENVIRONMENTS, OWNER, type TestWorld, until } from './TestWorld';

export interface TestPortal {
  server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  watch: WatchCache;
  topics: LiveTopics;
  summaries: Summaries;
  /** GET below `/api/fairway-flux/v1/entities`. */
  get(path: string, headers?: Record<string, string>): request.Test;
  document(service: string): Promise<DeploymentsDocument>;
  target(service: string, cluster: string): Promise<TargetDeployments>;
  history(service: string, query?: string): Promise<DeploymentHistory>;
  /** Waits until the document of a service is as it should be, and gives it. */
  documentWhen(
    service: string,
    what: string,
    holds: (document: DeploymentsDocument) => boolean,
  ): Promise<DeploymentsDocument>;
  stop(): Promise<void>;
}

export const USER = 'user:default/dev-a';

export function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': name, ...annotations },
    },
    spec: { type: 'service', owner: OWNER },
    relations: [{ type: 'ownedBy', targetRef: OWNER }],
  };
}

const TEAM: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-a', namespace: 'default' },
  spec: { type: 'team', children: [] },
};

/** The backend of the plugin over the clusters and the GitOps host of a world. */
export async function startPortal(
  world: TestWorld,
  options: {
    entities: Entity[];
    /** Kept by the test when several portals, at once or one after another, have the same. */
    knex?: Knex;
    /** References of entities that the caller may not see. */
    hidden?: string[];
    personalAccessToken?: string;
    config?: object;
  },
): Promise<TestPortal> {
  const seen: Partial<Pick<TestPortal, 'watch' | 'topics' | 'summaries'>> = {};
  const probe = createBackendPlugin({
    pluginId: 'probe',
    register(env) {
      env.registerInit({
        deps: {
          watch: watchCacheServiceRef,
          topics: liveTopicsServiceRef,
          summaries: summariesServiceRef,
        },
        async init(deps) {
          Object.assign(seen, deps);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      fluxPlugin,
      probe,
      catalogServiceMock.factory({ entities: [TEAM, ...options.entities] }),
      mockServices.permissions.mock({
        authorize: async (questions: Array<{ resourceRef?: string }>) =>
          questions.map(({ resourceRef = '' }) => ({
            result: options.hidden?.includes(resourceRef)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      ...(options.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      mockServices.rootConfig.factory({
        data: configOf(world, options.personalAccessToken, options.config),
      }),
    ],
  });
  const get: TestPortal['get'] = (path, headers = {}) =>
    request(backend.server)
      .get(`/api/fairway-flux/v1/entities/${path}`)
      .set({ authorization: mockCredentials.user.header(USER), ...headers });
  const read = async (path: string) => {
    const response = await get(path);
    if (response.status !== 200) {
      throw new Error(`${path}: ${response.status} ${response.text}`);
    }
    return response.body;
  };
  const document: TestPortal['document'] = service =>
    read(`component/default/${service}/deployments`);
  return {
    server: backend.server,
    watch: seen.watch!,
    topics: seen.topics!,
    summaries: seen.summaries!,
    get,
    document,
    target: async (service, cluster) => {
      const { environments } = await document(service);
      const found = environments
        .flatMap(({ targets }) => targets)
        .find(target => target.cluster === cluster);
      if (!found) {
        throw new Error(`${service} has no target in ${cluster}`);
      }
      return found;
    },
    history: (service, query = '') =>
      read(`component/default/${service}/deployments/history${query}`),
    documentWhen: async (service, what, holds) => {
      let last = await document(service);
      try {
        await until(async () => {
          last = await document(service);
          return holds(last);
        }, what);
      } catch (error) {
        throw new Error(`${error}: ${JSON.stringify(last, undefined, 2)}`);
      }
      return last;
    },
    stop: () => backend.stop(),
  };
}

function configOf(
  world: TestWorld,
  personalAccessToken = PAT,
  more: object = {},
) {
  return {
    integrations: {
      azure: [
        {
          host: new URL(world.devops.url).host,
          credentials: [{ personalAccessToken }],
        },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [...world.clusters].map(([name, { url }]) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'sandbox-portal',
          })),
        },
      ],
    },
    fairway: {
      environments: Object.entries(ENVIRONMENTS).map(
        ([name, clusters], order) => ({
          name,
          title: name.toUpperCase(),
          order,
          targets: clusters.map(cluster => ({ cluster, namespace: '{team}' })),
        }),
      ),
      watch: {
        connectTimeout: { milliseconds: 500 },
        listTimeout: { seconds: 1 },
        inactivity: { seconds: 2 },
        maxBackoff: { seconds: 1 },
        rediscover: { milliseconds: 200 },
        forbiddenRecheck: { milliseconds: 200 },
        unauthorizedRecheck: { milliseconds: 200 },
      },
      ...more,
    },
  };
}
