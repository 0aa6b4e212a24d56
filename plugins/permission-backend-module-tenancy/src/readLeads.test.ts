// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices } from '@backstage/backend-test-utils';
import { readLeads } from './readLeads';

const read = (leads?: object) =>
  readLeads(
    mockServices.rootConfig({ data: { fairway: { tenancy: { leads } } } }),
  );

describe('readLeads', () => {
  it('reserves nothing without configuration, and completes references', () => {
    expect(read()).toEqual({
      permissions: [],
      group: undefined,
      relation: undefined,
    });
    expect(
      read({
        permissions: ['fairway-cost.budget.update'],
        group: '{team}-leads',
        relation: 'ledBy',
      }),
    ).toEqual({
      permissions: ['fairway-cost.budget.update'],
      group: 'group:default/{team}-leads',
      relation: 'ledBy',
    });
  });

  it.each([
    [
      { permissions: ['fairway-cost.budget.update'] },
      'fairway.tenancy.leads.permissions is set, but nobody leads: set fairway.tenancy.leads.group or fairway.tenancy.leads.relation',
    ],
    [
      { permissions: ['catalog.entity.delete'], relation: 'ledBy' },
      "fairway.tenancy.leads.permissions holds 'catalog.entity.delete'",
    ],
    [
      { group: 'user:default/lead-a' },
      "fairway.tenancy.leads.group is 'user:default/lead-a', which is not a group",
    ],
    [
      { relation: 'led by' },
      "fairway.tenancy.leads.relation is 'led by': give the type of a relation",
    ],
  ])('refuses %j by name', (leads, message) => {
    expect(() => read(leads)).toThrow(message);
  });
});
