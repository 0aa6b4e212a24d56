// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isGroupMember } from './isGroupMember';

const claims = ['user:default/dev-a', 'group:default/team-a', 'nonsense'];

const entity = (kind: string, name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
});

describe('isGroupMember', () => {
  it('allows the groups of the caller, and nothing else of the same name', () => {
    const allowed = [
      entity('Group', 'team-a'),
      entity('Group', 'Team-A'),
      entity('Group', 'team-b'),
      entity('Component', 'team-a'),
      entity('User', 'dev-a'),
    ].filter(each => isGroupMember.apply(each, { claims }));
    expect(
      allowed.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ).toEqual(['Group team-a', 'Group Team-A']);
  });

  it('says the same as a query, which matches nothing for who is in no group', () => {
    const named = (name: string, namespace = 'default') => ({
      allOf: [
        { key: 'kind', values: ['group'] },
        { key: 'metadata.namespace', values: [namespace] },
        { key: 'metadata.name', values: [name] },
      ],
    });
    expect(isGroupMember.toQuery({ claims })).toEqual({
      anyOf: [named('team-a')],
    });
    expect(isGroupMember.toQuery({ claims: ['user:default/dev-a'] })).toEqual({
      anyOf: [named('-', '-')],
    });
  });
});
