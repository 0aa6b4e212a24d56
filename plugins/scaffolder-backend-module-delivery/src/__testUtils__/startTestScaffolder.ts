// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  type CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parse } from 'yaml';
import { scaffolderModuleDelivery } from '../module';

// eslint-disable-next-line no-restricted-syntax -- test support is never part of a build
export const TEMPLATE = join(__dirname, '../../../../templates/node-service');

export interface TaskResult {
  id: string;
  status: string;
  /** Error of the task, if it failed. */
  error?: string;
  output?: { links?: Array<{ title: string; url?: string }> };
  /** Everything that the task log says. */
  log: string;
}

export interface TestScaffolder {
  /** POST to the scaffolder as a user. */
  post(
    path: string,
    body: object,
    user?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Runs the template to its end. */
  run(values: object, user?: string): Promise<TaskResult>;
  /** URLs that were registered. */
  locations: string[];
  /** Lets the catalog refuse to register anything, or not any more. */
  failLocations(fails: boolean): void;
  /** Whether the catalog has read an entity. */
  hasEntity(ref: string): Promise<boolean>;
  /** An entity that the catalog has from now on. */
  addEntity(entity: Entity): void;
  stop(): Promise<void>;
}

function person(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {
      profile: { displayName: name, email: `${name}@example.com` },
      memberOf: [team],
    },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
  };
}

/** How long the catalog takes to read what was registered. */
const READ_AFTER_MS = 400;

/** What a catalog-info.yaml of a new service says. */
function componentIn(catalogInfoUrl: string): Entity {
  const [, team, name] = /([^/]+)\/_git\/([^/?]+)/.exec(catalogInfoUrl)!;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'dev.azure.com/project-repo': `${team}/${name}` },
    },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${team}` }],
  };
}

/** The scaffolder backend with this module and the template of this repository. */
export async function startTestScaffolder(
  config: object,
): Promise<TestScaffolder> {
  const work = mkdtempSync(join(tmpdir(), 'fairway-scaffolder-'));
  const template: Entity = parse(
    readFileSync(join(TEMPLATE, 'template.yaml'), 'utf8'),
  );
  template.metadata.namespace = 'default';
  template.metadata.annotations = {
    'backstage.io/managed-by-location': `file:${TEMPLATE}/template.yaml`,
  };
  const entities: Entity[] = [
    template,
    ...['team-a', 'team-b', 'team-c'].map(group),
    person('dev-a', 'team-a'),
    person('dev-b', 'team-b'),
    person('dev-c', 'team-c'),
  ];
  const locations: string[] = [];
  const state = { failLocations: false };
  // Made anew for each question, so that entities can be added.
  const catalog = {
    getEntityByRef: ref => catalogServiceMock({ entities }).getEntityByRef(ref),
    getEntitiesByRefs: request =>
      catalogServiceMock({ entities }).getEntitiesByRefs(request),
    getLocationByRef: async ref =>
      locations.includes(ref.replace('url:', ''))
        ? locationOf(ref.replace('url:', ''))
        : undefined,
    addLocation: async ({ target }) => {
      if (state.failLocations) {
        throw new Error('the catalog is away');
      }
      if (locations.includes(target)) {
        throw new ConflictError(`Location url:${target} already exists`);
      }
      locations.push(target);
      // As the real one, which reads what is registered in its own time.
      setTimeout(() => entities.push(componentIn(target)), READ_AFTER_MS);
      return {
        location: locationOf(target),
        entities: [],
        exists: false,
      };
    },
  } satisfies Partial<CatalogService>;
  const port = await freePort();
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleDelivery,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalogServiceMock.mock(catalog),
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: `http://127.0.0.1:${port}`,
            listen: { port, host: '127.0.0.1' },
            workingDirectory: work,
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          scaffolder: { concurrentTasksLimit: 20 },
          ...config,
        },
      }),
    ],
  });
  const url = `http://127.0.0.1:${backend.server.port()}/api/scaffolder`;
  const call = async (
    method: string,
    path: string,
    user: string,
    body?: object,
  ) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: mockCredentials.user.header(`user:default/${user}`),
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  };

  return {
    failLocations: fails => {
      state.failLocations = fails;
    },
    locations,
    hasEntity: async ref => (await catalog.getEntityByRef(ref)) !== undefined,
    addEntity: entity => entities.push(entity),
    post: (path, body, user = 'dev-a') => call('POST', path, user, body),
    run: async (values, user = 'dev-a') => {
      const created = await call('POST', '/v2/tasks', user, {
        templateRef: 'template:default/node-service',
        values,
      });
      if (created.status !== 201) {
        throw new Error(`${created.status}: ${JSON.stringify(created.body)}`);
      }
      const { id } = created.body;
      // Answers when there is something new, so this is no busy loop.
      const events: Array<{
        id: number;
        type: string;
        body: {
          message: string;
          status?: string;
          error?: { message: string };
          output?: TaskResult['output'];
        };
      }> = [];
      for (;;) {
        const after = events.at(-1)?.id ?? -1;
        const { body } = await call(
          'GET',
          `/v2/tasks/${id}/events?after=${after}`,
          user,
        );
        events.push(...body);
        const end = events.find(({ type }) => type === 'completion');
        if (end) {
          const task = await call('GET', `/v2/tasks/${id}`, user);
          return {
            id,
            status: task.body.status,
            error: end.body.error?.message,
            output: end.body.output,
            log: events.map(event => event.body.message).join('\n'),
          };
        }
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
    },
    stop: async () => {
      await backend.stop();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** The port must be known before the start, because the configuration names it. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}

function locationOf(target: string) {
  return {
    id: target,
    type: 'url',
    target,
    entityRef: `location:default/generated-${encodeURIComponent(target)}`,
  };
}
