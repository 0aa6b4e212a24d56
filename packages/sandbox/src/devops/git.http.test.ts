// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gitEnvironment } from '../git/runGit';
import { POLICY } from './pulls/Policies';
import {
  startTestDevOps,
  type TestDevOps,
} from './__testUtils__/startTestDevOps';

const run = promisify(execFile);
const ref = { project: 'team-a', repository: 'orders' };
const author = { name: 'dev-a', email: 'dev-a@example.com' };

// git runs in processes of its own, which a busy machine makes wait.
jest.setTimeout(60_000);

describe('git over HTTP', () => {
  let test: TestDevOps;
  let folder: string;
  const git = async (cwd: string, ...args: string[]) => {
    const { stdout, stderr } = await run(
      'git',
      ['-c', 'user.name=dev-a', '-c', 'user.email=dev-a@example.com', ...args],
      { cwd, env: gitEnvironment() },
    );
    return stdout + stderr;
  };
  /** The remote with credentials, as a person would type it. */
  const remote = (
    user: string,
    password: string,
    path = 'team-a/_git/orders',
  ) => `${test.url.replace('http://', `http://${user}:${password}@`)}/${path}`;

  beforeAll(async () => {
    test = await startTestDevOps();
    folder = mkdtempSync(join(tmpdir(), 'fairway-clones-'));
    test.git.create(ref);
    await test.git.commit(ref, {
      branch: 'main',
      message: 'Begin',
      author,
      changes: [{ path: 'README.md', content: '# orders\n' }],
    });
  });

  afterAll(async () => {
    await test.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['team-a/_git/orders', 'team-a/orders', 'team-a/orders.git'])(
    'clones %s without credentials, in both protocol versions',
    async path => {
      for (const version of [0, 2]) {
        const target = join(folder, `${path.replace(/\W/g, '-')}-${version}`);
        await git(
          folder,
          '-c',
          `protocol.version=${version}`,
          'clone',
          '-q',
          `${test.url}/${path}`,
          target,
        );
        expect(await git(target, 'log', '--format=%an %s')).toBe(
          'dev-a Begin\n',
        );
        expect(await git(target, 'status', '-sb')).toContain(
          'main...origin/main',
        );
      }
    },
  );

  it('takes a push with the token, and tells of it; refuses one without', async () => {
    const target = join(folder, 'pushing');
    await git(folder, 'clone', '-q', remote('dev-a', 'sandbox-pat'), target);
    await git(target, 'checkout', '-q', '-b', 'feature/many');
    for (let index = 0; index < 60; index++) {
      writeFileSync(
        join(target, `file-${index}`),
        `content ${index}\n`.repeat(200),
      );
    }
    await git(target, 'add', '.');
    await git(target, 'commit', '-q', '-m', 'Many files');
    const heard: string[] = [];
    const stop = test.git.onPush(event =>
      heard.push(`${event.ref} ${event.newSha}`),
    );
    await git(target, 'push', '-q', 'origin', 'feature/many');
    stop();
    const head = (await git(target, 'rev-parse', 'HEAD')).trim();
    expect(heard).toEqual([`refs/heads/feature/many ${head}`]);
    expect(await test.git.resolve(ref, 'feature/many')).toBe(head);
    expect((await test.git.readTree(ref, head)).size).toBe(61);

    for (const url of [
      `${test.url}/team-a/_git/orders`,
      remote('dev-a', 'expired-pat'),
    ]) {
      await expect(
        git(target, 'push', url, 'HEAD:refs/heads/stranger'),
      ).rejects.toThrow(/terminal prompts disabled|Authentication failed/);
    }
    expect(await test.git.resolve(ref, 'stranger')).toBeUndefined();
    const advertised = await fetch(
      `${test.url}/team-a/_git/orders/info/refs?service=git-receive-pack`,
    );
    expect(advertised.status).toBe(401);
    expect(advertised.headers.get('www-authenticate')).toMatch(/^Basic /);
    expect(
      (
        await fetch(
          `${test.url}/team-a/_git/absent/info/refs?service=git-upload-pack`,
        )
      ).status,
    ).toBe(404);
  });

  it('lets nobody push past a branch policy, except who may', async () => {
    const record = test.devops.repositories.byRef(ref);
    await test.call('POST', 'team-a/_apis/policy/configurations', {
      type: { id: POLICY.minimumReviewers },
      isEnabled: true,
      isBlocking: true,
      settings: {
        minimumApproverCount: 1,
        scope: [
          {
            repositoryId: record.id,
            refName: 'refs/heads/main',
            matchKind: 'Exact',
          },
        ],
      },
    });
    const target = join(folder, 'protected');
    await git(folder, 'clone', '-q', remote('dev-a', 'sandbox-pat'), target);
    await git(
      target,
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'Straight to main',
    );
    const before = await test.git.resolve(ref, 'main');
    await expect(git(target, 'push', 'origin', 'main')).rejects.toThrow(
      /remote rejected\].*TF402455: Pushes to this branch are not permitted/,
    );
    expect(await test.git.resolve(ref, 'main')).toBe(before);
    const change = {
      refUpdates: [{ name: 'refs/heads/main', oldObjectId: before }],
      commits: [
        {
          comment: 'Over REST',
          changes: [
            {
              changeType: 'edit',
              item: { path: '/README.md' },
              newContent: { content: 'x', contentType: 'rawtext' },
            },
          ],
        },
      ],
    };
    const refused = await test.call(
      'POST',
      'team-a/_apis/git/repositories/orders/pushes',
      change,
    );
    expect(refused).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('TF402455') },
    });
    await git(
      target,
      'push',
      '-q',
      remote('platform-a', 'sandbox-pat'),
      'main',
    );
    expect(await test.git.resolve(ref, 'main')).not.toBe(before);
  });

  it('loses nothing of 50 writers that mix REST pushes and git pushes', async () => {
    const name = 'shared';
    test.git.create({ project: 'team-a', repository: name });
    const shared = { project: 'team-a', repository: name };
    await test.git.commit(shared, {
      branch: 'main',
      message: 'Begin',
      author,
      changes: [{ path: 'list/begin', content: '' }],
    });
    const overRest = async (index: number) => {
      for (;;) {
        const refs = await test.call(
          'GET',
          `team-a/_apis/git/repositories/${name}/refs?filter=heads/main`,
        );
        const answer = await test.call(
          'POST',
          `team-a/_apis/git/repositories/${name}/pushes`,
          {
            refUpdates: [
              {
                name: 'refs/heads/main',
                oldObjectId: refs.body.value[0].objectId,
              },
            ],
            commits: [
              {
                comment: `Add ${index}`,
                changes: [
                  {
                    changeType: 'add',
                    item: { path: `/list/rest-${index}` },
                    newContent: { content: `${index}`, contentType: 'rawtext' },
                  },
                ],
              },
            ],
          },
        );
        if (answer.status === 201) {
          return;
        }
        expect(answer).toMatchObject({
          status: 409,
          body: {
            typeKey: 'GitReferenceStaleException',
            message: expect.stringContaining('TF401028'),
          },
        });
      }
    };
    const overGit = async (index: number) => {
      const target = join(folder, `writer-${index}`);
      await git(
        folder,
        'clone',
        '-q',
        remote('dev-a', 'sandbox-pat', `team-a/_git/${name}`),
        target,
      );
      writeFileSync(join(target, 'list', `git-${index}`), '');
      await git(target, 'add', '.');
      await git(target, 'commit', '-q', '-m', `Add git ${index}`);
      for (;;) {
        try {
          await git(target, 'push', '-q', 'origin', 'main');
          return;
        } catch {
          await git(target, 'pull', '-q', '--rebase', 'origin', 'main');
        }
      }
    };
    await Promise.all([
      ...Array.from({ length: 48 }, (_, index) => overRest(index)),
      ...Array.from({ length: 2 }, (_, index) => overGit(index)),
    ]);
    const tip = (await test.git.resolve(shared, 'main'))!;
    expect((await test.git.readTree(shared, tip, 'list')).size).toBe(51);
    expect(await test.git.log(shared, 'main')).toHaveLength(51);
  }, 120_000);
});
