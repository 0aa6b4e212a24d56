// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ControlledClock,
  Faults,
  MemoryImageRegistry,
  PAT,
  type RunningDevOps,
  startDevOps,
  StateStore,
} from '@fairway/sandbox';

export interface TestPlatform {
  devops: RunningDevOps;
  faults: Faults;
  clock: ControlledClock;
  /** The portal's configuration for this organisation. */
  config: object;
  /** What lies in the organisation, to compare before and after. */
  inventory(): Promise<Inventory>;
  /** Moves time until the condition holds. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Answers 403 to requests below a path while the work goes on. */
  refuse<T>(
    method: string | undefined,
    path: string,
    work: () => Promise<T>,
  ): Promise<T>;
  /** REST with the portal's token; the path is below the organisation. */
  call<T>(path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

export interface Inventory {
  /** `<project>/<repository>: <number of commits on main>`. */
  repositories: string[];
  pipelines: string[];
  policies: number;
  /** Branches of the GitOps repository. */
  branches: string[];
  /** `<status> <branch>`. */
  pullRequests: string[];
}

const PIPELINE_TEMPLATE = join(
  // eslint-disable-next-line no-restricted-syntax -- test support is never part of a build
  __dirname,
  '../../../../packages/sandbox/src/pipelines/templates/v1/container-service.yml',
);
const GITOPS = { project: 'platform', repository: 'gitops' };
const AUTHOR = { name: 'platform-a', email: 'platform-a@example.com' };

function namespace(team: string, owner = `group:default/${team}`): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${team}
  annotations:
    fairway.dev/owner: ${owner}
`;
}

/** Azure DevOps with the platform's repositories and namespaces for team-a to team-c. */
export async function startTestPlatform(): Promise<TestPlatform> {
  const dir = mkdtempSync(join(tmpdir(), 'fairway-platform-'));
  const clock = new ControlledClock();
  const state = StateStore.inMemory();
  const faults = new Faults();
  const devops = await startDevOps({
    dir,
    port: 0,
    clock,
    state,
    faults,
    registry: MemoryImageRegistry.create(state),
    // A build that waits for the clock when the test ends is no failure.
    onError: () => {},
  });
  const templates = { project: 'platform', repository: 'pipeline-templates' };
  devops.git.create(templates);
  const commit = await devops.git.commit(templates, {
    branch: 'main',
    message: 'Add the template of container services',
    author: AUTHOR,
    changes: [
      {
        path: 'v1/container-service.yml',
        content: readFileSync(PIPELINE_TEMPLATE),
      },
    ],
  });
  await devops.git.tag(templates, 'v1', commit);
  devops.git.create(GITOPS);
  await devops.git.commit(GITOPS, {
    branch: 'main',
    message: 'Lay out the clusters',
    author: AUTHOR,
    changes: [
      { path: 'clusters/dev/platform.yaml', content: '---\n' },
      { path: 'tenants/base/team-a/tenant.yaml', content: namespace('team-a') },
      { path: 'tenants/base/team-b/tenant.yaml', content: namespace('team-b') },
      {
        path: 'tenants/base/team-c/tenant.yaml',
        content: namespace('team-c', 'group:default/team-b'),
      },
      ...['dev', 'staging', 'prod'].map(environment => ({
        path: `tenants/${environment}/kustomization.yaml`,
        // team-b is not in prod.
        content: `resources:\n  - ../base/team-a\n${
          environment === 'prod' ? '' : '  - ../base/team-b\n'
        }`,
      })),
    ],
  });
  for (const team of ['team-a', 'team-b', 'team-c']) {
    devops.devops.repositories.createProject(team);
  }

  const { url } = devops;
  const call: TestPlatform['call'] = async (path, body) => {
    const response = await fetch(`${url}/${path}`, {
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`,
      },
    });
    if (!response.ok) {
      throw new Error(`${response.status} ${path}: ${await response.text()}`);
    }
    return response.json();
  };

  return {
    devops,
    faults,
    clock,
    config: {
      integrations: {
        azure: [
          {
            host: new URL(url).host,
            credentials: [{ personalAccessToken: PAT }],
          },
        ],
      },
      fairway: {
        azureDevOps: { organizationUrl: url },
        gitops: { repositoryUrl: `${url}/platform/_git/gitops` },
        environments: [{ name: 'dev' }, { name: 'staging' }, { name: 'prod' }],
      },
    },
    call,
    until: async condition => {
      const end = Date.now() + 60_000;
      while (!(await condition())) {
        if (Date.now() > end) {
          throw new Error('it did not come true in time');
        }
        await clock.advance(1000);
        // git runs in real time, so it gets a turn.
        await new Promise(resolve => {
          setTimeout(resolve, 5);
        });
      }
    },
    refuse: async (method, path, work) => {
      const intercept = faults.intercept.bind(faults);
      const spy = jest
        .spyOn(faults, 'intercept')
        .mockImplementation(async (system, request, response, write) => {
          const isMeant =
            system === 'devops' &&
            (!method || request.method === method) &&
            request.url?.startsWith(`/fairway/${path}`);
          if (isMeant) {
            write(403, request, response);
            return true;
          }
          return intercept(system, request, response, write);
        });
      try {
        return await work();
      } finally {
        spy.mockRestore();
      }
    },
    inventory: async () => {
      const { git, devops: parts } = devops;
      const repositories = await Promise.all(
        git.list().map(async ref => {
          const commits = await git.log(ref, 'main').catch(() => []);
          return `${ref.project}/${ref.repository}: ${commits.length}`;
        }),
      );
      const refs = await call<{ value: Array<{ name: string }> }>(
        'platform/_apis/git/repositories/gitops/refs?filter=heads/',
      );
      return {
        repositories: repositories.sort(),
        pipelines: parts.definitions.all().map(({ name }) => name),
        policies: parts.policies.list('team-a').length,
        branches: refs.value.map(({ name }) => name).sort(),
        pullRequests: parts.pulls
          .all()
          .map(({ status, source }) => `${status} ${source}`),
      };
    },
    stop: async () => {
      await devops.stop();
      state.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
