// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { BUILTIN_KINDS, DefaultClusterStore, FLUX_KINDS } from '../kubernetes';
import { MemoryImageRegistry } from '../registry';
import { StateStore } from '../state';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskGitStore, GitSnapshot } from '../git';
import { GITOPS } from '../pipelines/ImageUpdates';
import { bearClusters } from './bearClusters';
import { bearRepositories } from './bearRepositories';
import { loadDemoWorld } from './DemoWorld';

describe('bearClusters', () => {
  const birth = new Date('2026-11-20T09:00:00Z');
  const world = loadDemoWorld();
  const folder = mkdtempSync(join(tmpdir(), 'fairway-birth-'));
  const git = DiskGitStore.open(folder);
  const state = StateStore.inMemory();
  const stores = new Map<string, DefaultClusterStore>();

  beforeAll(async () => {
    const registry = MemoryImageRegistry.create(state);
    await bearRepositories({
      world,
      birth,
      git,
      registry,
      organisationUrl: 'http://localhost:7110/fairway',
      pipelineTemplates: new Map([['v1/service.yml', 'stages: []\n']]),
    });
    await bearClusters({
      world,
      birth,
      registry,
      git,
      gitopsUrl: 'http://localhost:7110/fairway/platform/_git/gitops',
      open: (name, clock) => {
        const store = DefaultClusterStore.create({
          name,
          clock,
          state,
          kinds: [...BUILTIN_KINDS, ...FLUX_KINDS],
        });
        stores.set(name, store);
        return store;
      },
    });
  }, 300_000);

  afterAll(() => {
    state.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function deployment(cluster: string, namespace: string, name: string) {
    return stores
      .get(cluster)!
      .get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name })!;
  }

  it('leaves the ReplicaSets of each rollout with the age that the world tells', () => {
    const sets = stores
      .get('aks-dev-weu')!
      .list('apps/v1', 'ReplicaSet', { namespace: 'team-a' })
      .filter(set => set.metadata.ownerReferences?.[0].name === 'orders')
      .map(set => [
        set.metadata.annotations?.['deployment.kubernetes.io/revision'],
        set.spec.template.spec.containers[0].image.split(':')[1],
        set.spec.replicas,
        set.metadata.creationTimestamp!.slice(0, 16),
      ])
      .sort();
    expect(sets).toEqual([
      ['1', '1.4.1', 0, '2026-09-26T09:00'],
      ['2', '1.4.2', 0, '2026-11-11T09:00'],
      ['3', '1.5.0', 1, '2026-11-20T07:00'],
    ]);
    expect(deployment('aks-dev-weu', 'team-a', 'orders').status).toMatchObject({
      replicas: 1,
      readyReplicas: 1,
      updatedReplicas: 1,
    });
  });

  it('tells the story of the scan: dev runs the new image, staging may not pull it', () => {
    const waiting = (cluster: string, namespace: string, service: string) =>
      stores
        .get(cluster)!
        .list('v1', 'Pod', { namespace })
        .filter(
          pod => pod.metadata.labels?.['app.kubernetes.io/name'] === service,
        )
        .flatMap(
          pod => pod.status.containerStatuses[0].state.waiting?.reason ?? [],
        );
    expect(waiting('aks-staging-weu', 'team-a', 'payments')).toEqual([
      'ImagePullBackOff',
    ]);
    expect(
      deployment('aks-staging-weu', 'team-a', 'payments').status,
    ).toMatchObject({ readyReplicas: 1, updatedReplicas: 1 });
    const inDev = deployment('aks-dev-weu', 'team-a', 'payments');
    expect(inDev.spec.template.spec.containers[0].image).toMatch(/:2\.0\.1$/);
    expect(inDev.status).toMatchObject({
      readyReplicas: 1,
      updatedReplicas: 1,
    });
  });

  it('namespaces name their owner, but for one that nobody claimed', () => {
    const owners = ['team-a', 'monitoring', 'legacy'].map(
      name =>
        stores
          .get('aks-prod-weu')!
          .get({ apiVersion: 'v1', kind: 'Namespace', name })!.metadata
          .annotations?.['fairway.dev/owner'],
    );
    expect(owners).toEqual([
      'group:default/team-a',
      'group:default/platform',
      undefined,
    ]);
  });

  it('a forgotten suspend keeps the status and history of the day when Flux looked last', async () => {
    const at = '2026-10-08T09:00:00.000Z';
    const then = await GitSnapshot.at(git, GITOPS, new Date(at));
    for (const cluster of ['aks-prod-weu', 'aks-prod-neu']) {
      const { metadata, spec, status } = stores.get(cluster)!.get({
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        namespace: 'team-a',
        name: 'orders',
      })!;
      expect(metadata.annotations).toMatchObject({
        'fairway.dev/suspended-by': 'lead-a',
        'fairway.dev/suspended-reason': 'freeze until the audit',
        'fairway.dev/suspended-at': at,
      });
      expect(spec.suspend).toBe(true);
      const revision = `main@sha1:${then.sha}`;
      expect(status).toMatchObject({
        observedGeneration: metadata.generation,
        lastAppliedRevision: revision,
        lastAttemptedRevision: revision,
        inventory: {
          entries: expect.arrayContaining([
            { id: 'team-a_orders_apps_Deployment', v: 'v1' },
          ]),
        },
        history: [
          {
            lastReconciledStatus: 'ReconciliationSucceeded',
            metadata: { revision },
            lastReconciled: expect.stringMatching(/^2026-10-08T09:0/),
          },
        ],
      });
      const ready = status.conditions.find(
        ({ type }: { type: string }) => type === 'Ready',
      );
      expect([ready.status, ready.reason]).toEqual([
        'True',
        'ReconciliationSucceeded',
      ]);
      expect(ready.lastTransitionTime).toMatch(/^2026-10-08T09:0/);
    }
  });
});
