// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderFluxPhrase } from '@fairway/plugin-flux-common';
import { EXPIRED_PAT, type Fault } from '@fairway/sandbox';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { TestWorld } from './__testUtils__/TestWorld';

const DEV = 'aks-dev-weu';

describe('when the host of the GitOps repository does not answer', () => {
  let world: TestWorld;
  let portal: TestPortal | undefined;

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('orders', '1.0.0');
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

  const start = async (
    services: string[] = ['orders'],
    personalAccessToken?: string,
  ) => {
    portal = await startPortal(world, {
      entities: services.map(service =>
        component(service, { 'fairway.dev/environments': 'dev' }),
      ),
      personalAccessToken,
    });
    return portal;
  };

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
    const running = await start(['orders'], EXPIRED_PAT);
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
    const services = Array.from({ length: 12 }, (_, index) => `crowd-${index}`);
    for (const service of services) {
      world.publish(service, '1.0.0');
      await world.addService(service, { dev: { version: '1.0.0' } });
    }
    let asked = 0;
    const intercept = world.faults.intercept.bind(world.faults);
    const spy = jest
      .spyOn(world.faults, 'intercept')
      .mockImplementation((system, ...rest) => {
        asked += system === 'devops' ? 1 : 0;
        return intercept(system, ...rest);
      });
    world.faults.set({ system: 'devops', kind: '401' });
    const running = await start(services);
    for (const service of services) {
      await running.documentWhen(
        service,
        'it is recorded, and the trouble is told',
        ({ commits, history }) => commits !== undefined && history.length === 1,
      );
    }
    spy.mockRestore();

    // Two jobs run at once, so two may be on their way when the first is
    // refused, and again when the host was left alone for long enough.
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(services.length);
  });
});
