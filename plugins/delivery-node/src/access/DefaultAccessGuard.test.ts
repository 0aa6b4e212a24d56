// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { DefaultAccessGuard } from './DefaultAccessGuard';

const READ = createPermission({
  name: 'test.thing.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});
const WRITE = createPermission({
  name: 'test.thing.update',
  attributes: { action: 'update' },
  resourceType: 'catalog-entity',
});
const A = mockCredentials.user('user:default/dev-a');
const B = mockCredentials.user('user:default/dev-b');

function component(index: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: `c${index}`, namespace: 'default' },
  };
}

const refOf = (index: number) => `component:default/c${index}`;
const refs = (count: number) =>
  Array.from({ length: count }, (_, index) => refOf(index));

function start(options: { entities: number; denied?: number[] }) {
  const asked: Array<{ size: number; who: string; permission: string }> = [];
  let running = 0;
  let most = 0;
  const authorize: PermissionsService['authorize'] = async (
    questions,
    { credentials },
  ) => {
    running++;
    most = Math.max(most, running);
    const { userEntityRef, subject } = (credentials as BackstageCredentials)
      .principal as { userEntityRef?: string; subject?: string };
    asked.push({
      size: questions.length,
      who: userEntityRef ?? subject ?? 'nobody',
      permission: questions[0].permission.name,
    });
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    running--;
    return questions.map(({ resourceRef }) => ({
      result: options.denied?.some(index => resourceRef === refOf(index))
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }));
  };
  const guard = DefaultAccessGuard.create({
    catalog: catalogServiceMock({
      entities: Array.from({ length: options.entities }, (_, index) =>
        component(index),
      ),
    }),
    permissions: mockServices.permissions.mock({ authorize }),
  });
  return { guard, asked, mostAtOnce: () => most };
}

describe('DefaultAccessGuard', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('gives the entity, and the same answer for unknown, forbidden and no reference at all', async () => {
    const { guard } = start({ entities: 2, denied: [1, 7] });
    expect(await guard.entity(refOf(0), READ, A)).toEqual(component(0));
    for (const ref of [refOf(1), refOf(7), refOf(8), 'c0', ':', '']) {
      await expect(guard.entity(ref, READ, A)).rejects.toMatchObject({
        name: 'NotFoundError',
        message: `No entity ${ref}`,
      });
    }
  });

  it('filters in the given order, in chunks of at most 50, at most four at once', async () => {
    const { guard, asked, mostAtOnce } = start({ entities: 420, denied: [3] });
    const given = [...refs(430).reverse(), refOf(5), refOf(3)];
    const seen = await guard.filter(given, READ, A);
    expect(seen.map(({ metadata }) => metadata.name)).toEqual([
      ...Array.from({ length: 420 }, (_, index) => `c${419 - index}`).filter(
        name => name !== 'c3',
      ),
      'c5',
    ]);
    expect(asked.map(({ size }) => size)).toEqual([
      50, 50, 50, 50, 50, 50, 50, 50, 30,
    ]);
    expect(mostAtOnce()).toBe(4);
    expect(await guard.filter([], READ, A)).toEqual([]);
    expect(asked).toHaveLength(9);
  });

  it('keeps what is allowed for 30 s, for that caller and that permission only', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    // The cache takes the very beginning of time for "never".
    jest.advanceTimersByTime(1);
    const { guard, asked } = start({ entities: 2 });
    const ask = async (
      permission: typeof READ,
      credentials: BackstageCredentials,
    ) => (await guard.filter(refs(2), permission, credentials)).length;
    expect(await ask(READ, A)).toBe(2);
    expect(await ask(READ, A)).toBe(2);
    await guard.entity(refOf(0), READ, A);
    expect(asked).toHaveLength(1);
    await ask(READ, B);
    await ask(WRITE, A);
    await ask(READ, mockCredentials.service('plugin:test'));
    expect(asked.slice(1)).toEqual([
      { size: 2, who: 'user:default/dev-b', permission: 'test.thing.read' },
      { size: 2, who: 'user:default/dev-a', permission: 'test.thing.update' },
      { size: 2, who: 'plugin:test', permission: 'test.thing.read' },
    ]);
    jest.advanceTimersByTime(29_000);
    await ask(READ, A);
    expect(asked).toHaveLength(4);
    jest.advanceTimersByTime(1_001);
    await ask(READ, A);
    expect(asked).toHaveLength(5);
    // Nobody has a name under which a decision could be kept.
    await ask(READ, mockCredentials.none());
    await ask(READ, mockCredentials.none());
    expect(asked).toHaveLength(7);
  });

  it('asks the catalog for an entity once in 30 s and caller, and each time for one that is not there or not linked yet', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    jest.advanceTimersByTime(1);
    const catalog = catalogServiceMock.mock();
    const guard = DefaultAccessGuard.create({
      catalog,
      permissions: mockServices.permissions.mock({
        authorize: async questions =>
          questions.map(() => ({ result: AuthorizeResult.ALLOW })),
      }),
    });
    await expect(guard.entity(refOf(0), READ, A)).rejects.toThrow('No entity');
    // As the catalog has it in the first moment: without its owner.
    catalog.getEntityByRef.mockResolvedValue(component(0));
    expect(await guard.entity(refOf(0), READ, A)).toEqual(component(0));
    const linked = {
      ...component(0),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
    };
    catalog.getEntityByRef.mockResolvedValue(linked);
    for (const credentials of [A, A, B, A]) {
      expect(await guard.entity(refOf(0), READ, credentials)).toEqual(linked);
    }
    expect(
      catalog.getEntityByRef.mock.calls.map(
        ([, options]) => (options as { credentials: unknown }).credentials,
      ),
    ).toEqual([A, A, A, B]);
    jest.advanceTimersByTime(30_001);
    catalog.getEntityByRef.mockResolvedValue(undefined);
    await expect(guard.entity(refOf(0), READ, A)).rejects.toThrow('No entity');
    // Nobody has a name under which it could be kept.
    catalog.getEntityByRef.mockResolvedValue(linked);
    await guard.entity(refOf(0), READ, mockCredentials.none());
    await guard.entity(refOf(0), READ, mockCredentials.none());
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(7);
  });

  it('opens an entity as soon as the catalog has it, whatever was said before', async () => {
    const denied = [1];
    const { guard, asked } = start({ entities: 3, denied });
    await expect(guard.entity(refOf(1), READ, A)).rejects.toThrow(
      'No entity component:default/c1',
    );
    expect(await guard.filter(refs(2), READ, A)).toEqual([component(0)]);
    denied.pop();
    expect(await guard.entity(refOf(1), READ, A)).toEqual(component(1));
    expect(await guard.filter(refs(2), READ, A)).toEqual([
      component(0),
      component(1),
    ]);
    expect(asked.map(({ size }) => size)).toEqual([1, 2, 1]);
  });

  it('takes what cannot be decided for an error, and keeps nothing of it', async () => {
    let broken = true;
    const guard = DefaultAccessGuard.create({
      catalog: catalogServiceMock({ entities: [component(0)] }),
      permissions: mockServices.permissions.mock({
        authorize: async questions => {
          if (broken) {
            throw new Error('503');
          }
          return questions.map(() => ({ result: AuthorizeResult.ALLOW }));
        },
      }),
    });
    await expect(guard.entity(refOf(0), READ, A)).rejects.toThrow('503');
    broken = false;
    expect(await guard.entity(refOf(0), READ, A)).toEqual(component(0));
  });
});
