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
});
