// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  serviceFiles,
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const author = { name: 'dev-a', email: 'dev-a@example.com' };

// git runs in processes of its own, which a busy machine makes wait.
jest.setTimeout(60_000);

describe('runs', () => {
  let test: TestDevOps;

  beforeEach(async () => {
    test = await startTestDevOps();
  });

  // Stopping throws what nobody waited for.
  afterEach(() => test.stop());

  const service = async (files = serviceFiles('orders')) => {
    const ref = { project: 'team-a', repository: 'orders' };
    test.git.create(ref);
    const { id } = test.ensureDefinition(ref);
    await test.git.commit(ref, {
      branch: 'main',
      message: 'Begin',
      author,
      changes: files,
    });
    return { ref, id };
  };
  const builds = async () =>
    (await test.call('GET', 'team-a/_apis/build/builds')).body.value;
  const finished = (count: number) =>
    test.until(async () => {
      const all = await builds();
      return (
        all.length === count &&
        all.every((one: { status: string }) => one.status === 'completed')
      );
    });
  const text = async (path: string) =>
    (await fetch(`${test.url}/${path}`)).text();

  it('fails where it is told to, and goes on after a restart', async () => {
    const { ref } = await service([
      ...serviceFiles('orders', '2.0.0'),
      { path: '.sandbox/pipeline.yaml', content: 'failAt: scan\n' },
    ]);
    await finished(1);
    const [failed] = await builds();
    expect(failed.result).toBe('failed');
    const timeline = (
      await test.call('GET', `team-a/_apis/build/builds/${failed.id}/timeline`)
    ).body.records;
    const stages = () =>
      timeline
        .filter((one: { type: string }) => one.type === 'Stage')
        .map(
          (one: { name: string; result: string }) =>
            `${one.name} ${one.result}`,
        );
    expect(stages()).toEqual([
      'Verify succeeded',
      'Analyse succeeded',
      'Package succeeded',
      'Scan failed',
      'Sign skipped',
      'Push skipped',
    ]);
    expect(
      timeline.find(
        (one: { errorCount: number; type: string }) => one.errorCount > 0,
      ),
    ).toMatchObject({
      name: 'Trivy (HIGH and above)',
      issues: [{ type: 'error' }],
    });
    expect(test.registry.images('team-a/orders')).toEqual([]);
    expect(await text(`team-a/_build/results?buildId=${failed.id}`)).toContain(
      'Scan: failed',
    );

    await test.git.commit(ref, {
      branch: 'main',
      message: 'Repair',
      author,
      changes: [{ path: '.sandbox/pipeline.yaml' }],
    });
    await test.until(async () => (await builds())[0].status === 'inProgress');
    await test.clock.advance(90_000);
    await test.restart();
    await finished(2);
    expect((await builds())[0]).toMatchObject({ id: 2, result: 'succeeded' });
    expect(
      test.registry.images('team-a/orders').map(one => one.tags[0]),
    ).toEqual(['2.0.0']);
    await test.git.commit(ref, {
      branch: 'main',
      message: 'Wrong',
      author,
      changes: [
        {
          path: 'azure-pipelines.yml',
          content: 'extends: { template: v9/none.yml@templates }\n',
        },
      ],
    });
    await finished(3);
    expect((await builds())[0]).toMatchObject({
      result: 'failed',
      validationResults: [
        { result: 'error', message: expect.stringContaining('templates') },
      ],
    });
    await test.git.commit(ref, {
      branch: 'main',
      message: 'Docs [skip ci]',
      author,
      changes: [{ path: 'x', content: 'x' }],
    });
    await test.clock.advance(10_000);
    expect(await builds()).toHaveLength(3);
  });
});
