// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { deliveryApiRef } from '@fairway/plugin-delivery-react';
import { FakeDeliveryApi } from '@fairway/plugin-delivery-react/testing';
import { screen } from '@testing-library/react';
import { fluxPlugin } from './plugin';
import { healthyDocument } from './__testUtils__/documents';
import { ORDERS, ORDERS_TOPIC } from './__testUtils__/renderWithEntity';

function open(entity: typeof ORDERS) {
  const delivery = new FakeDeliveryApi().set(ORDERS_TOPIC, {
    data: healthyDocument(),
    status: 'live',
    asOf: Date.now(),
  });
  renderTestApp({
    features: [fluxPlugin],
    extensions: [
      createTestEntityPage({ entity }),
      fluxPlugin.getExtension('entity-content:fairway-flux/deployments'),
    ],
    apis: [[deliveryApiRef, delivery]],
  });
}

describe('fluxPlugin', () => {
  it('gives a service that says where it runs its page', async () => {
    open(ORDERS);
    expect(
      await screen.findByText('All 3 environments are live and healthy.'),
    ).toBeInTheDocument();
  });
});
