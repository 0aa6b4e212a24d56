// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import {
  BuildResult,
  BuildStatus,
} from 'azure-devops-node-api/interfaces/BuildInterfaces';
import {
  PullRequestStatus,
  VersionControlChangeType,
} from 'azure-devops-node-api/interfaces/GitInterfaces';
import { PAT } from './DevOpsServer';
import { POLICY } from './pulls/Policies';
import {
  serviceFiles,
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const ZERO = '0'.repeat(40);

describe('the way of a service, with the official client', () => {
  let test: TestDevOps;
  let api: WebApi;

  beforeAll(async () => {
    test = await startTestDevOps();
    api = new WebApi(test.url, getPersonalAccessTokenHandler(PAT));
  });

  afterAll(() => test.stop());

  it('goes from repository to an image tag in the dev overlay', async () => {
    const git = await api.getGitApi();
    const build = await api.getBuildApi();
    const policy = await api.getPolicyApi();
    const pipelines = await api.getPipelinesApi();

    const repository = await git.createRepository(
      { name: 'checkout' },
      'team-a',
    );
    expect(repository).toMatchObject({
      name: 'checkout',
      project: { name: 'team-a' },
      remoteUrl: `${test.url}/team-a/_git/checkout`,
    });
    expect(repository.defaultBranch).toBeUndefined();
    await expect(
      git.createRepository({ name: 'checkout' }, 'team-a'),
    ).rejects.toMatchObject({
      statusCode: 409,
      message: expect.stringContaining('TF400948'),
    });
    expect(await git.getRepository('absent', 'team-a')).toBeNull();

    const push = await git.createPush(
      {
        refUpdates: [{ name: 'refs/heads/main', oldObjectId: ZERO }],
        commits: [
          {
            comment: 'Create the service',
            author: { name: 'dev-a', email: 'dev-a@example.com' },
            changes: serviceFiles('checkout').map(({ path, content }) => ({
              changeType: VersionControlChangeType.Add,
              item: { path: `/${path}` },
              newContent: { content, contentType: 0 },
            })),
          },
        ],
      },
      repository.id!,
      'team-a',
    );
    const head = push.commits![0].commitId!;
    expect(
      (await git.getBranch(repository.id!, 'main', 'team-a')).commit!.commitId,
    ).toBe(head);

    const definition = await build.createDefinition(
      {
        name: 'checkout',
        repository: { id: repository.id, type: 'TfsGit' },
        process: { type: 2, yamlFilename: 'azure-pipelines.yml' } as object,
        queue: { name: 'Azure Pipelines' },
      },
      'team-a',
    );
    expect(await build.getDefinitions('team-a', 'checkout')).toHaveLength(1);
    const preview = await pipelines.preview(
      { previewRun: true },
      'team-a',
      definition.id!,
    );
    expect(preview.finalYaml).toContain('stage: push');
    expect(preview.finalYaml).not.toMatch(
      /\$\{\{|kubectl|KubernetesManifest|HelmDeploy/,
    );

    const gitops = (await git.getRepository('gitops', 'platform'))!;
    const [main] = await git.getRefs(gitops.id!, 'platform', 'heads/main');
    const overlay = 'apps/team-a/checkout/overlays/dev/kustomization.yaml';
    await git.createPush(
      {
        refUpdates: [
          { name: 'refs/heads/add-checkout', oldObjectId: main.objectId },
        ],
        commits: [
          {
            comment: 'Add checkout',
            changes: [
              {
                changeType: VersionControlChangeType.Add,
                item: { path: `/${overlay}` },
                newContent: {
                  content: `resources: [../../base]\nimages:\n  # the pipeline keeps this up to date\n  - name: acrfairway.azurecr.io/team-a/checkout\n    newTag: 0.0.0 # {"$imagepolicy": "x:y:tag"}\n`,
                  contentType: 0,
                },
              },
              {
                changeType: VersionControlChangeType.Add,
                item: {
                  path: '/apps/team-a/checkout/overlays/prod/kustomization.yaml',
                },
                newContent: {
                  content: 'resources: [../../base]\n',
                  contentType: 0,
                },
              },
            ],
          },
        ],
      },
      gitops.id!,
      'platform',
    );
    const pull = await git.createPullRequest(
      {
        title: 'Add checkout',
        sourceRefName: 'refs/heads/add-checkout',
        targetRefName: 'refs/heads/main',
      },
      gitops.id!,
      'platform',
    );
    expect(pull).toMatchObject({
      status: PullRequestStatus.Active,
      mergeStatus: 3,
    });
    await expect(
      git.createPullRequest(
        {
          title: 'Again',
          sourceRefName: 'refs/heads/add-checkout',
          targetRefName: 'refs/heads/main',
        },
        gitops.id!,
        'platform',
      ),
    ).rejects.toMatchObject({
      statusCode: 409,
      message: expect.stringContaining('TF401179'),
    });

    const queued = await build.queueBuild(
      { definition: { id: definition.id } },
      'team-a',
    );
    expect(queued).toMatchObject({
      status: BuildStatus.NotStarted,
      buildNumber: '20261120.1',
    });
    const began = test.clock.now().getTime();
    await test.until(
      async () =>
        (await build.getBuild('team-a', queued.id!)).status ===
        BuildStatus.Completed,
    );
    const minutes = (test.clock.now().getTime() - began) / 60_000;
    expect(minutes).toBeGreaterThan(4);
    expect(minutes).toBeLessThan(6);
    expect(await build.getBuild('team-a', queued.id!)).toMatchObject({
      result: BuildResult.Succeeded,
      sourceVersion: head,
    });

    const timeline = await build.getBuildTimeline('team-a', queued.id!);
    expect(
      timeline
        .records!.filter(one => one.type === 'Stage')
        .map(one => [one.name, one.state, one.result]),
    ).toEqual(
      ['Verify', 'Analyse', 'Package', 'Scan', 'Sign', 'Push'].map(name => [
        name,
        2,
        0,
      ]),
    );
    const testTask = timeline.records!.find(one => one.name === 'Test')!;
    const lines = await build.getBuildLogLines(
      'team-a',
      queued.id!,
      testTask.log!.id!,
    );
    expect(lines.join('\n')).toMatch(
      /npm test[\s\S]*tests 2[\s\S]*Finishing: Test/,
    );
    expect(await build.getArtifacts('team-a', queued.id!)).toMatchObject([
      { name: 'digest' },
    ]);

    const [image] = test.registry.images('team-a/checkout');
    expect(image).toEqual({
      repository: 'team-a/checkout',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      createdAt: expect.any(String),
      tags: ['0.1.0', `0.1.0-${head.slice(0, 7)}`, head],
      annotations: {
        'org.opencontainers.image.source': `${test.url}/team-a/_git/checkout`,
        'org.opencontainers.image.revision': head,
        'org.opencontainers.image.version': '0.1.0',
        'org.opencontainers.image.created': expect.any(String),
      },
    });

    // The overlay is not merged: its tag has to wait for the approval.
    const update = {
      status: PullRequestStatus.Completed,
      lastMergeSourceCommit: pull.lastMergeSourceCommit,
      completionOptions: { mergeStrategy: 2, deleteSourceBranch: true },
    };
    await expect(
      git.updatePullRequest(
        update,
        gitops.id!,
        pull.pullRequestId!,
        'platform',
      ),
    ).rejects.toMatchObject({
      statusCode: 409,
      message: expect.stringContaining('Approval for everything beyond dev'),
    });
    const evaluations = await policy.getPolicyEvaluations(
      'platform',
      `vstfs:///CodeReview/CodeReviewId/${gitops.project!.id}/${
        pull.pullRequestId
      }`,
    );
    expect(evaluations).toMatchObject([
      { status: 1, configuration: { type: { id: POLICY.requiredReviewers } } },
    ]);
    const me = {
      id: (
        await test.call('GET', '_apis/connectionData', undefined, {
          user: 'lead-a',
        })
      ).body.authenticatedUser.id,
    };
    await git.createPullRequestReviewer(
      { vote: 10 },
      gitops.id!,
      pull.pullRequestId!,
      me.id,
      'platform',
    );
    const completed = await git.updatePullRequest(
      update,
      gitops.id!,
      pull.pullRequestId!,
      'platform',
    );
    expect(completed).toMatchObject({
      status: PullRequestStatus.Completed,
      mergeStatus: 3,
    });
    expect(
      await git.getRefs(gitops.id!, 'platform', 'heads/add-checkout'),
    ).toEqual([]);

    await test.until(async () => {
      const [newest] = await git.getCommits(
        gitops.id!,
        { itemPath: `/${overlay}` },
        'platform',
        0,
        1,
      );
      return newest.author!.name === 'fluxcdbot';
    });
    const item = await git.getItem(
      gitops.id!,
      overlay,
      'platform',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      { version: 'main', versionType: 0 },
      true,
    );
    expect(item.content).toBe(
      `resources: [../../base]\nimages:\n  # the pipeline keeps this up to date\n  - name: acrfairway.azurecr.io/team-a/checkout\n    newTag: 0.1.0 # {"$imagepolicy": "x:y:tag"}\n`,
    );
  }, 60_000);
});
