// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderFluxPhrase } from '@fairway/plugin-flux-common';
import { EXPIRED_PAT, type Fault } from '@fairway/sandbox';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { TestWorld, until } from './__testUtils__/TestWorld';

const DEV = 'aks-dev-weu';

describe('when the host of the GitOps repository does not answer', () => {
  let world: TestWorld;
  let portal: TestPortal | undefined;

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('orders', '1.0.0');
    world.publish('billing', '1.0.0');
    await world.addService('billing', { dev: { version: '1.0.0' } });
    const sha = await world.addService('orders', {
      dev: { version: '1.0.0' },
    });
    await world.reconciled(DEV, 'orders', sha);
  });

  afterEach(async () => {
    world.faults.clear();
    await portal?.stop();
    portal = undefined;
  });

  afterAll(() => world?.stop());

  const start = async (personalAccessToken?: string) => {
    const dev = { 'fairway.dev/environments': 'dev' };
    portal = await startPortal(world, {
      entities: [component('orders', dev), component('billing', dev)],
      personalAccessToken,
    });
    return portal;
  };

  const hasHandled = (token: string) => () =>
    world.get(DEV, 'Kustomization', 'billing')?.status
      .lastHandledReconcileAt === token;

  it.each<[Fault['kind'], string, string, string]>([
    [
      'down',
      'unreachable',
      'Azure DevOps does not answer, so commits are not known yet',
      'It is asked again by itself',
    ],
    [
      '429',
      'unreachable',
      'Azure DevOps asks the portal to slow down, so commits are not known yet',
      'It is asked again by itself',
    ],
    [
      '503',
      'unreachable',
      'Azure DevOps does not answer, so commits are not known yet',
      'It is asked again by itself',
    ],
    [
      '403',
      'forbidden',
      'The portal may not read the GitOps repository, so commits are not known yet',
      'A platform engineer gives the token in integrations.azure the right Code (Read)',
    ],
  ])(
    '%s: a commit is unknown yet, the page says why, and it comes when it can',
    async (kind, state, reason, next) => {
      world.faults.set({ system: 'devops', kind });
      const running = await start();
      const { commits, history, environments } = await running.documentWhen(
        'orders',
        'the trouble is told',
        document =>
          document.commits !== undefined && document.history.length === 1,
      );
      expect({
        state: commits?.state,
        reason: commits?.reason && renderFluxPhrase(commits.reason),
        next: commits?.next && renderFluxPhrase(commits.next),
        commit: history[0].commit,
        deployed: environments[0].targets[0].deployed?.version,
      }).toEqual({
        state,
        reason,
        next,
        commit: undefined,
        deployed: '1.0.0',
      });

      world.faults.clear();
      const after = await running.documentWhen(
        'orders',
        'the commit is known',
        document => document.history[0].commit !== undefined,
      );
      expect({
        commits: after.commits,
        subject: after.history[0].commit?.subject,
      }).toEqual({ commits: undefined, subject: 'Add orders' });
    },
  );

  it('takes the sign-in page of an expired token for what it is', async () => {
    const running = await start(EXPIRED_PAT);
    const { commits } = await running.documentWhen(
      'orders',
      'the trouble is told',
      document => document.commits !== undefined,
    );
    expect([
      commits?.state,
      commits?.reason && renderFluxPhrase(commits.reason),
      commits?.next && renderFluxPhrase(commits.next),
    ]).toEqual([
      'unauthorized',
      'Azure DevOps refuses the credentials of the portal, so commits are not known yet',
      'A platform engineer renews the token in integrations.azure',
    ]);
  });

  it('leaves the host alone: one service asks for all', async () => {
    const asked: string[] = [];
    const intercept = world.faults.intercept.bind(world.faults);
    const spy = jest
      .spyOn(world.faults, 'intercept')
      .mockImplementation((system, request, ...rest) => {
        if (system === 'devops') {
          asked.push(String(request.url));
        }
        return intercept(system, request, ...rest);
      });
    world.faults.set({ system: 'devops', kind: '401' });
    const running = await start();
    await running.documentWhen(
      'billing',
      'the trouble is told',
      document => document.commits !== undefined,
    );
    // Both services want commits; whoever comes second is told without asking.
    for (let run = 0; run < 5; run++) {
      world.patch(DEV, 'Kustomization', 'billing', {
        metadata: {
          annotations: { 'reconcile.fluxcd.io/requestedAt': `run ${run}` },
        },
      });
      await until(hasHandled(`run ${run}`), 'the run is done');
    }
    const { length } = asked;
    spy.mockRestore();

    // Two jobs run at once, so two may be on their way when the first is refused.
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(4);
  });
});
