// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DefaultOwnership } from './DefaultOwnership';

function group(name: string, ...children: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    relations: children.map(child => ({
      type: 'parentOf',
      targetRef: `group:default/${child}`,
    })),
  };
}

const HEAD = ['user:default/head', 'group:default/engineering'];

function start(refs: string[]) {
  const getUserInfo = jest.fn(async () => ({
    userEntityRef: refs[0],
    ownershipEntityRefs: refs,
  }));
  const catalog = catalogServiceMock({
    entities: [
      // A circle, as organisations are written by hand.
      group('engineering', 'team-a', 'platform'),
      group('team-a', 'squad', 'engineering'),
      group('squad'),
      group('platform'),
    ],
  });
  const read = jest.spyOn(catalog, 'getEntitiesByRefs');
  const ownership = DefaultOwnership.create({
    userInfo: mockServices.userInfo.mock({ getUserInfo }),
    catalog,
    auth: mockServices.auth(),
  });
  return { ownership, getUserInfo, read };
}

describe('DefaultOwnership', () => {
  it('owns what the groups below own, and is only what it was signed in as', async () => {
    const { ownership } = start(HEAD);
    const credentials = mockCredentials.user('user:default/head');
    expect(await ownership.refsOf(credentials)).toEqual(HEAD);
    expect(await ownership.reachOf(credentials)).toEqual([
      ...HEAD,
      'group:default/team-a',
      'group:default/platform',
      'group:default/squad',
    ]);
  });

  it('reaches nothing above', async () => {
    const refs = ['user:default/dev', 'group:default/squad'];
    const { ownership } = start(refs);
    expect(await ownership.reachOf(mockCredentials.user())).toEqual(refs);
  });

  it('looks a person up once for a batch and groups once for all', async () => {
    const { ownership, getUserInfo, read } = start(HEAD);
    const batch = mockCredentials.user('user:default/head');
    await Promise.all([ownership.refsOf(batch), ownership.reachOf(batch)]);
    expect(getUserInfo).toHaveBeenCalledTimes(1);
    const reads = read.mock.calls.length;
    await ownership.reachOf(mockCredentials.user('user:default/head'));
    expect(getUserInfo).toHaveBeenCalledTimes(2);
    expect(read).toHaveBeenCalledTimes(reads);
  });
});
