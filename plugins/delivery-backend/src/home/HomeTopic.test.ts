// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { createPermission } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type Summarizer,
  type WatchCache,
  type WatchChange,
} from '@fairway/plugin-delivery-node';
import { HomeDocuments } from './HomeDocuments';
import { HomeTopic } from './HomeTopic';
import { Portfolios } from './Portfolios';

const A = mockCredentials.user('user:default/dev-a');
const B = mockCredentials.user('user:default/dev-b');

function component(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
  };
}

function start() {
  const calls = { ownership: 0, catalog: 0, guard: 0, summaries: 0 };
  const entities = [component('orders'), component('cart')];
  const allowed = new Set(entities.map(stringifyEntityRef));
  let version = '1.0.0';
  const summarizer: Summarizer = {
    id: 'test',
    permission: createPermission({
      name: 'test.read',
      attributes: { action: 'read' },
      resourceType: 'catalog-entity',
    }),
    async summarize(seen) {
      calls.summaries++;
      return new Map(
        seen.map(entity => [
          stringifyEntityRef(entity),
          [
            {
              name: 'dev',
              title: 'dev',
              state: 'ready',
              tone: 'positive',
              version,
              reason: { code: 'ready', params: {} },
            },
          ],
        ]),
      );
    },
  };
  const catalog = catalogServiceMock({ entities });
  const query = catalog.queryEntities.bind(catalog);
  const listeners = new Set<(changes: WatchChange[]) => void>();
  const topic = HomeTopic.create({
    auth: mockServices.auth(),
    watch: {
      subscribe(_filter, listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as Pick<WatchCache, 'subscribe'> as WatchCache,
    documents: HomeDocuments.create({
      environments: [{ name: 'dev', title: 'dev', order: 1, targets: [] }],
      portfolios: Portfolios.create({
        catalog: Object.assign(catalog, {
          queryEntities(...args: Parameters<typeof query>) {
            calls.catalog++;
            return query(...args);
          },
        }),
        guard: {
          entity: async () => entities[0],
          async filter(refs) {
            calls.guard++;
            return entities.filter(
              each =>
                refs.includes(stringifyEntityRef(each)) &&
                allowed.has(stringifyEntityRef(each)),
            );
          },
        },
        ownership: {
          refsOf: async () => [],
          async reachOf() {
            calls.ownership++;
            return ['group:default/team-a'];
          },
        },
        summaries: { register: () => undefined, all: () => [summarizer] },
      }),
    }),
  });
  return {
    topic,
    calls,
    allowed,
    listeners,
    deploy: (next: string) => {
      version = next;
    },
    change: () =>
      listeners.forEach(tell => tell([{ type: 'modified', cluster: 'dev' }])),
  };
}

async function versions(topic: HomeTopic, credentials = A) {
  const { data } = await topic.snapshot('me', credentials);
  const { services } = data as {
    services: Array<{ environments: Array<{ version?: string }> }>;
  };
  return services.map(({ environments }) => environments[0]?.version);
}

describe('HomeTopic', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks catalog and permissions when rights are looked at, and for no change', async () => {
    const { topic, calls, deploy, allowed } = start();
    await topic.authorize('me', A);
    expect(await versions(topic)).toEqual(['1.0.0', '1.0.0']);
    deploy('2.0.0');
    for (let change = 0; change < 50; change++) {
      expect(await versions(topic)).toEqual(['2.0.0', '2.0.0']);
    }
    expect(calls).toEqual({
      ownership: 1,
      catalog: 1,
      guard: 1,
      summaries: 51,
    });

    allowed.delete('component:default/cart');
    await topic.authorize('me', A);
    expect(await versions(topic)).toEqual([undefined, '2.0.0']);
    expect(calls).toEqual({
      ownership: 2,
      catalog: 2,
      guard: 2,
      summaries: 52,
    });
  });

  it('shares one look among tabs that open at once, and never with somebody else', async () => {
    const { topic, calls } = start();
    await Promise.all([topic.authorize('me', A), topic.authorize('me', A)]);
    expect(calls.catalog).toBe(1);
    await versions(topic, B);
    expect(calls.catalog).toBe(2);
  });

  it('works only when something changes, at most every 5 s, and not after the page is gone', async () => {
    jest.useFakeTimers();
    const { topic, listeners, change } = start();
    let told = 0;
    const stop = topic.subscribe('me', () => told++);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(told).toBe(0);
    for (let i = 0; i < 100; i++) {
      change();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(told).toBe(2);
    change();
    stop();
    expect([listeners.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it.each([
    ['you', A],
    ['me', mockCredentials.service('plugin:test')],
    ['me', mockCredentials.none()],
  ])('knows no home %s of %j', async (key, credentials) => {
    const { topic } = start();
    await expect(topic.authorize(key, credentials)).rejects.toThrow(
      `No home ${key}`,
    );
    await expect(topic.snapshot(key, credentials)).rejects.toThrow(
      `No home ${key}`,
    );
  });
});
