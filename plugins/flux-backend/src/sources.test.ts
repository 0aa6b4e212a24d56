// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// The helper of this file is its assertion.
/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectTold"] }] */

import { deliveryPhrases, renderPhrase } from '@fairway/plugin-delivery-common';
import {
  renderFluxPhrase,
  type TargetDeployments,
} from '@fairway/plugin-flux-common';
import type { Fault } from '@fairway/sandbox';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { unmanaged } from './__testUtils__/manifests';
import { TestWorld } from './__testUtils__/TestWorld';

const DEV = 'aks-dev-weu';
const NO_FLUX = 'aks-prod-neu';
const FLUX_API = '/apis/kustomize.toolkit.fluxcd.io';
const PODS_API = '/api/v1/pods';

interface Told {
  source: string;
  because?: string;
  verdict: string;
  version?: string;
}

/** What a person reads about a target. */
function told({ source, verdict, deployed }: TargetDeployments): Told {
  return {
    source: source.state,
    ...(source.reason
      ? {
          because: renderPhrase(
            {
              ...source.reason,
              params: { ...source.reason.params, message: '' },
            },
            deliveryPhrases,
          ),
        }
      : {}),
    verdict: renderFluxPhrase(verdict.reason),
    ...(deployed ? { version: deployed.version } : {}),
  };
}

describe('what a document says of a cluster that cannot be read', () => {
  let world: TestWorld;
  let portal: TestPortal;

  const start = () =>
    startPortal(world, {
      entities: [
        component('orders', { 'fairway.dev/environments': 'dev' }),
        component('ghost', { 'fairway.dev/environments': 'dev' }),
      ],
    });
  const fault = (kind: Fault['kind'], pathPrefix?: string) =>
    world.faults.set({ system: `cluster/${DEV}`, kind, pathPrefix });
  const expectTold = async (service: string, expected: Told) => {
    let last: Told | undefined;
    try {
      await portal.documentWhen(service, 'as expected', document => {
        last = told(document.environments[0].targets[0]);
        return JSON.stringify(last) === JSON.stringify(expected);
      });
    } catch {
      // The comparison says what differs.
    }
    expect(last).toEqual(expected);
  };

  beforeAll(async () => {
    world = await TestWorld.start({ withoutFlux: NO_FLUX });
    world.publish('orders', '1.0.0');
    const sha = await world.addService('orders', {
      dev: { version: '1.0.0' },
    });
    await world.reconciled(DEV, 'orders', sha);
  });

  afterEach(async () => {
    world.faults.clear();
    await portal.stop();
  });

  afterAll(() => world?.stop());

  const LIVE = { source: 'current', verdict: 'Live: 1.0.0', version: '1.0.0' };

  describe('when it was read before', () => {
    beforeEach(async () => {
      portal = await start();
      await expectTold('orders', LIVE);
    });

    it.each<[Fault['kind'], string, string]>([
      ['down', 'stale', `${DEV} does not answer: `],
      ['500', 'stale', `${DEV} does not answer: `],
      ['503', 'stale', `${DEV} does not answer: `],
      ['401', 'unauthorized', `${DEV} refuses the credentials of the portal: `],
    ])('%s: what was seen stays, marked', async (kind, source, because) => {
      fault(kind);
      await expectTold('orders', {
        source,
        because,
        verdict: 'Live: 1.0.0',
        version: '1.0.0',
      });
      // Silence is no emptiness.
      const ghost = (await portal.document('ghost')).environments[0];
      expect(ghost.verdict).toMatchObject({
        state: 'unavailable',
        tone: 'unknown',
      });

      world.faults.clear();
      await expectTold('orders', LIVE);
      await expectTold('ghost', {
        source: 'current',
        verdict: `Nothing is deployed in team-a on ${DEV} yet`,
      });
    });

    it('says that pods are not seen while the rest is', async () => {
      fault('403', PODS_API);
      await expectTold('orders', {
        source: 'partial',
        because: `The portal may not list Pod objects in ${DEV}`,
        verdict: 'Live: 1.0.0',
        version: '1.0.0',
      });
    });
  });

  describe('when it never was', () => {
    it.each<[Fault['kind'], string, string, string]>([
      [
        'down',
        'unreachable',
        `${DEV} does not answer: `,
        'The cluster cannot be reached',
      ],
      [
        '401',
        'unauthorized',
        `${DEV} refuses the credentials of the portal: `,
        'The portal cannot sign in to the cluster',
      ],
      [
        '403',
        'forbidden',
        `The portal may not list Namespace objects in ${DEV}`,
        'The portal may not read this namespace',
      ],
    ])('%s: %s', async (kind, source, because, verdict) => {
      fault(kind);
      portal = await start();
      await expectTold('orders', { source, because, verdict });
    });

    it('hangs: the page is there at once, and says that it was not read yet', async () => {
      fault('hang');
      portal = await start();
      await expectTold('orders', {
        source: 'not-collected',
        because: `The portal has just started and reads ${DEV} for the first time`,
        verdict: 'The cluster has not been read yet',
      });
    });

    it('may read pods and not Flux: says so, and does not take it for unmanaged', async () => {
      // As with the role "AKS RBAC Reader", which does not know Flux.
      fault('403', FLUX_API);
      portal = await start();
      const because = `The portal may not list Kustomization objects in ${DEV}`;
      await expectTold('orders', {
        source: 'partial',
        because,
        verdict: '1.0.0 runs; the portal may not see what Flux says about it',
        version: '1.0.0',
      });
      await expectTold('ghost', {
        source: 'partial',
        because,
        verdict: 'The portal may not read the Flux objects of this place',
      });
    });
  });

  it('says that a cluster has no Flux, and still what runs there', async () => {
    world.create(NO_FLUX, unmanaged('loose', '1.0.0'));
    world.publish('loose', '1.0.0');
    const prod = {
      'fairway.dev/environments': 'prod',
      'backstage.io/kubernetes-cluster': NO_FLUX,
    };
    portal = await startPortal(world, {
      entities: [component('loose', prod), component('nowhere', prod)],
    });
    const because = `${NO_FLUX} does not serve Kustomization objects`;
    await expectTold('loose', {
      source: 'not-installed',
      because,
      verdict: 'Live: 1.0.0, but no Kustomization of Flux manages it',
      version: '1.0.0',
    });
    await expectTold('nowhere', {
      source: 'not-installed',
      because,
      verdict: 'Flux is not installed in the cluster',
    });
  });
});
