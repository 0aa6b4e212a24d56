// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { FluxWorld } from './__testing__/FluxWorld';
import { child, deployment } from './__testing__/manifests';
import { recorded } from './__testing__/recorded';

let world: FluxWorld;

afterEach(() => world.stop());

describe('suspending gives the same writes as with real Flux controllers', () => {
  it('08: suspend, resume, and what a parent takes back', async () => {
    world = new FluxWorld('storefront');
    const ns = 'storefront';
    const apps = (cart: object) => ({
      'apps/children.yaml': [
        child('orders', ns, { path: './orders' }),
        child('payments', ns, { path: './payments', suspend: false }),
        child('cart', ns, { path: './cart', ...cart }),
      ].join('---\n'),
    });
    world.git.push('init', {
      ...apps({}),
      'orders/d.yaml': deployment('orders', '1.0.0'),
      'payments/d.yaml': deployment('payments', '1.0.0'),
      'cart/d.yaml': deployment('cart', '1.0.0'),
    });
    world.gitRepository('store');
    world.kustomization('apps', {
      interval: '30s',
      path: './apps',
      sourceRef: { kind: 'GitRepository', name: 'store' },
      wait: false,
    });
    const suspend = (kind: string, name: string, value: boolean | null) =>
      world.patch(kind, name, { spec: { suspend: value } }, 'flux');
    await world.pass(5);
    suspend('Kustomization', 'orders', true);
    suspend('Kustomization', 'payments', true);
    await world.pass(3);
    world.request('Kustomization', 'orders');
    await world.pass(5);
    world.request('Kustomization', 'apps');
    await world.pass(8);
    world.git.push('1.1.0', {
      'orders/d.yaml': deployment('orders', '1.1.0'),
      'payments/d.yaml': deployment('payments', '1.1.0'),
    });
    world.request('GitRepository', 'store');
    await world.pass(31);
    expect(world.get('Kustomization', 'orders')?.spec.suspend).toBe(true);
    expect(world.get('Kustomization', 'payments')?.spec.suspend).toBe(false);
    suspend('Kustomization', 'orders', false);
    await world.pass(5);
    suspend('Kustomization', 'cart', true);
    await world.pass(2);
    world.git.push(
      'change cart Kustomization (other field)',
      apps({ timeout: '90s' }),
    );
    world.request('GitRepository', 'store');
    await world.pass(5);
    suspend('GitRepository', 'store', true);
    await world.pass(1);
    world.request('GitRepository', 'store');
    await world.pass(1);
    suspend('GitRepository', 'store', null);
    await world.pass(1);
    expect(world.transcript.text()).toBe(recorded('08-suspend-resume'));
  });

  it('08b: a suspend lasts unless its field manager starts with kubectl', async () => {
    world = new FluxWorld('storefront-b');
    const ns = 'storefront-b';
    const managers = [
      'kubectl-patch',
      'kubectl-edit',
      'flux',
      'fairway-portal',
      'node-fetch',
    ];
    const names = [...managers, 'ssa'].sort();
    world.git.push('init', {
      'apps/children.yaml': names
        .map(name => child(`c-${name}`, ns, { path: './child' }))
        .join('---\n'),
      'child/d.yaml': deployment('orders', '1.0.0'),
    });
    world.gitRepository('store', { interval: '10m' });
    world.kustomization('apps', {
      interval: '5m',
      path: './apps',
      sourceRef: { kind: 'GitRepository', name: 'store' },
    });
    await world.pass(5);
    const change = {
      metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': 'token' } },
      spec: { suspend: true },
    };
    for (const manager of managers) {
      world.patch('Kustomization', `c-${manager}`, change, manager);
      await world.pass(1);
    }
    world.store.apply(
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        ...change,
        metadata: { ...change.metadata, name: 'c-ssa', namespace: ns },
      },
      { manager: 'fairway-portal', force: true },
    );
    await world.pass(3);
    world.request('Kustomization', 'apps');
    await world.pass(5);
    const suspended = names.filter(
      name => world.get('Kustomization', `c-${name}`)?.spec.suspend,
    );
    expect(suspended).toEqual(['fairway-portal', 'flux', 'node-fetch', 'ssa']);
    expect(world.transcript.text()).toBe(
      recorded('08b-suspend-field-managers'),
    );
  });
});
