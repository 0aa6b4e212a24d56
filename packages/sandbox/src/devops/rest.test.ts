// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const REPOS = 'team-a/_apis/git/repositories';

// git runs in processes of its own, which a busy machine makes wait.
jest.setTimeout(60_000);

describe('Azure DevOps REST', () => {
  let test: TestDevOps;

  beforeAll(async () => {
    test = await startTestDevOps();
  });

  afterAll(() => test.stop());

  it('describes itself to the official clients', async () => {
    for (const [area, ids] of Object.entries({
      git: [
        '225f7195-f9c7-4d14-ab28-a83f7ff77e1f',
        'ea98d07b-3c87-4971-8ede-a613694ffb55',
        '9946fd70-0d40-406e-b686-b4744cbbcc37',
      ],
      build: [
        'dbeaf647-6167-421a-bda9-c9327b25e2e6',
        '0cd358e1-9217-4d94-8269-1c1ee6f93dcf',
      ],
      policy: [
        'dad91cbe-d183-45f8-9c6e-9c1164472121',
        'c23ddff5-229c-4d04-a80b-0fdce9f360c8',
      ],
      pipelines: [
        '28e1305e-2afe-47bf-abaf-cbb0e6a91988',
        '53df2d18-29ea-46a9-bee0-933540f80abf',
      ],
      serviceendpoint: [
        '14e48fdc-2c8b-41ce-a0c3-e26f6cc55bd0',
        'e85f1c62-adfc-4b74-b618-11a150fb195e',
      ],
      distributedtask: [
        '8572b1fc-2482-47fa-8f74-7e3ed53ee54b',
        'ef5b7057-ffc3-4c77-bbad-c10b4a4abcc7',
      ],
      core: ['603fe2ac-9723-48b9-88ad-09305aa6c6e1'],
      Location: ['e81700f7-3be2-46de-8624-2eb35882fcaa'],
    })) {
      const { body } = await test.call('OPTIONS', `_apis/${area}`);
      expect(body.value.map((one: { id: string }) => one.id)).toEqual(
        expect.arrayContaining(ids),
      );
    }
    expect(
      (await test.call('GET', '_apis/distributedtask/yamlschema')).body,
    ).toMatchObject({ type: 'object' });
  });

  it.each([
    ['no token', { pat: '' }, 401, /json/, 'TF400813'],
    ['an expired token', { pat: 'expired-pat' }, 203, /html/, 'Sign in'],
  ])('answers %s', async (_, options, status, type, text) => {
    const answer = await test.call('GET', '_apis/projects', undefined, options);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(JSON.stringify(answer.body)).toContain(text);
  });

  it('can be broken', async () => {
    for (const kind of ['401', '403', '429', '500', '503'] as const) {
      test.faults.set({ system: 'devops', kind });
      const answer = await test.call('GET', '_apis/projects');
      expect(answer).toMatchObject({
        status: Number(kind),
        body: { $id: '1', typeKey: expect.any(String) },
      });
      expect(answer.headers.get('retry-after')).toBe(
        ['429', '503'].includes(kind) ? '1' : null,
      );
    }
    test.faults.set({ system: 'devops', kind: 'down' });
    await expect(test.call('GET', '_apis/projects')).rejects.toThrow(
      'fetch failed',
    );
    // git is a system of its own.
    expect(
      (
        await fetch(
          `${test.url}/platform/_git/gitops/info/refs?service=git-upload-pack`,
        )
      ).status,
    ).toBe(200);
    test.faults.clear();
    expect((await test.call('GET', '_apis/projects')).status).toBe(200);
  });

  it('makes projects and repositories, and says no in its own words', async () => {
    expect(
      (await test.call('POST', '_apis/projects', { name: 'team-z' })).status,
    ).toBe(202);
    expect(
      await test.call('POST', '_apis/projects', { name: 'Team-Z' }),
    ).toMatchObject({
      status: 409,
      body: { typeKey: 'ProjectAlreadyExistsException' },
    });
    expect(
      await test.call('POST', '_apis/projects', { name: '../x' }),
    ).toMatchObject({ status: 400 });
    expect(
      (await test.call('GET', '_apis/projects/team-z')).body,
    ).toMatchObject({ name: 'team-z', state: 'wellFormed' });
    const made = await test.call('POST', 'team-z/_apis/git/repositories', {
      name: 'one',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'one', size: 0, webUrl: `${test.url}/team-z/_git/one` },
    });
    expect(
      (
        await test.call('POST', 'team-z/_apis/git/repositories', {
          name: 'ONE',
        })
      ).body,
    ).toEqual({
      $id: '1',
      innerException: null,
      message: 'TF400948: A Git repository with the name ONE already exists.',
      typeName: expect.stringContaining(
        'GitRepositoryNameAlreadyExistsException',
      ),
      typeKey: 'GitRepositoryNameAlreadyExistsException',
      errorCode: 0,
      eventId: 3000,
    });
    const path = `team-z/_apis/git/repositories/${made.body.id}`;
    expect(
      (await test.call('PATCH', path, { isDisabled: true })).body.isDisabled,
    ).toBe(true);
    expect((await test.call('GET', `${path}/refs`)).status).toBe(403);
    expect((await test.call('DELETE', path)).status).toBe(204);
    expect(await test.call('GET', path)).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('TF401019') },
    });
    const again = await test.call('POST', 'team-z/_apis/git/repositories', {
      name: 'one',
    });
    expect(again.body.id).not.toBe(made.body.id);
    expect((await test.call('GET', 'team-z/_apis/absent')).status).toBe(404);
    expect((await test.call('DELETE', '_apis/projects')).status).toBe(405);
  });

  it('keeps what pipelines need, and hides secrets', async () => {
    const connection = await test.call(
      'POST',
      'team-a/_apis/serviceendpoint/endpoints',
      {
        name: 'acr-push',
        type: 'AzureRM',
        authorization: {
          scheme: 'WorkloadIdentityFederation',
          parameters: { tenantid: 't' },
        },
      },
    );
    expect(connection.body).toMatchObject({
      isReady: true,
      authorization: {
        parameters: {
          workloadIdentityFederationIssuer:
            'https://login.microsoftonline.com/t/v2.0',
        },
      },
    });
    expect(
      (
        await test.call(
          'GET',
          'team-a/_apis/serviceendpoint/endpoints?endpointNames=acr-push',
        )
      ).body.count,
    ).toBe(1);
    const project = (await test.call('GET', '_apis/projects/team-a')).body;
    const group = await test.call(
      'POST',
      '_apis/distributedtask/variablegroups',
      {
        name: 'shared',
        variables: {
          a: { value: '1' },
          b: { value: 'hidden', isSecret: true },
        },
        variableGroupProjectReferences: [
          { projectReference: { id: project.id } },
        ],
      },
    );
    expect(group.body.variables).toEqual({
      a: { value: '1' },
      b: { isSecret: true, value: null },
    });
    expect(
      (
        await test.call('POST', 'team-a/_apis/distributedtask/environments', {
          name: 'dev',
        })
      ).body.name,
    ).toBe('dev');
    expect(
      (
        await test.call('POST', 'team-a/_apis/distributedtask/environments', {
          name: 'dev',
        })
      ).status,
    ).toBe(409);
    expect(
      (
        await test.call(
          'GET',
          'team-a/_apis/distributedtask/queues?queueName=Azure%20Pipelines',
        )
      ).body.value[0].id,
    ).toBe(1);
    const piped = { project: 'team-a', repository: 'piped' };
    test.git.create(piped);
    await test.git.commit(piped, {
      branch: 'main',
      message: 'Begin',
      author: { name: 'dev-a', email: 'dev-a@example.com' },
      changes: [
        {
          path: 'azure-pipelines.yml',
          content: 'steps: [{ script: "true" }]\n',
        },
      ],
    });
    const repository = (await test.call('GET', `${REPOS}/piped`)).body;
    const definition = {
      name: 'piped',
      repository: { id: repository.id },
      process: { yamlFilename: '/azure-pipelines.yml' },
    };
    const made = await test.call(
      'POST',
      'team-a/_apis/build/definitions',
      definition,
    );
    expect(
      await test.call('POST', 'team-a/_apis/build/definitions', definition),
    ).toMatchObject({
      status: 409,
      body: { typeKey: 'DefinitionExistsException' },
    });
    const permit = `team-a/_apis/pipelines/pipelinepermissions/endpoint/${connection.body.id}?api-version=7.1-preview.1`;
    expect(
      (
        await test.call('PATCH', permit, {
          pipelines: [{ id: made.body.id, authorized: true }],
        })
      ).body,
    ).toEqual({
      resource: { type: 'endpoint', id: connection.body.id },
      pipelines: [{ id: made.body.id, authorized: true }],
    });
    expect(
      (
        await test.call('PATCH', permit, {
          pipelines: [{ id: 999, authorized: true }],
        })
      ).status,
    ).toBe(404);
    expect(
      (
        await test.call(
          'PATCH',
          'team-a/_apis/pipelines/pipelinepermissions/repository/only-one',
          {},
        )
      ).status,
    ).toBe(400);
  });

  it('adopts what was born in git: pipelines and the policy, once', async () => {
    const ref = { project: 'team-b', repository: 'born' };
    test.git.create(ref);
    await test.git.importHistory(ref, [
      {
        author: { name: 'dev-b', email: 'dev-b@example.com' },
        message: 'Born',
        changes: [{ path: 'azure-pipelines.yml', content: 'steps: []\n' }],
      },
    ]);
    await test.adopt();
    await test.adopt();
    const { body } = await test.call('GET', 'team-b/_apis/build/definitions');
    expect(body).toMatchObject({
      count: 1,
      value: [
        {
          name: 'born',
          repository: { name: 'born' },
          process: { yamlFilename: 'azure-pipelines.yml' },
        },
      ],
    });
    expect(
      (await test.call('GET', 'team-b/_apis/build/builds')).body.count,
    ).toBe(0);
    expect(
      (await test.call('GET', 'platform/_apis/policy/configurations')).body
        .count,
    ).toBe(1);
  });
});
