// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskGitStore, type PushEvent, StaleReferenceError, ZERO } from '.';

const ref = { project: 'platform', repository: 'gitops' };
const author = {
  name: 'dev-a',
  email: 'dev-a@example.com',
  date: '2026-11-20T09:00:00.000Z',
};

describe('DiskGitStore', () => {
  let folder: string;
  let store: DiskGitStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fairway-git-'));
    store = DiskGitStore.open(folder);
    store.create(ref);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what was committed, by path and by commit, over a restart', async () => {
    const first = await store.commit(ref, {
      branch: 'main',
      message: 'Begin\n\nWith a body',
      author,
      changes: [
        { path: 'apps/a/x.yaml', content: 'a: 1\n' },
        { path: 'apps/ab/x.yaml', content: 'ab: 1\n' },
        { path: 'odd "name" ü.txt', content: 'odd' },
        { path: 'run.sh', content: '#!/bin/sh\n', mode: '100755' },
      ],
    });
    const second = await store.commit(ref, {
      branch: 'main',
      message: 'Change',
      author: { ...author, date: '2026-11-20T10:00:00.000Z' },
      changes: [
        { path: 'apps/ab/x.yaml', content: 'ab: 2\n' },
        { path: 'apps/a/x.yaml' },
        { path: 'apps/a', content: 'a file now' },
      ],
    });

    const reopened = DiskGitStore.open(folder);
    expect(reopened.list()).toEqual([ref]);
    expect(await reopened.resolve(ref, 'main')).toBe(second);
    expect(await reopened.resolve(ref, 'refs/heads/main')).toBe(second);
    expect(await reopened.resolve(ref, first.slice(0, 8))).toBe(first);
    expect(await reopened.resolve(ref, 'absent')).toBeUndefined();
    expect(await reopened.readTree(ref, first, './apps/a/')).toEqual(
      new Map([['apps/a/x.yaml', 'a: 1\n']]),
    );
    expect(await reopened.readTree(ref, second)).toEqual(
      new Map([
        ['apps/a', 'a file now'],
        ['apps/ab/x.yaml', 'ab: 2\n'],
        ['odd "name" ü.txt', 'odd'],
        ['run.sh', '#!/bin/sh\n'],
      ]),
    );
    expect(await reopened.log(ref, 'main', { path: 'apps/ab' })).toEqual([
      {
        sha: second,
        parents: [first],
        author: { ...author, date: '2026-11-20T10:00:00.000Z' },
        committer: { ...author, date: '2026-11-20T10:00:00.000Z' },
        message: 'Change',
      },
      expect.objectContaining({
        sha: first,
        parents: [],
        message: 'Begin\n\nWith a body',
      }),
    ]);
    expect(await reopened.log(ref, 'main', { path: 'run.sh' })).toHaveLength(1);
    expect(
      (await reopened.log(ref, 'main', { skip: 1, limit: 1 }))[0].sha,
    ).toBe(first);
  });

  it('is an ordinary repository for a plain clone', async () => {
    await store.commit(ref, {
      branch: 'main',
      message: 'Begin',
      author,
      changes: [{ path: 'README.md', content: '# hello\n' }],
    });
    const target = join(folder, 'clone');
    execFileSync('git', [
      'clone',
      '-q',
      join(folder, 'platform/gitops.git'),
      target,
    ]);
    expect(
      execFileSync('git', ['-C', target, 'log', '--format=%an %s %D'], {
        encoding: 'utf8',
      }),
    ).toContain('dev-a Begin HEAD -> main');
    expect(
      execFileSync('git', ['-C', target, 'fsck', '--strict'], {
        encoding: 'utf8',
      }),
    ).toBe('');
  });

  it('loses no commit of 50 writers that compare and swap, and tells of each', async () => {
    const events: PushEvent[] = [];
    store.onPush(event => events.push(event));
    await store.commit(ref, {
      branch: 'main',
      message: 'Begin',
      author,
      changes: [{ path: 'list/0', content: '' }],
      expected: ZERO,
    });
    const write = async (index: number) => {
      for (;;) {
        const expected = await store.resolve(ref, 'main');
        try {
          await store.commit(ref, {
            branch: 'main',
            message: `Add ${index}`,
            author,
            changes: [{ path: `list/${index}`, content: `${index}` }],
            expected,
          });
          return;
        } catch (error) {
          if (!(error instanceof StaleReferenceError)) {
            throw error;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, i) => write(i + 1)));

    const tip = (await store.resolve(ref, 'main'))!;
    expect((await store.readTree(ref, tip, 'list')).size).toBe(51);
    expect(await store.log(ref, 'main')).toHaveLength(51);
    expect(events).toHaveLength(51);
    expect(events[0]).toMatchObject({ ...ref, ref: 'refs/heads/main' });
    expect(events[0].oldSha).toBeUndefined();
    events.slice(1).forEach((event, index) => {
      expect(event.oldSha).toBe(events[index].newSha);
    });
    await expect(
      store.commit(ref, {
        branch: 'main',
        message: 'Late',
        author,
        changes: [],
        expected: events[0].newSha,
      }),
    ).rejects.toThrow(StaleReferenceError);
  }, 60_000);

  it('imports a past and knows which repository a URL names', async () => {
    const tip = await store.importHistory(
      ref,
      Array.from({ length: 300 }, (_, index) => ({
        author: {
          ...author,
          date: new Date(
            Date.parse('2026-01-01T00:00:00Z') + index * 3_600_000,
          ).toISOString(),
        },
        message: `Commit ${index}`,
        changes: [{ path: `f${index % 7}`, content: `${index}` }],
      })),
    );
    expect(await store.resolve(ref, 'main')).toBe(tip);
    const log = await store.log(ref, tip, { path: 'f0' });
    expect(log).toHaveLength(43);
    expect(log[0]).toMatchObject({
      message: 'Commit 294',
      author: { date: '2026-01-13T06:00:00.000Z' },
    });
    await store.tag(ref, 'v1', log[0].sha);
    expect(await store.resolve(ref, 'refs/tags/v1')).toBe(log[0].sha);

    const host = 'http://localhost:7110';
    expect(store.fromUrl(`${host}/fairway/platform/_git/gitops`)).toEqual(ref);
    expect(store.fromUrl(`${host}/fairway/platform/_git/other`)).toBe(
      undefined,
    );
    expect(store.fromUrl('not a url')).toBeUndefined();
    expect(() => store.create(ref)).toThrow('exists');
    expect(() => store.create({ project: '..', repository: 'x' })).toThrow(
      'project ".."',
    );
    store.delete(ref);
    expect(store.list()).toEqual([]);
    expect(DiskGitStore.open(folder).list()).toEqual([]);
  });
});
