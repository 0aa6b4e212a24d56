// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderTestApp } from '@backstage/frontend-test-utils';
import { HOME_TOPIC } from '@fairway/plugin-delivery-common';
import { deliveryApiRef } from '@fairway/plugin-delivery-react';
import { FakeDeliveryApi } from '@fairway/plugin-delivery-react/testing';
import { screen } from '@testing-library/react';
import plugin from './index';

describe('deliveryPlugin', () => {
  it('is the first page of the portal', async () => {
    const delivery = new FakeDeliveryApi().set(HOME_TOPIC, {
      data: {
        environments: [],
        services: [],
        needsYou: [],
        total: 0,
        truncated: false,
      },
      status: 'live',
    });
    renderTestApp({
      features: [plugin],
      apis: [[deliveryApiRef, delivery]],
      initialRouteEntries: ['/'],
    });
    expect(
      await screen.findByRole('heading', { name: 'You own no services yet' }),
    ).toBeInTheDocument();
  });
});
