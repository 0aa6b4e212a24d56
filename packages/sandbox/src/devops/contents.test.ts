// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const ZERO = '0'.repeat(40);
const REPOS = 'team-a/_apis/git/repositories';

// git runs in processes of its own, which a busy machine makes wait.
jest.setTimeout(60_000);

describe('contents over REST', () => {
  let test: TestDevOps;

  beforeAll(async () => {
    test = await startTestDevOps();
  });

  afterAll(() => test.stop());

  const push = (
    repository: string,
    name: string,
    oldObjectId: string,
    changes: unknown[],
    comment = 'Change',
  ) =>
    test.call(
      'POST',
      `${REPOS}/${repository}/pushes?api-version=7.1`,
      { refUpdates: [{ name, oldObjectId }], commits: [{ comment, changes }] },
      { user: 'dev-a' },
    );
  const change = (changeType: string, path: string, content?: string) => ({
    changeType,
    item: { path },
    ...(content === undefined
      ? {}
      : { newContent: { content, contentType: 'rawtext' } }),
  });
  const create = async (name: string, files: Record<string, string>) => {
    await test.call('POST', REPOS, { name });
    const answer = await push(
      name,
      'refs/heads/main',
      ZERO,
      Object.entries(files).map(([path, content]) =>
        change('add', path, content),
      ),
      'Begin',
    );
    return answer.body.commits[0].commitId as string;
  };

  it('writes and reads files, folders, archives, histories and differences', async () => {
    const first = await create('content', {
      '/README.md': '# hello\n',
      '/docs/a.md': 'a\n',
      '/docs/deep/b.md': 'b\n',
    });
    const second = await push('content', 'refs/heads/main', first, [
      change('edit', '/README.md', '# changed\n'),
      {
        changeType: 'rename',
        item: { path: '/docs/c.md' },
        sourceServerItem: '/docs/a.md',
      },
      {
        changeType: 'add',
        item: { path: '/bin.dat' },
        newContent: {
          content: Buffer.from([0, 1, 2]).toString('base64'),
          contentType: 'base64encoded',
        },
      },
    ]);
    expect(second.status).toBe(201);
    const head = second.body.commits[0].commitId;
    for (const [changes, status] of [
      [[change('add', '/README.md', 'x')], 409],
      [[change('edit', '/absent', 'x')], 404],
      [[change('delete', '/absent')], 404],
      [[change('add', '/../x', 'x')], 400],
      [[change('add', '/.git/config', 'x')], 400],
      [[change('nonsense', '/x', 'x')], 400],
    ] as const) {
      expect(
        (await push('content', 'refs/heads/main', head, [...changes])).status,
      ).toBe(status);
    }
    expect(
      await push('content', 'refs/heads/main', first, [
        change('add', '/late', 'x'),
      ]),
    ).toMatchObject({
      status: 409,
      body: { typeKey: 'GitReferenceStaleException' },
    });
    expect(
      (
        await push('content', 'refs/heads/main', ZERO, [
          change('add', '/late', 'x'),
        ])
      ).status,
    ).toBe(409);
    const branch = await push('content', 'refs/heads/feature', first, [
      change('delete', '/docs/a.md'),
    ]);
    expect(branch.status).toBe(201);
    expect(
      (
        await push('content', 'refs/heads/huge', head, [
          change('add', '/huge', 'x'.repeat(26_300_000)),
        ])
      ).status,
    ).toBe(413);

    const text = await test.call(
      'GET',
      `${REPOS}/content/items?path=/README.md&api-version=6.0`,
      undefined,
      { headers: { Accept: '*/*' } },
    );
    expect(text.body).toEqual({ text: '# changed\n' });
    const old = await test.call(
      'GET',
      `${REPOS}/content/items?path=README.md&versionDescriptor.version=${first}&versionDescriptor.versionType=commit&includeContent=true`,
    );
    expect(old.body).toMatchObject({
      path: '/README.md',
      content: '# hello\n',
      gitObjectType: 'blob',
      commitId: first,
    });
    const folder = await test.call(
      'GET',
      `${REPOS}/content/items?scopePath=/docs&recursionLevel=Full`,
    );
    expect(folder.body.value.map((one: { path: string }) => one.path)).toEqual([
      '/docs',
      '/docs/c.md',
      '/docs/deep',
      '/docs/deep/b.md',
    ]);
    const level = await test.call(
      'GET',
      `${REPOS}/content/items?recursionLevel=OneLevel&version=feature`,
    );
    expect(level.body.value.map((one: { path: string }) => one.path)).toEqual([
      '/',
      '/README.md',
      '/docs',
    ]);
    expect(
      await test.call('GET', `${REPOS}/content/items?path=/absent`),
    ).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('TF401174') },
    });
    expect(
      (
        await test.call(
          'GET',
          `${REPOS}/content/items?path=/README.md&version=nope`,
        )
      ).status,
    ).toBe(404);

    const dir = mkdtempSync(join(tmpdir(), 'fairway-zip-'));
    const archive = await fetch(
      `${test.url}/${REPOS}/content/items?recursionLevel=full&download=true&scopePath=/docs`,
      {
        headers: {
          Accept: 'application/zip',
          Authorization: `Basic ${Buffer.from(':sandbox-pat').toString(
            'base64',
          )}`,
        },
      },
    );
    writeFileSync(join(dir, 'a.zip'), Buffer.from(await archive.arrayBuffer()));
    execFileSync('python3', ['-m', 'zipfile', '-e', 'a.zip', '.'], {
      cwd: dir,
    });
    expect(readFileSync(join(dir, 'docs/deep/b.md'), 'utf8')).toBe('b\n');
    rmSync(dir, { recursive: true });

    const commits = await test.call(
      'GET',
      `${REPOS}/content/commits?searchCriteria.itemPath=/README.md&searchCriteria.$top=1&searchCriteria.$skip=1`,
    );
    expect(commits.body).toMatchObject({
      count: 1,
      value: [
        {
          commitId: first,
          comment: 'Begin',
          author: { name: 'dev-a' },
          remoteUrl: `${test.url}/team-a/_git/content/commit/${first}`,
        },
      ],
    });
    const branchCommits = await test.call(
      'GET',
      `${REPOS}/content/commits?searchCriteria.itemVersion.version=feature&searchCriteria.compareVersion.version=main`,
    );
    expect(branchCommits.body.count).toBe(1);
    expect(
      (
        await test.call(
          'GET',
          `${REPOS}/content/commits?searchCriteria.fromDate=2030-01-01`,
        )
      ).body.count,
    ).toBe(0);
    const changes = await test.call(
      'GET',
      `${REPOS}/content/commits/${head}/changes`,
    );
    expect(changes.body.changeCounts).toEqual({ Add: 1, Edit: 1, Rename: 1 });
    const diff = await test.call(
      'GET',
      `${REPOS}/content/diffs/commits?baseVersion=main&targetVersion=feature&baseVersionType=branch`,
    );
    expect(diff.body).toMatchObject({
      commonCommit: first,
      aheadCount: 1,
      behindCount: 1,
      changes: [{ changeType: 'delete', item: { path: '/docs/a.md' } }],
    });
    const stats = await test.call('GET', `${REPOS}/content/stats/branches`);
    expect(
      stats.body.value.map(
        (one: { name: string; aheadCount: number; behindCount: number }) => [
          one.name,
          one.aheadCount,
          one.behindCount,
        ],
      ),
    ).toEqual([
      ['feature', 1, 1],
      ['main', 0, 0],
    ]);
    const moved = await test.call('POST', `${REPOS}/content/refs`, [
      { name: 'refs/heads/feature', oldObjectId: first, newObjectId: ZERO },
      { name: 'refs/tags/v1', oldObjectId: ZERO, newObjectId: head },
      { name: 'refs/heads/bad..name', oldObjectId: ZERO, newObjectId: head },
    ]);
    expect(
      moved.body.value.map((one: { updateStatus: string }) => one.updateStatus),
    ).toEqual(['staleOldObjectId', 'succeeded', 'invalidRefName']);
  });
});
