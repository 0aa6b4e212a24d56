// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import {
  identityApiRef,
  translationApiRef,
  type ApiHolder,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  type CatalogApi,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { useState, type ComponentType } from 'react';

const group = (name: string, title: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default', title },
  spec: { type: 'team' },
});

/** Catalog of a small portal: two teams, their parent, a user of one team and a service. */
export const ENTITIES: Entity[] = [
  group('team-a', 'Team A'),
  group('team-b', 'Team B'),
  group('engineering', 'Engineering'),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'dev-a', namespace: 'default' },
    relations: [{ type: 'memberOf', targetRef: 'group:default/team-a' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'payments', namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-b' }],
  },
];

/** Ownership claims hold the parent group too. */
const CLAIMS = [
  'user:default/dev-a',
  'group:default/team-a',
  'group:default/engineering',
];

/** What surrounds a field. */
export interface FieldWorld {
  catalog?: CatalogApi;
  translation?: TranslationApi;
  claims?: string[];
}

function apisOf(world: FieldWorld) {
  return [
    [catalogApiRef, world.catalog ?? catalogApiMock({ entities: ENTITIES })],
    [
      identityApiRef,
      mockApis.identity({
        userEntityRef: 'user:default/dev-a',
        ownershipEntityRefs: world.claims ?? CLAIMS,
      }),
    ],
    [translationApiRef, world.translation ?? mockApis.translation()],
  ] as const;
}

/** Runs a field's validator as the form does when the step is left. */
export async function validate(
  formField: unknown,
  value: unknown,
  world: FieldWorld = {},
): Promise<string[]> {
  const apis = new Map<string, unknown>(
    apisOf(world).map(([ref, api]) => [ref.id, api]),
  );
  const apiHolder = { get: (ref: { id: string }) => apis.get(ref.id) };
  const errors: string[] = [];
  const { validation } = formField as {
    validation: (
      value: unknown,
      field: { addError: (message: string) => void },
      context: { apiHolder: ApiHolder; formData: object; schema: object },
    ) => void | Promise<void>;
  };
  await validation(
    value,
    { addError: message => errors.push(message) },
    { apiHolder: apiHolder as ApiHolder, formData: {}, schema: {} },
  );
  return errors;
}

/** Renders a field that keeps its value, as the form does, and shows the value it has. */
export function renderField(
  Field: ComponentType<never>,
  options: FieldWorld & { formData?: unknown; formContext?: object } = {},
): ReturnType<typeof renderInTestApp> & { values: unknown[] } {
  const values: unknown[] = [];
  const Any = Field as ComponentType<Record<string, unknown>>;
  function Holder() {
    const [value, setValue] = useState(options.formData);
    return (
      <Any
        formData={value}
        onChange={(next: unknown) => {
          values.push(next);
          setValue(next);
        }}
        required
        schema={{}}
        uiSchema={{}}
        idSchema={{ $id: 'root_field' }}
        formContext={options.formContext ?? {}}
      />
    );
  }
  const rendered = renderInTestApp(
    <TestApiProvider apis={apisOf(options)}>
      <Holder />
    </TestApiProvider>,
  );
  return { ...rendered, values };
}
