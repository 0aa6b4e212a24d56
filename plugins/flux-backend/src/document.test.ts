// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderFluxPhrase } from '@fairway/plugin-flux-common';
import { IMAGE } from './__testUtils__/manifests';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { digestOf, TestWorld } from './__testUtils__/TestWorld';

const NOT_READY_SOON = { timeout: '10h' };

describe('GET /v1/entities/:kind/:namespace/:name/deployments', () => {
  let world: TestWorld;
  let portal: TestPortal;
  let added: string;

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('orders', '1.4.2');
    world.publish('billing', '2.0.0');
    world.publish('regional', '1.4.2', '1.5.0');
    world.publish('slow', '1.0.0');
    world.publish('fragile', '1.0.0');
    const v142 = { version: '1.4.2' };
    await world.addService('billing', { dev: { version: '2.0.0' } });
    await world.addService('regional', { prod: v142 });
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
    // The last one, so that its commit is the revision of all.
    added = await world.addService('orders', { dev: v142, prod: v142 });
    portal = await startPortal(world, {
      entities: [
        component('orders'),
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

  it('says what runs where, since when and whose commit it is', async () => {
    const document = await portal.documentWhen(
      'orders',
      'all is live and attributed',
      ({ environments, history }) =>
        environments.every(
          ({ verdict, targets }) =>
            verdict.reason.code === 'live' &&
            targets.every(({ kustomization }) =>
              added.startsWith(kustomization?.appliedRevision ?? 'none'),
            ),
        ) &&
        history.length === 3 &&
        history.every(({ commit }) => commit),
    );
    const commit = {
      sha: added,
      subject: 'Add orders',
      author: 'Dev A',
      date: expect.stringMatching(/^\d{4}-.*Z$/),
      url: `${world.gitopsUrl}/commit/${added}`,
    };
    const image = { container: 'orders', repository: IMAGE, tag: '1.4.2' };
    const running = { ...image, digest: digestOf('orders', '1.4.2') };
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const verdictIn = (cluster: string) => ({
      state: 'ready',
      tone: 'positive',
      reason: { code: 'live', params: { version: '1.4.2' } },
      evidence: [
        {
          source: `${cluster}: Kustomization team-a/orders`,
          reason: 'ReconciliationSucceeded',
          message: `Applied revision: main@sha1:${added}`,
          time: instant,
        },
      ],
    });
    const target = (cluster: string, environment: string) => ({
      cluster,
      namespace: 'team-a',
      source: { state: 'current', asOf: instant },
      verdict: verdictIn(cluster),
      kustomization: {
        name: 'orders',
        namespace: 'team-a',
        path: `./apps/team-a/orders/overlays/${environment}`,
        appliedRevision: added.slice(0, 8),
        attemptedRevision: added.slice(0, 8),
        intervalSeconds: 600,
        suspended: false,
        reconciledAt: instant,
        because: 'label',
      },
      deployed: { version: '1.4.2', image: running, since: instant, commit },
      workloads: [
        {
          kind: 'Deployment',
          name: 'orders',
          images: [running],
          pods: { desired: 2, ready: 2, updated: 2 },
        },
      ],
      pods: { desired: 2, ready: 2 },
    });
    expect(document).toEqual({
      entityRef: 'component:default/orders',
      environments: [
        {
          name: 'dev',
          title: 'DEV',
          order: 0,
          verdict: verdictIn('aks-dev-weu'),
          targets: [target('aks-dev-weu', 'dev')],
        },
        {
          name: 'prod',
          title: 'PROD',
          order: 1,
          verdict: verdictIn('aks-prod-neu'),
          targets: [
            target('aks-prod-weu', 'prod'),
            target('aks-prod-neu', 'prod'),
          ],
        },
      ],
      history: expect.arrayContaining(
        [
          ['aks-dev-weu', 'dev'],
          ['aks-prod-weu', 'prod'],
          ['aks-prod-neu', 'prod'],
        ].map(([cluster, environment]) => ({
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          environment,
          cluster,
          workload: 'orders',
          version: '1.4.2',
          image,
          startedAt: instant,
          change: 'image',
          commit,
        })),
      ),
    });
  });

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

  it('is one cell for each environment in roll-ups', async () => {
    await whenReason('orders', 'dev', 'live');
    await whenReason('billing', 'dev', 'pods.pull-missing');
    const [summarizer, ...others] = portal.summaries.all();
    const entities = ['orders', 'billing'].map(name =>
      component(name, { 'fairway.dev/environments': 'dev' }),
    );
    const cells = await summarizer.summarize(entities);

    expect(others).toEqual([]);
    expect([...cells]).toEqual([
      [
        'component:default/orders',
        [
          {
            name: 'dev',
            title: 'DEV',
            state: 'ready',
            tone: 'positive',
            version: '1.4.2',
            reason: { code: 'live', params: { version: '1.4.2' } },
          },
        ],
      ],
      [
        'component:default/billing',
        [
          {
            name: 'dev',
            title: 'DEV',
            state: 'failing',
            tone: 'negative',
            version: '2.0.0',
            reason: expect.objectContaining({ code: 'pods.pull-missing' }),
          },
        ],
      ],
    ]);
  });

  it('gives no data of a namespace that the platform gives to others', async () => {
    // The namespace of the environment is that of the owner: ask for another one.
    const portalB = await startPortal(world, {
      entities: [
        {
          ...component('orders', {
            'fairway.dev/environments': 'dev',
            'backstage.io/kubernetes-namespace': 'team-a',
          }),
          relations: [{ type: 'ownedBy', targetRef: 'group:default/team-b' }],
        },
      ],
    });
    try {
      const { environments, history } = await portalB.documentWhen(
        'orders',
        'the namespace was read',
        document => document.environments[0].verdict.state === 'not-bound',
      );
      const params = {
        cluster: 'aks-dev-weu',
        namespace: 'team-a',
        owner: 'group:default/team-b',
      };
      const verdict = {
        state: 'not-bound',
        tone: 'unknown',
        reason: { code: 'place.not-bound', params: {} },
        next: { code: 'next.bind', params: {} },
        evidence: [],
      };
      expect({ environments, history }).toEqual({
        environments: [
          {
            name: 'dev',
            title: 'DEV',
            order: 0,
            verdict,
            targets: [
              {
                cluster: 'aks-dev-weu',
                namespace: 'team-a',
                source: {
                  state: 'not-bound',
                  reason: { code: 'binding.other-owner', params },
                  next: { code: 'binding.ask-platform', params },
                },
                verdict,
                workloads: [],
                pods: { desired: 0, ready: 0 },
              },
            ],
          },
        ],
        history: [],
      });
      expect((await portalB.history('orders')).deployments).toEqual([]);
    } finally {
      await portalB.stop();
    }
  });

  it('answers 304 to who has it, by a weak tag, and lets nobody else keep it', async () => {
    await whenReason('orders', 'dev', 'live');
    const path = 'component/default/orders/deployments';
    const first = await portal.get(path);
    const { etag } = first.headers;
    const second = await portal.get(path, { 'if-none-match': etag });

    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect([second.status, second.text, second.headers.etag]).toEqual([
      304,
      '',
      etag,
    ]);
  });

  it('asks no cluster and no host when a page is read', async () => {
    for (const service of ['orders', 'billing', 'slow', 'fragile']) {
      await portal.documentWhen(service, 'it is attributed', ({ history }) =>
        history.every(({ commit }) => commit),
      );
    }
    const hosts: string[] = [];
    const intercept = world.faults.intercept.bind(world.faults);
    const spy = jest
      .spyOn(world.faults, 'intercept')
      .mockImplementation((system, request, ...rest) => {
        hosts.push(`${system} ${request.url}`);
        return intercept(system, request, ...rest);
      });
    try {
      for (let reading = 0; reading < 50; reading++) {
        await portal.document('orders');
        await portal.history('orders');
      }
      // What the watches do by themselves in the meantime is no answer to a reader.
      expect(hosts.filter(each => !/[?&]watch=/.test(each))).toEqual([]);
    } finally {
      spy.mockRestore();
    }
  });
});
