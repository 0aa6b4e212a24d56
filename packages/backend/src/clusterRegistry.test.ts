// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesClusterSupplierExtensionPoint } from '@backstage/plugin-kubernetes-node';
import {
  type ClusterRegistry,
  clusterRegistryServiceRef,
  type WatchCache,
  watchCacheServiceRef,
} from '@fairway/plugin-delivery-node';
import { startTenants } from './__testUtils__/startTenants';

const CLUSTERS = [
  {
    name: 'dev',
    title: 'Development',
    // Nothing listens there: no test needs a cluster that answers.
    url: 'http://127.0.0.1:1',
    authProvider: 'serviceAccount',
    serviceAccountToken: 'portal',
  },
  {
    name: 'prod',
    url: 'http://127.0.0.1:1',
    authProvider: 'google',
  },
];

describe('the cluster registry', () => {
  it('knows what the stock Kubernetes plugin knows, and can be the supplier of it', async () => {
    let registry: ClusterRegistry;
    let watch: WatchCache;
    let supplied: string[] = [];
    const supplier = createBackendModule({
      pluginId: 'kubernetes',
      moduleId: 'registry',
      register(env) {
        env.registerInit({
          deps: {
            clusters: kubernetesClusterSupplierExtensionPoint,
            shared: clusterRegistryServiceRef,
            cache: watchCacheServiceRef,
          },
          async init({ clusters, shared, cache }) {
            registry = shared;
            watch = cache;
            clusters.addClusterSupplier(async ({ getDefault }) => {
              const stock = await getDefault();
              return {
                async getClusters(options) {
                  const all = await stock.getClusters(options);
                  const known = all.filter(({ name }) => shared.get(name));
                  supplied = known.map(({ name }) => name);
                  return known;
                },
              };
            });
          },
        });
      },
    });
    const { backend, url } = await startTenants({
      features: [kubernetesPlugin, supplier],
      config: {
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [{ type: 'config', clusters: CLUSTERS }],
        },
        fairway: { clusterAliases: { dev: ['arm-id-of-dev'] } },
      },
    });
    const response = await fetch(`${url}/api/kubernetes/clusters`, {
      headers: {
        authorization: mockCredentials.user.header('user:default/platform-a'),
      },
    });
    const { items } = await response.json();
    const stock = items.map((item: { name: string; title?: string }) => [
      item.name,
      item.title ?? item.name,
    ]);
    expect(stock).toEqual([
      ['dev', 'Development'],
      ['prod', 'prod'],
    ]);
    expect(registry!.list().map(({ name, title }) => [name, title])).toEqual(
      stock,
    );
    expect(supplied).toEqual(['dev', 'prod']);
    expect(registry!.get('arm-id-of-dev')?.name).toBe('dev');
    // What needs a browser's token is known, and is not watched.
    expect((await watch!.status('prod')).state).toBe('unauthorized');
    await backend.stop();
  }, 60_000);
});
