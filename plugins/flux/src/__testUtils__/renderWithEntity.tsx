// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import {
  translationApiRef,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { deliveryApiRef } from '@fairway/plugin-delivery-react';
import { FakeDeliveryApi } from '@fairway/plugin-delivery-react/testing';
import type { ReactElement } from 'react';
import { DefaultFluxApi, fluxApiRef } from '../api';

/** A service of team-a that says where it runs. */
export const ORDERS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'orders' },
  },
  spec: { type: 'service', owner: 'group:default/team-a' },
};

export const ORDERS_TOPIC = 'fairway-flux.deployments:component:default/orders';

export interface RenderWithEntityOptions {
  delivery: FakeDeliveryApi;
  translation?: TranslationApi;
  /** Where the page is opened, with its query. */
  address?: string;
  /** Answers requests that are no live documents. */
  fetch?: typeof globalThis.fetch;
}

/** Renders a page or card of an entity as the portal does, with news from the test. */
export function renderWithEntity(
  element: ReactElement,
  options: RenderWithEntityOptions,
) {
  const {
    delivery,
    translation = mockApis.translation(),
    address,
    fetch = globalThis.fetch,
  } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, delivery],
        [fluxApiRef, DefaultFluxApi.create({ fetchApi: { fetch } })],
        [translationApiRef, translation],
      ]}
    >
      <EntityProvider entity={ORDERS}>{element}</EntityProvider>
    </TestApiProvider>,
    address ? { initialRouteEntries: [address] } : undefined,
  );
}
