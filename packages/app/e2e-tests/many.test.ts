// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Clone } from './Clone';
import { expect, test } from './portal';
import type { RunningPortal } from './runningPortal';
import { goodValues, startTask, taskEnd } from './templateTask';

interface Deployments {
  environments: Array<{
    targets: Array<{
      cluster: string;
      deployed?: { commit?: unknown };
      kustomization?: { appliedRevision?: string };
    }>;
  }>;
  history: Array<{ commit?: unknown }>;
}

async function deployments(
  portal: RunningPortal,
  name: string,
): Promise<Deployments> {
  const answer = await portal.api(
    'dev-a',
    `/api/fairway-flux/v1/entities/component/default/${name}/deployments`,
  );
  expect(answer.status).toBe(200);
  return (await answer.json()) as Deployments;
}

/** What a service's page says about its deployments, without what only the age changes. */
function essence({ environments, history }: Deployments) {
  return {
    history,
    deployed: environments.flatMap(({ targets }) =>
      targets.map(({ cluster, deployed }) => ({ cluster, deployed })),
    ),
  };
}

/**
 * Commits of other teams, in pull requests as everybody's: the main branch is closed.
 *
 * @returns the newest commit on main
 */
async function commitByOthers(
  portal: RunningPortal,
  wanted: { merges: number; commitsEach: number },
): Promise<string> {
  const gitops = `${portal.urls.organization}/platform/_git/gitops`;
  const writable = gitops.replace('//', '//bo:sandbox-pat@');
  // A service of another team, a file of the platform, and a neighbour of the same team.
  const files = [
    'apps/team-b/products/overlays/dev/kustomization.yaml',
    'README.md',
    'apps/team-a/pricing/base/kustomization.yaml',
  ];
  return Clone.of(gitops, async clone => {
    for (let merge = 1; merge <= wanted.merges; merge += 1) {
      const branch = `others-${merge}`;
      const base = (await clone.git('rev-parse', 'origin/main'))[0];
      const texts = new Map<string, string>();
      for (const file of files) {
        const lines = await clone
          .git('show', `${base}:${file}`)
          // A file that is new.
          .catch(() => []);
        texts.set(file, lines.join('\n'));
      }
      const data = (text: string) =>
        `data ${Buffer.byteLength(text)}\n${text}\n`;
      let stream = '';
      for (let commit = 1; commit <= wanted.commitsEach; commit += 1) {
        const file = files[commit % files.length];
        const text = `${texts.get(
          file,
        )}\n# ${merge}.${commit} by another team\n`;
        texts.set(file, text);
        stream += [
          `commit refs/heads/${branch}`,
          `committer Bo <bo@example.com> ${Math.round(
            Date.now() / 1000,
          )} +0000`,
          data(`Change ${merge}.${commit}`).trimEnd(),
          ...(commit === 1 ? [`from ${base}`] : []),
          `M 100644 inline ${file}`,
          data(text),
        ].join('\n');
      }
      await clone.import(stream);
      await clone.git('push', '--quiet', writable, branch);
      const { pullRequestId } = await portal.devOps<{ pullRequestId: number }>(
        'platform/_apis/git/repositories/gitops/pullrequests',
        {
          sourceRefName: `refs/heads/${branch}`,
          targetRefName: 'refs/heads/main',
          title: `Changes ${merge} of others`,
        },
      );
      await portal.control('POST', `/pull-requests/${pullRequestId}/complete`);
      await clone.git('fetch', '--quiet', 'origin');
    }
    const count = await clone.git(
      'rev-list',
      '--count',
      '--author=Bo',
      'origin/main',
    );
    expect(Number(count[0])).toBe(wanted.merges * wanted.commitsEach);
    return (await clone.git('rev-parse', 'origin/main'))[0];
  });
}

test('200 commits by others add no deployment and change no author', async ({
  signIn,
  portal,
}) => {
  // Commits are looked up once, after the start: the page must know them all before.
  await expect
    .poll(
      async () => {
        const { deployed, history } = essence(
          await deployments(portal, 'cart'),
        );
        const known = [...deployed.map(one => one.deployed), ...history];
        return [known.length > 4, known.every(one => one?.commit)];
      },
      { timeout: 60_000 },
    )
    .toEqual([true, true]);
  const before = essence(await deployments(portal, 'cart'));
  const page = await signIn(
    'dev-a',
    '/catalog/default/component/cart/deployments',
  );
  const rows = page.getByRole('main').getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const shown = await rows.count();

  const last = await commitByOthers(portal, { merges: 10, commitsEach: 20 });

  // Every cluster has applied the last of them, and the portal knows it.
  await expect
    .poll(
      async () => {
        const { environments } = await deployments(portal, 'cart');
        return environments.flatMap(({ targets }) =>
          targets.map(target => target.kustomization?.appliedRevision),
        );
      },
      { timeout: 60_000 },
    )
    .toEqual(Array(4).fill(last.slice(0, 8)));
  expect(essence(await deployments(portal, 'cart'))).toEqual(before);
  await expect(rows).toHaveCount(shown);
  await expect(
    page.getByRole('main').getByText('Bo', { exact: true }),
  ).toHaveCount(0);
});

test('ten template runs at once: ten of ten services in the GitOps repository', async ({
  portal,
}) => {
  const names = Array.from({ length: 10 }, (_, index) => `batch-${index}`);
  const ids = await Promise.all(
    names.map(name =>
      startTask(portal, 'dev-b', {
        ...goodValues(name),
        owner: 'group:default/team-b',
        environments: ['dev'],
      }),
    ),
  );
  const ends = await Promise.all(ids.map(id => taskEnd(portal, 'dev-b', id)));
  expect(ends).toEqual(names.map(() => ({ status: 'completed' })));

  // What reaches only dev is merged by policy, without a person.
  const pulls = async () => {
    const { value } = await portal.devOps<{
      value: Array<{ title: string; status: string }>;
    }>(
      'platform/_apis/git/repositories/gitops/pullrequests?searchCriteria.status=all&$top=1000',
    );
    return value
      .filter(({ title }) => title.includes('batch-'))
      .map(({ title, status }) => `${status}: ${title}`)
      .sort();
  };
  await expect
    .poll(pulls, { timeout: 60_000 })
    .toEqual(names.map(name => `completed: Add ${name} of team-b`));

  await Clone.of(
    `${portal.urls.organization}/platform/_git/gitops`,
    async clone => {
      const tree = async (folder: string) =>
        (await clone.git('ls-tree', '--name-only', 'HEAD', folder)).filter(
          file => file.includes('batch-'),
        );
      expect(await tree('apps/team-b/')).toEqual(
        names.map(name => `apps/team-b/${name}`),
      );
      expect(await tree('clusters/dev/apps/')).toEqual(
        names.map(name => `clusters/dev/apps/team-b-${name}.yaml`),
      );
      // Ten merges, and none touched what another one wrote.
      const changed = await clone.git(
        'log',
        '--first-parent',
        '--diff-merges=first-parent',
        '--name-status',
        '--format=',
        '--grep=Add batch-',
        'HEAD',
      );
      expect(changed.filter(line => !line.startsWith('A\t'))).toEqual([]);
      expect(new Set(changed).size).toBe(changed.length);
    },
  );
});
