// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { FluxWorld } from './__testing__/FluxWorld';
import { child, deployment, manifest } from './__testing__/manifests';

let world: FluxWorld;

beforeEach(() => {
  world = new FluxWorld('team-a');
});

afterEach(() => world.stop());

const SPEC = {
  interval: '10m',
  retryInterval: '2m',
  path: './deploy',
  sourceRef: { kind: 'GitRepository', name: 'gitops' },
  targetNamespace: 'team-a',
};

async function deployed(
  files: Record<string, string>,
  spec: object = {},
): Promise<void> {
  world.git.push('first', files);
  world.gitRepository('gitops', { interval: '5m' });
  world.kustomization('orders', { ...SPEC, ...spec });
  await world.pass(20);
}

const ORDERS = { 'deploy/orders.yaml': deployment('orders', '1.0.0') };

function status(kind: string, name: string): Record<string, unknown> {
  const object = world.get(kind, name)!;
  return Object.fromEntries(
    (object.status.conditions ?? []).map(
      (condition: { type: string; status: string; reason: string }) => [
        condition.type,
        `${condition.status} ${condition.reason}`,
      ],
    ),
  );
}

function message(kind: string, name: string, type = 'Ready'): string {
  return world
    .get(kind, name)!
    .status.conditions.find(
      (condition: { type: string }) => condition.type === type,
    ).message;
}

function image(): string {
  return world.get('Deployment', 'orders')!.spec.template.spec.containers[0]
    .image;
}

describe('a source that cannot be read', () => {
  it('fails and retries ever more slowly, leaves what runs alone, and recovers', async () => {
    await deployed(ORDERS);
    world.gitFault = new Error(
      'unexpected client error: unexpected requesting status code: 503',
    );
    world.notify();
    await world.pass(1);
    expect(status('GitRepository', 'gitops')).toEqual({
      Reconciling: 'True ProgressingWithRetry',
      Ready: 'False GitOperationFailed',
      ArtifactInStorage: 'True Succeeded',
      FetchFailed: 'True GitOperationFailed',
    });
    expect(message('GitRepository', 'gitops')).toBe(
      `failed to checkout and determine revision: unable to list remote for '${world.git.url}': unexpected client error: unexpected requesting status code: 503`,
    );
    expect(status('Kustomization', 'orders')).toEqual({
      Ready: 'True ReconciliationSucceeded',
    });
    const warnings = () =>
      world.store
        .list('v1', 'Event', { namespace: 'team-a' })
        .find(event => event.type === 'Warning')?.count;
    expect(warnings()).toBe(2);
    await world.pass(10);
    expect(warnings()).toBe(4);
    world.gitFault = undefined;
    await world.pass(15);
    expect(status('GitRepository', 'gitops')).toEqual({
      Ready: 'True Succeeded',
      ArtifactInStorage: 'True Succeeded',
    });
  });

  it('names a branch that is not there', async () => {
    world.git.push('first', ORDERS);
    world.gitRepository('gitops', { ref: { branch: 'gone' } });
    await world.pass(2);
    expect(message('GitRepository', 'gitops')).toBe(
      `failed to checkout and determine revision: unable to clone '${world.git.url}': couldn't find remote ref "refs/heads/gone"`,
    );
  });
});

describe('what cannot be built or applied', () => {
  const history = () => world.get('Kustomization', 'orders')!.status.history;

  it.each([
    [
      'a path that is not there',
      { path: './nowhere' },
      'ArtifactFailed',
      /^kustomization path not found: stat \/tmp\/kustomization-\d+\/nowhere: no such file or directory$/,
    ],
    [
      'a build that fails',
      { path: './bad' },
      'BuildFailed',
      /^kustomize build failed: accumulating resources: .*missing.yaml: no such file or directory$/,
    ],
    [
      'a variable source that is not there',
      { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'none' }] } },
      'BuildFailed',
      /configmaps "none" not found$/,
    ],
    [
      'a source that is not there',
      { sourceRef: { kind: 'GitRepository', name: 'none' } },
      'ArtifactFailed',
      /^gitrepositories.source.toolkit.fluxcd.io "none" not found$/,
    ],
  ])('%s: told, and not in the history', async (_, spec, reason, words) => {
    await deployed(
      { ...ORDERS, 'bad/kustomization.yaml': 'resources: [missing.yaml]' },
      spec,
    );
    expect(status('Kustomization', 'orders')).toMatchObject({
      Ready: `False ${reason}`,
    });
    expect(message('Kustomization', 'orders')).toMatch(words);
    expect(history()).toBeUndefined();
  });

  it.each([
    [
      'a kind that nobody serves',
      { 'deploy/x.yaml': manifest('example.com/v1', 'Widget', 'w') },
      {},
      'Widget/team-a/w dry-run failed: no matches for kind "Widget" in version "example.com/v1"\n',
    ],
    [
      'a namespace that is not there',
      ORDERS,
      { targetNamespace: 'team-z' },
      'Deployment/team-z/orders not found: namespaces "team-z" not found\n',
    ],
    [
      'a namespace that nobody names',
      { 'deploy/c.yaml': manifest('v1', 'ConfigMap', 'c') },
      { targetNamespace: undefined },
      expect.stringMatching(/^ConfigMap\/c namespace not specified: /),
    ],
  ])('%s', async (_, files, spec, words) => {
    await deployed(files, spec);
    expect(message('Kustomization', 'orders')).toEqual(words);
    expect(history()).toMatchObject([
      { lastReconciledStatus: 'ReconciliationFailed', totalReconciliations: 1 },
    ]);
  });
});

describe('runs that change nothing', () => {
  it('cost no build and no dry run, and are told all the same', async () => {
    await deployed(ORDERS);
    const apply = jest.spyOn(world.store, 'apply');
    await world.pass(605);
    world.git.push('elsewhere', { 'other/file.yaml': 'a: 1\n' });
    world.notify();
    await world.pass(5);
    expect(apply).not.toHaveBeenCalled();
    const { history, lastAppliedRevision } = world.get(
      'Kustomization',
      'orders',
    )!.status;
    expect(history).toMatchObject([
      { totalReconciliations: 3, metadata: { revision: lastAppliedRevision } },
    ]);
  });

  it('hundreds of Kustomizations at rest write nothing', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `s${at}`);
    world.git.push('first', {
      'apps/all.yaml': names
        .map(name =>
          child(name, 'team-a', {
            interval: '1h',
            path: './deploy',
            sourceRef: { kind: 'GitRepository', name: 'gitops' },
          }),
        )
        .join('---\n'),
      'deploy/c.yaml': manifest('v1', 'ConfigMap', 'c'),
    });
    world.gitRepository('gitops', { interval: '1h' });
    world.kustomization('apps', {
      ...SPEC,
      interval: '1h',
      path: './apps',
      targetNamespace: undefined,
    });
    await world.pass(20);
    const ready = names.filter(
      name =>
        status('Kustomization', name).Ready === 'True ReconciliationSucceeded',
    );
    expect(ready).toHaveLength(300);
    let writes = 0;
    const stop = world.store.subscribe(() => {
      writes += 1;
    });
    await world.pass(3_000);
    stop();
    expect(writes).toBe(0);
    // Three hundred of them are work for a busy machine.
  }, 60_000);
});

describe('what differs from git', () => {
  it('drift is taken back at the next interval, whoever made it', async () => {
    await deployed(ORDERS);
    world.patch(
      'Deployment',
      'orders',
      {
        spec: {
          template: {
            spec: { containers: [{ name: 'orders', image: 'hotfix' }] },
          },
        },
      },
      'kubectl-set',
    );
    await world.pass(500);
    expect(image()).toBe('hotfix');
    await world.pass(120);
    expect(image()).toBe('registry.example.com/orders:1.0.0');
    world.delete('Deployment', 'orders');
    await world.pass(620);
    expect(image()).toBe('registry.example.com/orders:1.0.0');
  });

  it.each([
    ['ssa', 'IfNotPresent', 'registry.example.com/orders:1.0.0'],
    ['ssa', 'Ignore', undefined],
    ['reconcile', 'disabled', undefined],
  ])('%s: %s', async (key, value, first) => {
    const files = (tag: string) => ({
      'deploy/orders.yaml': deployment('orders', tag, {
        annotations: { [`kustomize.toolkit.fluxcd.io/${key}`]: value },
      }),
    });
    await deployed(files('1.0.0'));
    world.git.push('second', files('2.0.0'));
    world.notify();
    await world.pass(10);
    expect(
      world.get('Deployment', 'orders')?.spec.template.spec.containers[0].image,
    ).toBe(first);
    expect(status('Kustomization', 'orders').Ready).toBe(
      'True ReconciliationSucceeded',
    );
  });
});

it('variables, images, patches and common metadata of the Flux Kustomization', async () => {
  world.store.create(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'vars', namespace: 'team-a' },
      data: { region: 'weu', tier: 'gold' },
    },
    { manager: 'kubectl' },
  );
  await deployed(
    {
      ...ORDERS,
      'deploy/c.yaml': manifest('v1', 'ConfigMap', 'c', {
        data: {
          region: '${region}',
          tier: '${tier}',
          none: '${missing:=fallback}',
          kept: '$${region}',
          upper: '${region^^}',
        },
      }),
    },
    {
      postBuild: {
        substitute: { tier: 'silver' },
        substituteFrom: [
          { kind: 'ConfigMap', name: 'vars' },
          { kind: 'Secret', name: 'none', optional: true },
        ],
      },
      images: [{ name: 'registry.example.com/orders', newTag: '7' }],
      patches: [
        {
          target: { kind: 'Deployment' },
          patch: '[{op: add, path: /spec/replicas, value: 3}]',
        },
      ],
      commonMetadata: { labels: { team: 'a' }, annotations: { note: 'n' } },
    },
  );
  expect(world.get('ConfigMap', 'c')).toMatchObject({
    data: {
      region: 'weu',
      tier: 'silver',
      none: 'fallback',
      kept: '${region}',
      upper: 'WEU',
    },
    metadata: {
      annotations: { note: 'n' },
      labels: {
        team: 'a',
        'kustomize.toolkit.fluxcd.io/name': 'orders',
        'kustomize.toolkit.fluxcd.io/namespace': 'team-a',
      },
    },
  });
  expect(world.get('Deployment', 'orders')!.spec.replicas).toBe(3);
  expect(image()).toBe('registry.example.com/orders:7');
});

describe('after a restart', () => {
  it('what had settled keeps its interval', async () => {
    await deployed(ORDERS);
    const before = world.get('Kustomization', 'orders')!.metadata
      .resourceVersion;
    world.restart();
    await world.pass(500);
    expect(world.get('Kustomization', 'orders')!.metadata.resourceVersion).toBe(
      before,
    );
    await world.pass(120);
    expect(
      world.get('Kustomization', 'orders')!.status.history[0]
        .totalReconciliations,
    ).toBe(2);
  });

  it('what was under way goes on', async () => {
    await deployed(
      { 'deploy/orders.yaml': deployment('orders', 'broken') },
      { wait: true, timeout: '5m' },
    );
    expect(status('Kustomization', 'orders').Ready).toBe('Unknown Progressing');
    world.restart();
    world.git.push('fix', ORDERS);
    world.notify();
    await world.pass(400);
    expect(status('Kustomization', 'orders')).toEqual({
      Ready: 'True ReconciliationSucceeded',
      Healthy: 'True Succeeded',
    });
    expect(image()).toBe('registry.example.com/orders:1.0.0');
  });
});
