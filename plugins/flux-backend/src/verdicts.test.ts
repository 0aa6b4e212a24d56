// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderFluxPhrase } from '@fairway/plugin-flux-common';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { TestWorld } from './__testUtils__/TestWorld';

const NOT_READY_SOON = { timeout: '10h' };

describe('the verdict about a service', () => {
  let world: TestWorld;
  let portal: TestPortal;

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('billing', '2.0.0');
    world.publish('regional', '1.4.2', '1.5.0');
    world.publish('slow', '1.0.0');
    world.publish('fragile', '1.0.0');
    await world.addService('billing', { dev: { version: '2.0.0' } });
    await world.addService('regional', { prod: { version: '1.4.2' } });
    await world.addService(
      'slow',
      { dev: { version: '1.0.0', behaviour: 'never-ready' } },
      NOT_READY_SOON,
    );
    await world.addService(
      'fragile',
      { dev: { version: '1.0.0', behaviour: 'crash-loop' } },
      { wait: false },
    );
    await world.addService(
      'blocked',
      { dev: { version: '1.0.0' } },
      { dependsOn: [{ name: 'slow' }] },
    );
    await world.addService(
      'orphan',
      { dev: { version: '1.0.0' } },
      { dependsOn: [{ name: 'nowhere' }] },
    );
    portal = await startPortal(world, {
      entities: [
        ...['billing', 'slow', 'blocked', 'fragile', 'orphan'].map(name =>
          component(name, { 'fairway.dev/environments': 'dev' }),
        ),
        component('regional', { 'fairway.dev/environments': 'prod' }),
        component('ghost', { 'fairway.dev/environments': 'dev' }),
      ],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await world?.stop();
  });

  /** The state of an environment in words. */
  async function whenReason(
    service: string,
    environment: string,
    code: string,
  ) {
    const document = await portal.documentWhen(
      service,
      `${service} in ${environment} is ${code}`,
      ({ environments }) =>
        environments.some(
          ({ name, verdict }) =>
            name === environment && verdict.reason.code === code,
        ),
    );
    const found = document.environments.find(
      ({ name }) => name === environment,
    )!;
    const { state, tone, reason, next } = found.verdict;
    return {
      state,
      tone,
      reason: renderFluxPhrase(reason),
      next: next && renderFluxPhrase(next),
      targets: found.targets,
      evidence: found.verdict.evidence,
    };
  }

  it('names the pod that cannot pull its image, and what runs meanwhile', async () => {
    await whenReason('billing', 'dev', 'live');
    const sha = await world.release('billing', 'dev', { version: '2.0.1' });
    await world.reconciled('aks-dev-weu', 'billing', sha, 'False');
    const missing = 'acrfairway.azurecr.io/team-a/billing:2.0.1';

    const { targets, evidence, ...verdict } = await whenReason(
      'billing',
      'dev',
      'pods.pull-missing',
    );
    expect(verdict).toEqual({
      state: 'failing',
      tone: 'negative',
      reason: `The pods of 2.0.1 cannot pull their image: ${missing} is not in the registry`,
      next: `Look at the pipeline run that should have published ${missing}, or correct the tag in Git.`,
    });
    const [{ deployed, wanted, workloads, pods }] = targets;
    expect({ running: deployed?.version, wanted, pods }).toEqual({
      running: '2.0.0',
      wanted: { version: '2.0.1' },
      pods: { desired: 2, ready: 2 },
    });
    const pod = expect.stringMatching(/^billing-[a-z0-9]+-[a-z0-9]{5}$/);
    expect(workloads[0].trouble).toEqual({
      reason: 'ImagePullBackOff',
      message: expect.stringContaining(`${missing}: not found`),
      pods: expect.any(Number),
      pod,
      container: 'billing',
    });
    expect(evidence).toEqual([
      expect.objectContaining({
        source: 'aks-dev-weu: Kustomization team-a/billing',
        reason: 'HealthCheckFailed',
      }),
      ...evidence.slice(1, -1),
      {
        source: `aks-dev-weu: Pod team-a/${workloads[0].trouble?.pod} (billing)`,
        reason: 'ImagePullBackOff',
        message: workloads[0].trouble?.message,
      },
    ]);
  });

  it('says how many regions have the new version', async () => {
    await whenReason('regional', 'prod', 'live');
    world.patch('aks-prod-neu', 'Kustomization', 'regional', {
      metadata: {
        annotations: {
          'fairway.dev/suspended-by': 'lead-a',
          'fairway.dev/suspended-reason': 'freeze until audit',
        },
      },
      spec: { suspend: true },
    });
    await world.release('regional', 'prod', { version: '1.5.0' });

    const { targets, evidence, ...verdict } = await whenReason(
      'regional',
      'prod',
      'regions.suspended',
    );
    expect(evidence).toEqual(targets[1].verdict.evidence);
    await portal.documentWhen(
      'regional',
      'one region has it',
      ({ environments }) =>
        renderFluxPhrase(environments[0].verdict.reason) ===
        'Paused in aks-prod-neu; 1.5.0 in 1 of 2 regions',
    );
    expect({
      state: verdict.state,
      tone: verdict.tone,
      next: verdict.next,
    }).toEqual({
      state: 'suspended',
      tone: 'paused',
      next: 'Resume it when the reason for the pause is gone.',
    });
    const neu = await portal.target('regional', 'aks-prod-neu');
    expect([
      renderFluxPhrase(neu.verdict.reason),
      neu.deployed?.version,
      neu.kustomization?.suspended,
    ]).toEqual(['Paused by lead-a: "freeze until audit"', '1.4.2', true]);
  });

  it.each([
    [
      'slow',
      'rolling',
      {
        state: 'progressing',
        tone: 'progressing',
        reason: 'Rolling out 1.0.0: 0 of 2 pods ready',
        next: undefined,
      },
    ],
    [
      'blocked',
      'waiting.on',
      {
        state: 'waiting',
        tone: 'paused',
        reason: 'Waits for slow',
        next: 'Nothing to do: it goes on by itself.',
      },
    ],
    [
      'orphan',
      'waiting.missing',
      {
        state: 'waiting',
        tone: 'warning',
        reason: 'Waits for nowhere, which does not exist',
        next: 'Create what it depends on, or remove it from spec.dependsOn.',
      },
    ],
    [
      'fragile',
      'degraded.crash',
      {
        state: 'degraded',
        tone: 'negative',
        reason:
          '0 of 2 pods ready: a container of 1.0.0 starts and ends again (CrashLoopBackOff)',
        next: 'Read the last log lines of the container.',
      },
    ],
    [
      'ghost',
      'place.empty',
      {
        state: 'empty',
        tone: 'unknown',
        reason: 'Nothing is deployed in team-a on aks-dev-weu yet',
        next: 'Merge the pull request to the GitOps repository that adds this service, and it appears here.',
      },
    ],
  ])('%s: %s', async (service, code, expected) => {
    const { state, tone, reason, next } = await whenReason(
      service,
      'dev',
      code,
    );
    expect({ state, tone, reason, next }).toEqual(expected);
  });
});
