// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { POLICY } from './pulls/Policies';
import { axeViolations } from './__testUtils__/axeViolations';
import {
  serviceFiles,
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const author = { name: 'dev-a', email: 'dev-a@example.com' };
const gitops = { project: 'platform', repository: 'gitops' };
const GITOPS = 'platform/_apis/git/repositories/gitops';

// git runs in processes of its own, which a busy machine makes wait.
jest.setTimeout(60_000);

describe('pull requests and runs', () => {
  let test: TestDevOps;

  beforeEach(async () => {
    test = await startTestDevOps();
  });

  // Stopping throws what nobody waited for.
  afterEach(() => test.stop());

  const branch = async (
    ref: typeof gitops,
    name: string,
    changes: Record<string, string | undefined>,
  ) => {
    const base = await test.git.resolve(ref, 'main');
    return test.git.commit(ref, {
      branch: name,
      base,
      message: `Work on ${name}`,
      author,
      changes: Object.entries(changes).map(([path, content]) => ({
        path,
        content,
      })),
    });
  };
  const open = async (repository: string, name: string, more: object = {}) =>
    (
      await test.call(
        'POST',
        `${repository}/pullrequests`,
        {
          title: name,
          sourceRefName: `refs/heads/${name}`,
          targetRefName: 'refs/heads/main',
          ...more,
        },
        { user: 'dev-a' },
      )
    ).body;
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

  it('completes dev changes by itself, and lets the rest wait for a person at the page', async () => {
    const me = (await test.call('GET', '_apis/connectionData')).body
      .authenticatedUser;
    await branch(gitops, 'dev-only', {
      'apps/team-a/orders/overlays/dev/kustomization.yaml': 'resources: []\n',
    });
    await branch(gitops, 'all', {
      'apps/team-a/orders/base/x.yaml': '---\n',
      'apps/team-a/orders/overlays/prod/kustomization.yaml': 'resources: []\n',
    });
    const auto = {
      autoCompleteSetBy: { id: me.id },
      completionOptions: { mergeStrategy: 'squash' },
    };
    const dev = await open(GITOPS, 'dev-only', auto);
    const all = await open(GITOPS, 'all', auto);
    const status = async (id: number) =>
      (await test.call('GET', `${GITOPS}/pullrequests/${id}`)).body.status;
    await test.until(
      async () => (await status(dev.pullRequestId)) === 'completed',
      60_000,
    );
    await test.clock.advance(60_000);
    expect(await status(all.pullRequestId)).toBe('active');
    expect(await test.pullRequests.listOpen()).toEqual([
      {
        id: all.pullRequestId,
        title: 'all',
        author: 'dev-a',
        createdAt: expect.any(String),
        url: `${test.url}/platform/_git/gitops/pullrequest/${all.pullRequestId}`,
        sourceBranch: 'all',
        canComplete: true,
      },
    ]);

    const page = `platform/_git/gitops/pullrequest/${all.pullRequestId}`;
    expect(await text(page)).toContain('Approval for everything beyond dev');
    const press = (action: string, headers: Record<string, string> = {}) =>
      fetch(`${test.url}/${page}/${action}`, {
        method: 'POST',
        redirect: 'manual',
        headers,
      });
    expect((await press('complete')).status).toBe(409);
    expect(
      (await press('approve', { Origin: 'http://evil.example' })).status,
    ).toBe(403);
    expect((await press('approve')).status).toBe(303);
    // Auto-complete does the rest.
    await test.until(
      async () => (await status(all.pullRequestId)) === 'completed',
      60_000,
    );
    const [newest] = await test.git.log(gitops, 'main', { limit: 1 });
    expect(newest).toMatchObject({
      message: `Merged PR ${all.pullRequestId}: all`,
      parents: [expect.any(String)],
    });

    const paths = [
      '',
      'platform',
      'platform/_git/gitops',
      'platform/_git/gitops/commits',
      'platform/_git/gitops/pullrequests',
      `platform/_git/gitops/commit/${newest.sha}`,
      page,
    ];
    expect(axeViolations(await Promise.all(paths.map(text)))).toEqual(
      paths.map(() => []),
    );
  }, 60_000);

  it.each([
    ['noFastForward', 2, ['Merged PR 1: work', 'Work on work']],
    ['squash', 1, ['Merged PR 1: work']],
    ['rebase', 1, ['Work on work']],
    ['rebaseMerge', 2, ['Merged PR 1: work', 'Work on work']],
  ])('merges by %s', async (mergeStrategy, parents, messages) => {
    const { ref } = await service([
      { path: 'a.txt', content: 'one\ntwo\nthree\nfour\nfive\n' },
    ]);
    const repository = 'team-a/_apis/git/repositories/orders';
    await branch(ref, 'work', { 'a.txt': 'ONE\ntwo\nthree\nfour\nfive\n' });
    await branch(ref, 'clash', { 'a.txt': 'one\ntwo\nthree\nfour\nother\n' });
    await test.git.commit(ref, {
      branch: 'main',
      message: 'Meanwhile',
      author,
      changes: [{ path: 'a.txt', content: 'one\ntwo\nthree\nfour\nFIVE\n' }],
    });
    const pull = await open(repository, 'work');
    const stale = await test.call('PATCH', `${repository}/pullrequests/1`, {
      status: 'completed',
      lastMergeSourceCommit: { commitId: 'f'.repeat(40) },
    });
    expect(stale).toMatchObject({
      status: 409,
      body: { typeKey: 'GitPullRequestStaleException' },
    });
    const done = await test.call('PATCH', `${repository}/pullrequests/1`, {
      status: 'completed',
      lastMergeSourceCommit: pull.lastMergeSourceCommit,
      completionOptions: { mergeStrategy },
    });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'completed', mergeStatus: 'succeeded' },
    });
    // What came with this merge; main's own commits are left out.
    const log = await test.devops.repositories
      .repository(ref)
      .log('main', { exclude: pull.lastMergeTargetCommit.commitId });
    expect(log[0].parents).toHaveLength(parents);
    expect(log.map(one => one.message)).toEqual(messages);
    expect((await test.git.readTree(ref, log[0].sha)).get('a.txt')).toBe(
      'ONE\ntwo\nthree\nfour\nFIVE\n',
    );
    const clash = await open(repository, 'clash');
    expect(clash.mergeStatus).toBe('conflicts');
    expect(
      await test.call('PATCH', `${repository}/pullrequests/2`, {
        status: 'completed',
      }),
    ).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('a.txt') },
    });
    expect(
      (
        await test.call('PATCH', `${repository}/pullrequests/2`, {
          status: 'abandoned',
        })
      ).body.status,
    ).toBe('abandoned');
    expect(
      (
        await test.call(
          'GET',
          `${repository}/pullrequests?searchCriteria.status=all`,
        )
      ).body.value.map((one: { status: string }) => one.status),
    ).toEqual(['abandoned', 'completed']);
    expect(
      (
        await test.call(
          'GET',
          `${repository}/pullrequests?searchCriteria.sourceRefName=refs/heads/work`,
        )
      ).body.count,
    ).toBe(0);
  });

  it('gates a service by build, reviewers, comments and merge type', async () => {
    const { ref, id } = await service();
    const repository = 'team-a/_apis/git/repositories/orders';
    const repositoryId = (await test.call('GET', repository)).body.id;
    const scope = [
      { repositoryId, refName: 'refs/heads/main', matchKind: 'Exact' },
    ];
    for (const [type, settings] of [
      [
        POLICY.build,
        {
          buildDefinitionId: id,
          queueOnSourceUpdateOnly: true,
          displayName: 'Checks',
        },
      ],
      [
        POLICY.minimumReviewers,
        { minimumApproverCount: 1, resetOnSourcePush: true },
      ],
      [POLICY.comments, {}],
      [POLICY.mergeTypes, { allowSquash: true }],
    ] as const) {
      const made = await test.call(
        'POST',
        'team-a/_apis/policy/configurations',
        {
          type: { id: type },
          isEnabled: true,
          isBlocking: true,
          settings: { ...settings, scope },
        },
      );
      expect(made.status).toBe(200);
    }
    expect(
      (
        await test.call('POST', 'team-a/_apis/policy/configurations', {
          type: { id: POLICY.build },
          settings: { scope },
        })
      ).body.message,
    ).toContain('TF402457');
    await finished(1);
    await branch(ref, 'work', { 'src/x.js': 'x' });
    const pull = await open(repository, 'work', { reviewers: [] });
    const complete = (mergeStrategy: string) =>
      test.call('PATCH', `${repository}/pullrequests/${pull.pullRequestId}`, {
        status: 'completed',
        completionOptions: { mergeStrategy },
      });
    expect((await complete('rebase')).body.message).toMatch(
      /Checks .*Minimum number of reviewers .*Require a merge strategy/,
    );
    const thread = await test.call(
      'POST',
      `${repository}/pullrequests/${pull.pullRequestId}/threads`,
      { comments: [{ content: 'Why?' }], status: 1 },
    );
    const vote = async (user: string) => {
      const me = (
        await test.call('GET', '_apis/connectionData', undefined, { user })
      ).body.authenticatedUser.id;
      return test.call(
        'PUT',
        `${repository}/pullrequests/${pull.pullRequestId}/reviewers/${me}`,
        { vote: 10 },
      );
    };
    await vote('dev-a');
    await finished(2);
    const [run] = await builds();
    expect(run).toMatchObject({
      reason: 'pullRequest',
      result: 'succeeded',
      sourceBranch: `refs/pull/${pull.pullRequestId}/merge`,
      triggerInfo: { 'pr.number': String(pull.pullRequestId) },
    });
    const timeline = await test.call(
      'GET',
      `team-a/_apis/build/builds/${run.id}/timeline`,
    );
    expect(
      timeline.body.records
        .filter((one: { type: string }) => one.type === 'Stage')
        .map((one: { name: string }) => one.name),
    ).toEqual(['Verify', 'Analyse']);
    // The author's own approval does not count, and the comment is open.
    expect((await complete('squash')).body.message).toMatch(
      /: Minimum number of reviewers \(0 of 1 approval\(s\)\); Comment requirements/,
    );
    await vote('lead-a');
    await test.call(
      'PATCH',
      `${repository}/pullrequests/${pull.pullRequestId}/threads/${thread.body.id}`,
      { status: 'fixed' },
    );
    await test.git.commit(ref, {
      branch: 'work',
      message: 'More',
      author,
      changes: [{ path: 'src/y.js', content: 'y' }],
    });
    await finished(3);
    expect((await complete('squash')).body.message).toContain(
      'Minimum number of reviewers (0 of 1',
    );
    await vote('lead-a');
    expect((await complete('squash')).status).toBe(200);
    await finished(4);
    expect(
      test.registry.images('team-a/orders').map(one => one.tags[0]),
    ).toEqual(['0.1.0', '0.1.1']);
  });
});
