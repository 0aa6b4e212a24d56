// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeploymentRecord } from '@fairway/plugin-flux-common';
import type { Knex } from 'knex';
import {
  baseFiles,
  kustomization,
  overlayFile,
  sharedFile,
  teamFiles,
} from './__testUtils__/manifests';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { GITOPS, TestWorld, until } from './__testUtils__/TestWorld';

const OTHERS = { name: 'Dev B', email: 'dev-b@example.com' };
const DEV = 'aks-dev-weu';

describe('what counts as a deployment', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let world: TestWorld;
  let portal: TestPortal;
  let knex: Knex;

  const start = () =>
    startPortal(world, {
      entities: ['orders', 'many', 'left', 'right'].map(name =>
        component(name),
      ),
      knex,
    });

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('orders', '1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0');
    world.publish('many', '1.0.0');
    knex = await databases.init('SQLITE_3');
    await world.addService('orders', { dev: { version: '1.0.0' } });
    portal = await start();
  });

  afterAll(async () => {
    await portal?.stop();
    await world?.stop();
  });

  /** Git knows whole seconds: of two commits in one, nobody can tell which is newer. */
  async function nextSecond(): Promise<void> {
    const second = Math.floor(Date.now() / 1000);
    await until(
      () => Math.floor(Date.now() / 1000) > second,
      'a second passes',
    );
  }

  /** What a person reads in the history, newest first. */
  function lines(history: DeploymentRecord[]): string[] {
    return history.map(
      ({ version, change, commit, missedBefore }) =>
        `${version} ${change} by ${commit?.author ?? 'nobody in Git'}: ${
          commit?.subject ?? 'no commit'
        }${missedBefore ? ` (${missedBefore} missed)` : ''}`,
    );
  }

  async function historyOf(service: string, size: number): Promise<string[]> {
    const { history } = await portal.documentWhen(
      service,
      `${size} attributed deployments`,
      document =>
        document.history.length >= size &&
        document.history.every(
          ({ commit, change }) => commit || change === 'by-hand',
        ),
    );
    return lines(history);
  }

  it('is one for each change of the own objects, whose commit is the newest that touched them', async () => {
    const expected = ['1.0.0 image by Dev A: Add orders'];
    expect(await historyOf('orders', 1)).toEqual(expected);

    const steps: Array<[string, () => Promise<string>]> = [
      [
        '1.1.0 image by Dev A: Release orders 1.1.0',
        () => world.release('orders', 'dev', { version: '1.1.0' }),
      ],
      [
        '1.1.0 configuration by Dev A: Run three',
        () =>
          world.release(
            'orders',
            'dev',
            { version: '1.1.0', replicas: 3 },
            'Run three',
          ),
      ],
      [
        '1.1.0 configuration by Dev A: Greet in another way',
        () =>
          world.release(
            'orders',
            'dev',
            { version: '1.1.0', replicas: 3, greeting: 'good day' },
            'Greet in another way',
          ),
      ],
      [
        '1.1.0 configuration by Dev B: Change the base',
        () =>
          world.commit(
            'Change the base',
            baseFiles('orders', 'cheerful'),
            OTHERS,
          ),
      ],
      [
        '1.1.0 configuration by Dev B: Change what all share',
        () =>
          world.commit(
            'Change what all share\n\nand say why below.',
            [sharedFile('2')],
            OTHERS,
          ),
      ],
    ];
    for (const [line, change] of steps) {
      await nextSecond();
      const sha = await change();
      await world.reconciled(DEV, 'orders', sha);
      expected.unshift(line);
      expect(await historyOf('orders', expected.length)).toEqual(expected);
    }
  });

  it('is none for 200 commits of others, and none changes an author', async () => {
    const before = await portal.document('orders');
    const requests: string[] = [];
    const intercept = world.faults.intercept.bind(world.faults);
    const spy = jest
      .spyOn(world.faults, 'intercept')
      .mockImplementation((system, request, ...rest) => {
        requests.push(system);
        return intercept(system, request, ...rest);
      });
    let sha = '';
    for (let push = 0; push < 20; push++) {
      sha = await world.devops.git.importHistory(
        GITOPS,
        Array.from({ length: 10 }, (_, index) => ({
          message: `Change ${push}.${index} of another service`,
          author: OTHERS,
          changes: [
            overlayFile(`other-${index}`, 'dev', {
              version: `1.${push}.${index}`,
            }),
          ],
        })),
      );
      if (push % 4 === 3) {
        await world.reconciled(DEV, 'orders', sha);
      }
    }
    const after = await portal.documentWhen(
      'orders',
      'the last commit is applied',
      ({ environments }) =>
        sha.startsWith(
          environments[0].targets[0].kustomization?.appliedRevision ?? 'none',
        ),
    );
    spy.mockRestore();

    expect(after.history).toEqual(before.history);
    expect(after.environments[0].targets[0].deployed).toEqual(
      before.environments[0].targets[0].deployed,
    );
    // At most one difference for each revision that Flux came by, and no search for commits.
    expect(
      requests.filter(system => system === 'devops').length,
    ).toBeLessThanOrEqual(20);
  });

  it('is none when somebody scales by hand', async () => {
    const before = await portal.document('orders');
    world.patch(DEV, 'Deployment', 'orders', { spec: { replicas: 5 } });
    const after = await portal.documentWhen(
      'orders',
      'it is scaled',
      ({ environments }) => environments[0].targets[0].pods.ready === 5,
    );

    expect(after.history).toEqual(before.history);
  });

  it('is none when a Kustomization of the whole team brings a neighbour', async () => {
    world.publish('left', '1.0.0', '1.1.0');
    world.publish('right', '1.0.0');
    await world.commit(
      'Add two services',
      teamFiles({ left: '1.0.0', right: '1.0.0' }),
    );
    const whole = kustomization('team-wide', 'dev', {
      path: './apps/team-wide',
      commonMetadata: undefined,
    });
    delete whole.metadata.labels;
    world.create(DEV, whole);
    const before = await historyOf('right', 1);
    expect(before).toEqual(['1.0.0 image by Dev A: Add two services']);

    await world.commit(
      'Release left',
      teamFiles({ left: '1.1.0', right: '1.0.0' }).slice(1),
      OTHERS,
    );
    expect(await historyOf('left', 2)).toEqual([
      '1.1.0 image by Dev B: Release left',
      '1.0.0 image by Dev A: Add two services',
    ]);
    const { history, environments } = await portal.document('right');
    expect(lines(history)).toEqual(before);
    expect(environments[0].targets[0].kustomization).toMatchObject({
      name: 'team-wide',
      because: 'owner',
    });
  });

  it('has no commit when somebody put it there by hand, until Flux takes it back', async () => {
    const before = await portal.document('orders');
    world.patch(DEV, 'Deployment', 'orders', {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'orders',
                image: 'acrfairway.azurecr.io/team-a/orders:1.3.0',
                env: [{ name: 'MOOD', value: 'cheerful' }],
              },
            ],
          },
        },
      },
    });
    const during = await portal.documentWhen(
      'orders',
      'the hotfix runs',
      ({ environments }) =>
        environments[0].targets[0].deployed?.version === '1.3.0',
    );
    expect(during.environments[0].targets[0].deployed?.commit).toBeUndefined();
    expect(during.environments[0].targets[0].wanted).toEqual({
      version: '1.1.0',
    });

    const after = await portal.documentWhen(
      'orders',
      'Flux has taken it back',
      ({ environments, history }) =>
        environments[0].targets[0].deployed?.version === '1.1.0' &&
        history.length === before.history.length + 2 &&
        history[0].commit !== undefined &&
        history[1].change === 'by-hand',
    );
    expect(lines(after.history)).toEqual([
      '1.1.0 image by Dev B: Change what all share',
      '1.3.0 by-hand by nobody in Git: no commit',
      ...lines(before.history),
    ]);
  });

  it('is kept over a restart, and found out when it came in between', async () => {
    const before = await portal.document('orders');
    await portal.stop();
    const sha = await world.release('orders', 'dev', { version: '1.2.0' });
    await world.reconciled(DEV, 'orders', sha);
    portal = await start();

    const lately = await historyOf('orders', before.history.length + 1);
    expect(lately).toEqual([
      '1.2.0 image by Dev A: Release orders 1.2.0',
      ...lines(before.history),
    ]);
    const { history } = await portal.document('orders');
    expect(history.slice(1)).toEqual(before.history);
  });

  it('is shown as missed when no trace of it was left', async () => {
    const before = await portal.document('orders');
    await portal.stop();
    const forget = async (version: string) => {
      const sha = await world.release('orders', 'dev', { version });
      await world.reconciled(DEV, 'orders', sha);
      const { store } = world.cluster(DEV);
      for (const replicaSet of store
        .list('apps/v1', 'ReplicaSet')
        .filter(({ spec }) => spec.replicas === 0)) {
        const { name, namespace } = replicaSet.metadata;
        store.delete({
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name,
          namespace,
        });
      }
    };
    await forget('1.3.0');
    await forget('1.4.0');
    portal = await start();

    expect(await historyOf('orders', before.history.length + 1)).toEqual([
      '1.4.0 image by Dev A: Release orders 1.4.0 (1 missed)',
      ...lines(before.history),
    ]);
  });

  it('is kept once by two backends that see the same', async () => {
    const other = await start();
    try {
      const before = await historyOf('orders', 1);
      // What came so far is accounted for; changes within 3 s may be taken for one.
      await until(
        async () =>
          (
            await knex('deployments').whereNull('digest')
          ).every(({ workload }) => workload !== 'orders'),
        'each change has its digest',
      );
      await world.release('orders', 'dev', { version: '1.4.0', replicas: 4 });
      const sha = await world.addService('many', { dev: { version: '1.0.0' } });
      await world.reconciled(DEV, 'orders', sha);

      expect(await historyOf('orders', before.length + 1)).toEqual([
        '1.4.0 configuration by Dev A: Release orders 1.4.0',
        ...before,
      ]);
      expect(await historyOf('many', 1)).toEqual([
        '1.0.0 image by Dev A: Add many',
      ]);
      await until(
        async () =>
          JSON.stringify((await other.document('orders')).history) ===
          JSON.stringify((await portal.document('orders')).history),
        'both say the same',
      );
    } finally {
      await other.stop();
    }
  });
});
