// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  identityApiRef,
  translationApiRef,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  HOME_TOPIC,
  type HomeDocument,
  type HomeEnvironment,
} from '@fairway/plugin-delivery-common';
import { deliveryApiRef } from '@fairway/plugin-delivery-react';
import {
  FakeDeliveryApi,
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import { HomePage } from './HomePage';

expect.extend(toHaveNoViolations);

const NOW = Date.parse('2026-11-24T09:00:00.000Z');

const ENVIRONMENTS = ['dev', 'staging', 'prod'].map(name => ({
  name,
  title: name,
}));

function environment(
  name: string,
  state: string,
  tone: HomeEnvironment['tone'],
  version?: string,
): HomeEnvironment {
  const reason = { code: 'something.new', params: {} };
  return { name, title: name, state, tone, version, reason };
}

function homeDocument(): HomeDocument {
  return {
    environments: ENVIRONMENTS,
    services: [
      {
        entityRef: 'component:default/orders',
        title: 'orders',
        description: 'Takes orders 🧾',
        owner: 'group:default/team-a',
        environments: [
          environment('dev', 'ready', 'positive', '1.5.0'),
          environment('staging', 'failing', 'negative', '1.5.0'),
          environment('prod', 'suspended', 'paused', '1.4.1'),
        ],
      },
      {
        entityRef: 'component:default/cart',
        title: 'cart',
        owner: 'group:default/team-a',
        environments: [
          environment('dev', 'a-state-of-tomorrow', 'warning', '2.0.0'),
          environment('staging', 'empty', 'unknown'),
        ],
      },
    ],
    needsYou: [
      {
        entityRef: 'component:default/orders',
        title: 'orders',
        environment: 'staging',
        tone: 'negative',
        reason: {
          code: 'rolling.pull',
          params: { version: '1.5.0', reason: 'ErrImagePull' },
        },
        since: '2026-11-24T08:48:00.000Z',
      },
    ],
    total: 2,
    truncated: false,
  };
}

function manyServices(count: number): HomeDocument {
  const [service] = homeDocument().services;
  return {
    environments: ENVIRONMENTS,
    services: Array.from({ length: count }, (_, index) => ({
      ...service,
      entityRef: `component:default/service-${index}`,
      title: `service-${index}`,
    })),
    needsYou: [],
    total: 700,
    truncated: true,
  };
}

function renderHome(options: {
  delivery: FakeDeliveryApi;
  translation?: TranslationApi;
  address?: string;
}) {
  const { delivery, translation = mockApis.translation(), address } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, delivery],
        [translationApiRef, translation],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/dev-a',
            displayName: 'Alex',
          }),
        ],
      ]}
    >
      <HomePage />
    </TestApiProvider>,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [address ?? '/'],
    },
  );
}

function showing(data: HomeDocument): FakeDeliveryApi {
  return new FakeDeliveryApi().set(HOME_TOPIC, {
    data,
    status: 'live',
    asOf: NOW,
    liveSince: NOW,
  });
}

/** The cells of the table as a reader sees them, row by row. */
function tableRows() {
  return within(screen.getByRole('table'))
    .getAllByRole('row')
    .map(row => [...row.children].map(cell => cell.textContent));
}

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('HomePage', () => {
  it('says what needs the reader and how each service is', async () => {
    const { container } = renderHome({ delivery: showing(homeDocument()) });

    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: /^Good (morning|afternoon|evening), Alex$/,
      }),
    ).toBeInTheDocument();

    const needsYou = screen.getByRole('region', { name: 'Needs you (1)' });
    expect(within(needsYou).getAllByRole('listitem')).toHaveLength(1);
    expect(needsYou).toHaveTextContent(
      /orders in staging.*Failing.*Rolling out 1\.5\.0: pods cannot pull the image \(ErrImagePull\).*12 min\. ago/,
    );
    expect(
      within(needsYou).getByRole('link', { name: 'orders in staging' }),
    ).toHaveAttribute('href', '/catalog/default/component/orders');

    expect(tableRows()).toEqual([
      ['Service', 'dev', 'staging', 'prod'],
      [
        'ordersTakes orders 🧾',
        '1.5.0 Healthy',
        '1.5.0 Failing',
        '1.4.1 Paused',
      ],
      ['cart', '2.0.0 Needs attention', 'not deployed', 'not used'],
    ]);
    expect(screen.getByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart',
    );
    expect(screen.getByText(/live since/)).toBeInTheDocument();
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('changes a cell in place when news arrive', async () => {
    const delivery = showing(homeDocument());
    renderHome({ delivery });
    const row = (await screen.findByRole('rowheader', { name: /orders/ }))
      .parentElement;

    const next = homeDocument();
    next.services[0].environments[1] = environment(
      'staging',
      'ready',
      'positive',
      '1.5.1',
    );
    next.needsYou = [];
    act(() => {
      delivery.set(HOME_TOPIC, { data: next, status: 'live', asOf: NOW });
    });

    expect(screen.getByRole('cell', { name: '1.5.1 Healthy' })).toHaveProperty(
      'parentElement',
      row,
    );
    expect(
      screen.getByText(/Nothing needs you. All that you own/),
    ).toBeInTheDocument();
  });

  it('tells who owns nothing how to get a service', async () => {
    const { container } = renderHome({
      delivery: showing({
        environments: ENVIRONMENTS,
        services: [],
        needsYou: [],
        total: 0,
        truncated: false,
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'You own no services yet' }),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^Create one from a template/),
      expect.stringMatching(/backstage\.io\/kubernetes-id/),
    ]);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('waits, fails and is asked again, and keeps old data with its age', async () => {
    const delivery = new FakeDeliveryApi();
    renderHome({ delivery });
    expect(
      await screen.findByText('Loading your services'),
    ).toBeInTheDocument();

    act(() => {
      delivery.set(HOME_TOPIC, {
        status: 'error',
        error: new Error('Bad gateway'),
      });
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Your services could not be loaded',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(delivery.refreshed).toEqual([HOME_TOPIC]);

    act(() => {
      delivery.set(HOME_TOPIC, {
        data: homeDocument(),
        status: 'error',
        error: new Error('Bad gateway'),
        asOf: NOW,
      });
    });
    expect(screen.getByRole('table')).toBeInTheDocument();
    expect(screen.getByText(/not connected, shows/)).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('filters many services by the address', async () => {
    const user = userEvent.setup();
    renderHome({
      delivery: showing(manyServices(500)),
      address: '/?filter=SERVICE-49',
    });
    const filter = await screen.findByRole('searchbox', {
      name: 'Filter services',
    });
    expect(filter).toHaveValue('SERVICE-49');
    expect(screen.getByText('The first 500 of 700')).toBeInTheDocument();
    expect(
      tableRows()
        .slice(1)
        .map(([name]) => name),
    ).toEqual(
      ['49', ...Array.from({ length: 10 }, (_, i) => `49${i}`)].map(
        n => `service-${n}Takes orders 🧾`,
      ),
    );

    await user.type(filter, 'x');
    expect(
      screen.getByText('None of your services matches “SERVICE-49x”.'),
    ).toBeInTheDocument();
  });

  it('has no word that is not translated', async () => {
    const delivery = showing(homeDocument());
    renderHome({
      delivery,
      translation: createPseudoTranslationApi(mockApis.translation()),
    });
    await screen.findByText(/Alex/);
    const data = [
      ...['Alex', 'orders', 'cart', 'dev', 'staging', 'prod', 'Takes orders'],
      // A reason without words of its own shows its code.
      'something: new',
    ];
    expect(findRawLiterals(screen.getByRole('main'), { data })).toEqual([]);
  });
});
