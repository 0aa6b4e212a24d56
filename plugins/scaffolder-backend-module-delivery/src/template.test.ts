// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  startTestPlatform,
  type TestPlatform,
} from './__testUtils__/startTestPlatform';
import {
  startTestScaffolder,
  type TestScaffolder,
} from './__testUtils__/startTestScaffolder';

jest.setTimeout(120_000);

const VALUES = {
  name: 'checkout',
  description: 'Takes orders: "quickly", and # without loss',
  owner: 'group:default/team-a',
  environments: ['dev', 'staging', 'prod'],
  exposure: 'none',
};

describe('template node-service', () => {
  let platform: TestPlatform;
  let scaffolder: TestScaffolder;

  beforeEach(async () => {
    platform = await startTestPlatform();
    scaffolder = await startTestScaffolder(platform.config);
  });

  afterEach(async () => {
    await scaffolder.stop();
    await platform.stop();
  });

  it('takes a form to repository, pipeline, pull request and catalog, and a second time to the same', async () => {
    const { url, git } = platform.devops;
    const first = await scaffolder.run(VALUES);
    expect(first).toMatchObject({ status: 'completed' });
    const after = await platform.inventory();
    expect(after).toEqual({
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
    expect(scaffolder.locations).toEqual([
      `${url}/team-a/_git/checkout?path=/catalog-info.yaml`,
    ]);
    // A link to its page leads to a page.
    expect(await scaffolder.hasEntity('component:default/checkout')).toBe(true);
    expect(first.log).toContain(
      'component:default/checkout is now in the catalog.',
    );
    const [commit] = await git.log(
      { project: 'team-a', repository: 'checkout' },
      'main',
    );
    expect(commit).toMatchObject({
      author: { name: 'dev-a', email: 'dev-a@example.com' },
      message: expect.stringMatching(
        /^Create checkout\n\nFairway-Service: team-a\/checkout\nFairway-Task: /,
      ),
    });
    const [definition] = platform.devops.devops.definitions.all();
    expect(definition.authorized).toEqual([
      expect.stringMatching(/^repository\/[-0-9a-f]+\.[-0-9a-f]+$/),
    ]);

    const second = await scaffolder.run(VALUES);
    expect(second).toMatchObject({ status: 'completed', output: first.output });
    expect(await platform.inventory()).toEqual(after);
    expect(platform.devops.devops.builds.all()).toHaveLength(1);
  });

  it('lands ten services at once, and no shared file changes', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `service-${index}`);
    const results = await Promise.all(
      names.map(name =>
        scaffolder.run({ ...VALUES, name, environments: ['dev'] }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(
      names.map(() => 'completed'),
    );
    // Nobody approves: what reaches only dev completes by itself.
    const gitops = { project: 'platform', repository: 'gitops' };
    const isMerged = () =>
      platform.devops.devops.pulls
        .all()
        .every(({ status }) => status === 'completed');
    await platform.until(isMerged);
    const tip = await platform.devops.git.resolve(gitops, 'main');
    const tree = await platform.devops.git.readTree(gitops, tip!);
    for (const name of names) {
      expect(tree.has(`clusters/dev/apps/team-a-${name}.yaml`)).toBe(true);
      expect(
        tree.has(`apps/team-a/${name}/overlays/dev/kustomization.yaml`),
      ).toBe(true);
    }
    const [first] = (await platform.devops.git.log(gitops, 'main')).slice(-1);
    const before = await platform.devops.git.readTree(gitops, first.sha);
    for (const [path, content] of before) {
      expect([path, tree.get(path)]).toEqual([path, content]);
    }

    // After the merge too, a second run finds what it made.
    const [again] = await Promise.all([
      scaffolder.run({ ...VALUES, name: names[0], environments: ['dev'] }),
    ]);
    expect(again).toMatchObject({
      status: 'completed',
      output: results[0].output,
    });
    expect(platform.devops.devops.pulls.all()).toHaveLength(10);
  });

  it('survives an Azure DevOps that answers 503 in the middle', async () => {
    const running = scaffolder.run(VALUES);
    await platform.until(async () =>
      (await platform.inventory()).repositories.join().includes('checkout'),
    );
    platform.faults.set({
      system: 'devops',
      kind: '503',
      until: new Date(Date.now() + 3000).toISOString(),
    });
    const result = await running;
    expect(result).toMatchObject({ status: 'completed' });
    expect(result.log).toContain('answered 503');
    expect(result.log).toContain('Trying again in');
    expect(await platform.inventory()).toMatchObject({
      pipelines: ['checkout'],
      policies: 4,
      pullRequests: ['active refs/heads/fairway/team-a-checkout'],
    });
  });

  const BEFORE = {
    repositories: ['platform/gitops: 1', 'platform/pipeline-templates: 1'],
    pipelines: [],
    policies: 0,
    branches: ['refs/heads/main'],
    pullRequests: [],
  };

  it.each([
    ['the repository', 'team-a/_apis/git/repositories?'],
    ['the first commit', 'team-a/_apis/git/repositories/checkout/pushes'],
    ['the pipeline', 'team-a/_apis/build/definitions'],
    ['the permit', 'team-a/_apis/pipelines/pipelinepermissions'],
    ['the policies', 'team-a/_apis/policy'],
    ['the manifests', 'platform/_apis/git/repositories/gitops/pushes'],
  ])('leaves nothing behind when %s fails', async (what, path) => {
    // The pipeline is also looked for by the first and the last step.
    const isFirst = what === 'the pipeline';
    const running = isFirst
      ? platform.refuse('POST', path, () => scaffolder.run(VALUES))
      : platform.refuse(undefined, path, () => scaffolder.run(VALUES));
    const result = await running;
    expect(result.status).toBe('failed');
    expect(result.error).toContain('403');
    expect(await platform.inventory()).toEqual(BEFORE);
    expect(scaffolder.locations).toEqual([]);
  });

  it('abandons the pull request when the last step fails', async () => {
    scaffolder.failLocations(true);
    const result = await scaffolder.run(VALUES);
    expect(result.status).toBe('failed');
    expect(await platform.inventory()).toEqual({
      ...BEFORE,
      pullRequests: ['abandoned refs/heads/fairway/team-a-checkout'],
    });
    expect(result.log).toContain('Nothing of this task is left.');

    scaffolder.failLocations(false);
    expect(await scaffolder.run(VALUES)).toMatchObject({ status: 'completed' });
  });

  it('does not remove what a run before it has made', async () => {
    await scaffolder.run(VALUES);
    const after = await platform.inventory();
    scaffolder.locations.length = 0;
    scaffolder.failLocations(true);
    const second = await scaffolder.run(VALUES);
    expect(second.status).toBe('failed');
    expect(second.log).toContain('it was there before');
    expect(await platform.inventory()).toEqual(after);
  });
});
