// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { FluxWorld } from './__testing__/FluxWorld';
import {
  autoscaler,
  deployment,
  manifest,
  service,
} from './__testing__/manifests';
import { recorded, withoutRepeats } from './__testing__/recorded';

let world: FluxWorld;

afterEach(() => world.stop());

describe('the same causes give the same writes as real Flux controllers', () => {
  it('01: a new service, a new image, a request that changes nothing', async () => {
    world = new FluxWorld('team-a');
    world.git.push('orders 1.4.2', {
      'deploy/deployment.yaml': deployment('orders', '1.4.2'),
      'deploy/hpa.yaml': autoscaler('orders'),
      'deploy/service.yaml': service('orders'),
    });
    world.gitRepository('orders');
    world.kustomization('orders', {
      commonMetadata: { labels: { team: 'team-a' } },
      interval: '5m',
      path: './deploy',
      sourceRef: { kind: 'GitRepository', name: 'orders' },
      targetNamespace: 'team-a',
      timeout: '2m',
      wait: true,
    });
    await world.pass(20);
    world.git.push('orders 1.5.0', {
      'deploy/deployment.yaml': deployment('orders', '1.5.0'),
    });
    world.request('GitRepository', 'orders');
    await world.pass(10);
    world.request('Kustomization', 'orders');
    await world.pass(5);
    expect(world.transcript.text()).toBe(recorded('01-happy-path'));
  });

  it('02: without wait a broken commit is green', async () => {
    world = new FluxWorld('team-b');
    world.git.push('good', {
      'deploy/cart.yaml': `${deployment('cart', '1.0.0')}---\n${service(
        'cart',
      )}`,
      'deploy/payments.yaml': `${deployment('payments', '1.0.0')}---\n${service(
        'payments',
      )}`,
    });
    world.gitRepository('shop');
    world.kustomization('shop', {
      interval: '1m',
      path: './deploy',
      sourceRef: { kind: 'GitRepository', name: 'shop' },
      targetNamespace: 'team-b',
      timeout: '1m',
    });
    await world.pass(8);
    world.git.push('bad images', {
      'deploy/cart.yaml': `${deployment('cart', 'broken')}---\n${service(
        'cart',
      )}`,
      'deploy/payments.yaml': `${deployment(
        'payments',
        'broken',
      )}---\n${service('payments')}`,
    });
    world.request('GitRepository', 'shop');
    await world.pass(75);
    expect(world.transcript.text()).toBe(recorded('02-green-but-broken'));
  });

  it('03: a health check that times out, is tried again, and is overtaken by a fix', async () => {
    world = new FluxWorld('team-c');
    const files = (tag: string) => ({
      'deploy/payments.yaml': `${deployment('payments', tag)}---\n${service(
        'payments',
      )}`,
    });
    world.git.push('good', files('1.0.0'));
    world.gitRepository('payments');
    world.kustomization('payments', {
      interval: '5m',
      path: './deploy',
      retryInterval: '10s',
      sourceRef: { kind: 'GitRepository', name: 'payments' },
      targetNamespace: 'team-c',
      timeout: '20s',
      wait: true,
    });
    await world.pass(8);
    world.git.push('bad', files('broken'));
    world.request('GitRepository', 'payments');
    // Three failures, and a fourth check that is running when the fix comes.
    await world.pass(130);
    world.git.push('fix', files('1.0.1'));
    world.request('GitRepository', 'payments');
    await world.pass(40);
    expect(world.transcript.text()).toBe(
      recorded('03-healthcheck-failed-retries'),
    );
  });

  it('03b: a stalled rollout fails early; commits, requests and suspends wait for a running check', async () => {
    world = new FluxWorld('team-o');
    const files = (tag: string) => ({
      'deploy/payments.yaml': `${deployment('payments', tag)}---\n${service(
        'payments',
      )}`,
    });
    world.git.push('good', files('1.0.0'));
    world.gitRepository('payments');
    world.kustomization('payments', {
      interval: '5m',
      path: './deploy',
      retryInterval: '30s',
      sourceRef: { kind: 'GitRepository', name: 'payments' },
      targetNamespace: 'team-o',
      timeout: '3m',
      wait: true,
    });
    await world.pass(8);
    world.git.push('bad', files('stalled'));
    world.request('GitRepository', 'payments');
    await world.pass(65);
    world.git.push('still bad, long deadline', files('broken'));
    world.request('GitRepository', 'payments');
    await world.pass(25);
    world.request('Kustomization', 'payments');
    await world.pass(8);
    world.git.push('fix', files('1.0.1'));
    world.request('GitRepository', 'payments');
    await world.pass(3);
    const suspend = (value: boolean) =>
      world.patch(
        'Kustomization',
        'payments',
        { spec: { suspend: value } },
        'flux',
      );
    suspend(true);
    await world.pass(12);
    suspend(false);
    await world.pass(160);
    expect(world.transcript.text()).toBe(
      recorded('03b-healthcheck-stalled-early'),
    );
  });

  it('05: refused by RBAC, by an immutable field, and as a service account that does not exist', async () => {
    world = new FluxWorld('team-e');
    const files = (more?: Parameters<typeof deployment>[2]) => ({
      'deploy/orders.yaml': `${deployment(
        'orders',
        '1.0.0',
        more,
      )}---\n${service('orders')}`,
    });
    world.git.push('init', files());
    world.gitRepository('app');
    world.kustomization('app', {
      interval: '5m',
      path: './deploy',
      retryInterval: '10s',
      serviceAccountName: 'deployer',
      sourceRef: { kind: 'GitRepository', name: 'app' },
      targetNamespace: 'team-e',
      timeout: '30s',
    });
    await world.pass(26);
    world.store.create(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'deployer', namespace: 'team-e' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'cluster-admin',
        },
        subjects: [
          { kind: 'ServiceAccount', name: 'deployer', namespace: 'team-e' },
        ],
      },
      { manager: 'kubectl-create' },
    );
    await world.pass(6);
    const selector = { 'app.kubernetes.io/part-of': 'shop' };
    world.git.push('immutable', files({ selector }));
    world.request('GitRepository', 'app');
    await world.pass(25);
    world.git.push(
      'force',
      files({
        selector,
        annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
      }),
    );
    world.request('GitRepository', 'app');
    await world.pass(2);
    const actAs = (serviceAccountName: string) =>
      world.patch(
        'Kustomization',
        'app',
        { spec: { serviceAccountName } },
        'kubectl-patch',
      );
    actAs('ghost');
    await world.pass(15);
    actAs('deployer');
    await world.pass(1);
    expect(withoutRepeats(world.transcript.text())).toBe(
      withoutRepeats(recorded('05-apply-failures')),
    );
  });

  it('06: pruning, kept objects, inventory ids, and the end of a Kustomization', async () => {
    world = new FluxWorld('team-f');
    const rbac = 'rbac.authorization.k8s.io/v1';
    const reader = 'fairway:team_f:orders-reader';
    world.git.push('init', {
      'cluster/namespace.yaml': manifest('v1', 'Namespace', 'team-f-extra'),
      'deploy/cart.yaml': `${deployment('cart', '1.0.0')}---\n${service(
        'cart',
      )}`,
      'deploy/keep.yaml': manifest(
        'v1',
        'ConfigMap',
        'keep-me',
        {},
        {
          annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
        },
      ),
      'deploy/orders.yaml': `${deployment('orders', '1.0.0')}---\n${service(
        'orders',
      )}`,
      'deploy/priority.yaml': manifest(
        'scheduling.k8s.io/v1',
        'PriorityClass',
        'fairway-high',
        { value: 1000 },
      ),
      'deploy/rbac.yaml': [
        manifest(rbac, 'ClusterRole', reader, { rules: [] }),
        manifest(rbac, 'ClusterRoleBinding', reader, {
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: reader,
          },
        }),
        manifest(rbac, 'Role', 'orders:secret_reader', { rules: [] }),
      ].join('---\n'),
    });
    world.gitRepository('app');
    world.kustomization('app', {
      interval: '5m',
      path: './deploy',
      sourceRef: { kind: 'GitRepository', name: 'app' },
      targetNamespace: 'team-f',
      timeout: '60s',
      wait: true,
    });
    world.kustomization('cluster', {
      interval: '5m',
      path: './cluster',
      sourceRef: { kind: 'GitRepository', name: 'app' },
    });
    await world.pass(8);
    world.git.push('remove cart', {
      'deploy/cart.yaml': undefined,
      'deploy/keep.yaml': undefined,
    });
    world.request('GitRepository', 'app');
    await world.pass(15);
    expect(world.get('ConfigMap', 'keep-me')).toBeDefined();
    world.patch(
      'Service',
      'orders',
      { metadata: { finalizers: ['example.com/hold'] } },
      'kubectl-patch',
    );
    world.delete('Kustomization', 'app');
    await world.pass(12);
    expect(
      world.get('Service', 'orders')?.metadata.deletionTimestamp,
    ).toBeDefined();
    world.delete('Kustomization', 'cluster');
    await world.pass(3);
    world.delete('GitRepository', 'app');
    await world.pass(1);
    expect(world.transcript.text()).toBe(
      recorded('06-12-13-prune-inventory-delete'),
    );
  });

  it('06b: a namespace among the objects is renamed to the target, and goes with everything in it', async () => {
    world = new FluxWorld('team-n');
    world.git.push('init', {
      'deploy/namespace.yaml': manifest('v1', 'Namespace', 'team-n-extra'),
      'deploy/orders.yaml': deployment('orders', '1.4.2'),
    });
    world.gitRepository('app');
    world.kustomization('app', {
      interval: '5m',
      path: './deploy',
      sourceRef: { kind: 'GitRepository', name: 'app' },
      targetNamespace: 'team-n',
    });
    await world.pass(5);
    world.delete('Kustomization', 'app');
    await world.pass(15);
    expect(world.get('GitRepository', 'app')).toBeUndefined();
    expect(
      world.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team-n' }),
    ).toBeUndefined();
    expect(world.transcript.text()).toBe(
      recorded('06b-target-namespace-hazard'),
    );
  });

  it('07: a chain of dependencies waits, turns green in order, and flips at every commit', async () => {
    world = new FluxWorld('platform');
    const files = (tag: string) => ({
      'infra/redis.yaml': deployment('redis', tag),
    });
    world.git.push('init', {
      ...files('broken'),
      'orders/orders.yaml': deployment('orders', '1.0.0'),
      'cart/cart.yaml': deployment('cart', '1.0.0'),
    });
    world.gitRepository('chain', { interval: '10m' });
    const common = {
      interval: '5m',
      sourceRef: { kind: 'GitRepository', name: 'chain' },
      targetNamespace: 'platform',
      wait: true,
    };
    world.kustomization('infra', {
      ...common,
      path: './infra',
      retryInterval: '15s',
      timeout: '20s',
    });
    world.kustomization('orders', {
      ...common,
      path: './orders',
      timeout: '30s',
      dependsOn: [{ name: 'infra' }],
    });
    world.kustomization('cart', {
      ...common,
      path: './cart',
      timeout: '30s',
      dependsOn: [{ name: 'orders' }],
    });
    await world.pass(50.5);
    world.git.push('fix', files('1.0.0'));
    world.request('GitRepository', 'chain');
    await world.pass(52);
    world.kustomization('missing-dep', {
      ...common,
      path: './cart',
      wait: undefined,
      timeout: undefined,
      dependsOn: [{ name: 'does-not-exist' }],
    });
    await world.pass(8);
    world.git.push('touch', { 'README.md': 'new\n' });
    world.request('GitRepository', 'chain');
    await world.pass(15.2);
    expect(withoutRepeats(world.transcript.text())).toBe(
      withoutRepeats(recorded('07-depends-on-chain')),
    );
  });
});
