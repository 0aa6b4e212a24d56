// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlledClock } from '../../clock';
import { Faults } from '../../faults';
import { MemoryImageRegistry } from '../../registry';
import { StateStore } from '../../state';
import { PAT } from '../DevOpsServer';
import { type RunningDevOps, startDevOps } from '../startDevOps';
import type { Json } from '../http/Locations';

const TEMPLATE = join(
  // eslint-disable-next-line no-restricted-syntax -- test support is never part of a build
  __dirname,
  '../../pipelines/templates/v1/container-service.yml',
);

export interface TestDevOps extends RunningDevOps {
  clock: ControlledClock;
  faults: Faults;
  registry: MemoryImageRegistry;
  /** A REST call with a good token, or the one given; the path is below the organisation. */
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { user?: string; pat?: string; headers?: Record<string, string> },
  ): Promise<{ status: number; body: Json; headers: Headers }>;
  /** Moves time until `condition` holds. */
  until(
    condition: () => boolean | Promise<boolean>,
    limitMs?: number,
  ): Promise<void>;
  /** Stops and starts again on the same state. */
  restart(): Promise<void>;
}

/** Azure DevOps with the platform's repositories, on a clock that tests move. */
export async function startTestDevOps(): Promise<TestDevOps> {
  const dir = mkdtempSync(join(tmpdir(), 'fairway-devops-'));
  const clock = new ControlledClock();
  const state = StateStore.inMemory();
  const faults = new Faults();
  const registry = MemoryImageRegistry.create(state);
  const errors: unknown[] = [];
  const start = () =>
    startDevOps({
      dir,
      port: 0,
      clock,
      state,
      faults,
      registry,
      onError: error => errors.push(error),
    });
  let running = await start();

  const author = { name: 'platform-a', email: 'platform-a@example.com' };
  const templates = { project: 'platform', repository: 'pipeline-templates' };
  running.git.create(templates);
  const commit = await running.git.commit(templates, {
    branch: 'main',
    message: 'Add the template of container services',
    author,
    changes: [
      { path: 'v1/container-service.yml', content: readFileSync(TEMPLATE) },
    ],
  });
  await running.git.tag(templates, 'v1', commit);
  const gitops = { project: 'platform', repository: 'gitops' };
  running.git.create(gitops);
  await running.git.commit(gitops, {
    branch: 'main',
    message: 'Lay out the clusters',
    author,
    changes: [{ path: 'clusters/dev/platform.yaml', content: '---\n' }],
  });
  running.devops.repositories.createProject('team-a');

  const test: TestDevOps = {
    ...running,
    clock,
    faults,
    registry,
    call: async (method, path, body, options = {}) => {
      const { user = '', pat = PAT, headers } = options;
      const response = await fetch(`${test.url}/${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          'Content-Type': 'application/json',
          Authorization: `Basic ${Buffer.from(`${user}:${pat}`).toString(
            'base64',
          )}`,
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        body: isJson ? JSON.parse(text) : { text },
        headers: response.headers,
      };
    },
    until: async (condition, limitMs = 3_600_000) => {
      const end = clock.now().getTime() + limitMs;
      for (;;) {
        if (await condition()) {
          return;
        }
        if (clock.now().getTime() > end) {
          throw new Error('it did not come true in time');
        }
        await clock.advance(1000);
        // git runs in real time, so give it a turn of the event loop.
        await new Promise(resolve => {
          setTimeout(resolve, 1);
        });
      }
    },
    restart: async () => {
      await running.stop();
      running = await start();
      Object.assign(test, running);
    },
    stop: async () => {
      await running.stop();
      state.close();
      rmSync(dir, { recursive: true, force: true });
      if (errors.length > 0) {
        throw new AggregateError(
          errors,
          `errors on the way: ${errors.join('; ')}`,
        );
      }
    },
  };
  return test;
}

/** The files of a service as the template makes it, at one version. */
export function serviceFiles(
  name: string,
  version = '0.1.0',
): Array<{ path: string; content: string }> {
  return [
    {
      path: 'package.json',
      content: JSON.stringify({ name, version, private: true }),
    },
    {
      path: 'src/main.test.js',
      content: "test('answers', () => {});\ntest('stops', () => {});\n",
    },
    {
      path: 'azure-pipelines.yml',
      content: `trigger:
  branches:
    include: [main]
resources:
  repositories:
    - repository: templates
      type: git
      name: platform/pipeline-templates
      ref: refs/tags/v1
extends:
  template: v1/container-service.yml@templates
  parameters:
    imageName: team-a/${name}
    testCommand: npm test
`,
    },
  ];
}
