// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type Inventory,
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

describe('bad input', () => {
  let platform: TestPlatform;
  let scaffolder: TestScaffolder;
  let before: Inventory;

  beforeAll(async () => {
    platform = await startTestPlatform();
    scaffolder = await startTestScaffolder(platform.config);
    scaffolder.addEntity({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'taken', namespace: 'default' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/team-b' }],
    });
    const foreign = { project: 'team-a', repository: 'foreign' };
    platform.devops.git.create(foreign);
    await platform.devops.git.commit(foreign, {
      branch: 'main',
      message: 'By hand',
      author: { name: 'dev-a', email: 'dev-a@example.com' },
      changes: [{ path: 'README.md', content: 'mine' }],
    });
    before = await platform.inventory();
  });

  // The same look after each case: nothing was made.
  /* eslint-disable jest/no-standalone-expect */
  afterEach(async () => {
    expect(await platform.inventory()).toEqual(before);
    expect(scaffolder.locations).toEqual([]);
  });
  /* eslint-enable jest/no-standalone-expect */

  afterAll(async () => {
    await scaffolder.stop();
    await platform.stop();
  });

  const NAMES = [
    '../x',
    'a/b',
    '.git',
    '-rf',
    'CON',
    'x'.repeat(64),
    'Checkout',
    'ch\u0435ckout',
    'check\u202eout',
    'caf\u00e9',
    '1checkout',
    'checkout-',
    'checkout\n',
    'check\0out',
    '${{ parameters.owner }}',
    '{% raw %}',
    '',
  ];

  it.each(NAMES)('the API refuses the name %j', async name => {
    const { status, body } = await scaffolder.post('/v2/tasks', {
      templateRef: 'template:default/node-service',
      values: { ...VALUES, name },
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('name');
  });

  it.each([
    ['environments', { environments: ['qa'] }],
    ['environments', { environments: [] }],
    ['environments', { environments: 'dev' }],
    ['exposure', { exposure: 'nodeport' }],
    ['description', { description: 'x'.repeat(201) }],
    ['owner', { owner: undefined }],
  ])('the API refuses wrong %s: %j', async (field, wrong) => {
    const { status, body } = await scaffolder.post('/v2/tasks', {
      templateRef: 'template:default/node-service',
      values: { ...VALUES, ...wrong },
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(field);
  });

  it.each([
    ['owner', { owner: 'group:default/team-b' }, 'not a member'],
    ['owner', { owner: 'user:default/dev-a' }, 'is not a group'],
    ['owner', { owner: 'group:default/../x' }, 'is not a group'],
    ['owner', { owner: 'group:default/nobody' }, 'not in the catalog'],
    ['environments', { environments: ['prod'] }, 'dev must be one'],
    ['name', { name: 'monitoring' }, 'reserved'],
    ['name', { name: 'taken' }, 'belongs to group:default/team-b'],
    ['name', { name: 'foreign' }, 'exists already with other content'],
    ['description', { description: 'a\nb' }, 'one line'],
    ['description', { description: '${{ secrets.x }}' }, 'template text'],
  ])('the task refuses wrong %s: %j', async (field, wrong, words) => {
    const result = await scaffolder.run({ ...VALUES, ...wrong });
    expect(result.status).toBe('failed');
    expect(result.error).toMatch(new RegExp(`^${field}: .*${words}`, 'm'));
    // People read the log of a task: no lines of our code in it.
    expect(result.log).not.toMatch(/\n\s+at /);
  });

  it("the task refuses a namespace that is not there or not the team's", async () => {
    const inProd = await scaffolder.run(
      { ...VALUES, owner: 'group:default/team-b' },
      'dev-b',
    );
    expect(inProd.error).toContain(
      'environments: the team team-b has no namespace in prod.',
    );
    const others = await scaffolder.run(
      { ...VALUES, owner: 'group:default/team-c' },
      'dev-c',
    );
    expect(others.error).toContain(
      'owner: the namespace team-c belongs to group:default/team-b',
    );
  });
});
