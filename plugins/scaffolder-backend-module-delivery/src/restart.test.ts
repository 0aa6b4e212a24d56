// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { renderTemplate } from './__testUtils__/renderTemplate';
import {
  startTestPlatform,
  type TestPlatform,
} from './__testUtils__/startTestPlatform';
import { startTestScaffolder } from './__testUtils__/startTestScaffolder';
import type { ActionServices } from './actions/ActionServices';
import { createEnsurePipelineAction } from './actions/ensurePipeline';
import { createEnsurePoliciesAction } from './actions/ensurePolicies';
import { createEnsureRepositoryAction } from './actions/ensureRepository';
import { createPushRepositoryAction } from './actions/pushRepository';
import { createUpsertPullRequestAction } from './actions/upsertPullRequest';
import { createWriteGitOpsAction } from './actions/writeGitOps';
import { AzureDevOps } from './sources/AzureDevOps';

jest.setTimeout(120_000);

const VALUES = {
  name: 'checkout',
  description: 'Takes orders',
  owner: 'group:default/team-a',
  environments: ['dev', 'staging', 'prod'],
  exposure: 'none',
};

/** Repository, commit, pipeline, permit, run, 4 policies, commit, pull request, auto-complete. */
const EFFECTS = 12;

type Checkpoints = Map<string, JsonValue>;

/** The steps of the template that have an effect on Azure DevOps, as a process runs them. */
async function runSteps(
  platform: TestPlatform,
  workspacePath: string,
  checkpoints: Checkpoints,
): Promise<void> {
  const services = {
    devops: AzureDevOps.fromConfig(
      new ConfigReader(platform.config as JsonObject),
    ),
  } as ActionServices;
  const { url } = platform.devops;
  const repositoryUrl = `${url}/team-a/_git/checkout`;
  const step = async <O extends object>(
    id: string,
    action: TemplateAction<never, O, 'v2'>,
    input: object,
  ): Promise<Partial<O>> => {
    const output: Record<string, unknown> = {};
    const context = createMockActionContext({
      input: input as never,
      workspacePath,
      task: { id: 'task-1' },
    });
    await action.handler({
      ...context,
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
      // As the scaffolder keeps it: only what has ended well.
      checkpoint: async ({ key, fn }: { key: string; fn(): unknown }) => {
        const full = `${id}.${key}`;
        if (!checkpoints.has(full)) {
          const value = await fn();
          checkpoints.set(full, JSON.parse(JSON.stringify(value)));
        }
        return checkpoints.get(full);
      },
    } as never);
    return output as Partial<O>;
  };
  const loose = (action: unknown) =>
    action as TemplateAction<never, Record<string, never>, 'v2'>;

  await step('repository', loose(createEnsureRepositoryAction(services)), {
    repositoryUrl,
  });
  await step('push', loose(createPushRepositoryAction(services)), {
    repositoryUrl,
    sourcePath: 'service',
    service: 'team-a/checkout',
    message: 'Create checkout',
  });
  const { pipelineId } = await step(
    'pipeline',
    loose(createEnsurePipelineAction(services)),
    { repositoryUrl, name: 'checkout' },
  );
  await step('policies', loose(createEnsurePoliciesAction(services)), {
    repositoryUrl,
    pipelineId,
  });
  const { branch } = await step(
    'gitops',
    loose(createWriteGitOpsAction(services)),
    {
      sourcePath: 'gitops',
      team: 'team-a',
      service: 'checkout',
      environments: VALUES.environments,
      message: 'Add checkout of team-a',
    },
  );
  await step('pullRequest', loose(createUpsertPullRequestAction(services)), {
    repositoryUrl: `${url}/platform/_git/gitops`,
    sourceBranch: branch,
    title: 'Add checkout of team-a',
  });
}

describe('a process that dies', () => {
  let files: Map<string, string>;
  let platform: TestPlatform;
  let workspace: string;

  beforeAll(async () => {
    const source = await startTestPlatform();
    const scaffolder = await startTestScaffolder(source.config);
    files = (await renderTemplate(scaffolder, VALUES)).files;
    await scaffolder.stop();
    await source.stop();
  });

  beforeEach(async () => {
    platform = await startTestPlatform();
    workspace = mkdtempSync(join(tmpdir(), 'fairway-workspace-'));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    rmSync(workspace, { recursive: true, force: true });
    await platform.stop();
  });

  /** Runs until the n-th change has been carried out, and is never told of it. */
  async function dieAfter(effect: number, checkpoints: Checkpoints) {
    const send = global.fetch;
    let count = 0;
    await new Promise<void>((resolve, reject) => {
      jest.spyOn(global, 'fetch').mockImplementation(async (url, init) => {
        const response = await send(url, init);
        if ((init?.method ?? 'GET') !== 'GET') {
          count += 1;
          if (count === effect) {
            await response.arrayBuffer();
            resolve();
            await new Promise(() => {});
          }
        }
        return response;
      });
      runSteps(platform, workspace, checkpoints).then(
        () => reject(new Error(`there are only ${count} effects`)),
        reject,
      );
    });
    jest.restoreAllMocks();
  }

  it.each(Array.from({ length: EFFECTS }, (_, index) => index + 1))(
    'right after effect %i goes on where it was, with nothing twice',
    async effect => {
      const checkpoints: Checkpoints = new Map();
      await dieAfter(effect, checkpoints);
      await runSteps(platform, workspace, checkpoints);
      expect(await platform.inventory()).toEqual({
        repositories: [
          'platform/gitops: 1',
          'platform/pipeline-templates: 1',
          'team-a/checkout: 1',
        ],
        pipelines: ['checkout'],
        policies: 4,
        branches: ['refs/heads/fairway/team-a-checkout', 'refs/heads/main'],
        pullRequests: ['active refs/heads/fairway/team-a-checkout'],
      });
      const { builds, pulls, definitions } = platform.devops.devops;
      expect(
        builds.all().filter(({ reason }) => reason === 'manual'),
      ).toHaveLength(1);
      expect(pulls.all()[0].autoCompleteSetBy).toBe('fairway-portal');
      expect(definitions.all()[0].authorized).toHaveLength(1);
      const onBranch = await platform.devops.git.log(
        { project: 'platform', repository: 'gitops' },
        'fairway/team-a-checkout',
      );
      expect(onBranch).toHaveLength(2);
    },
  );
});
