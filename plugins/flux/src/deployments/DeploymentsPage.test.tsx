// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { SOURCE_STATES } from '@fairway/plugin-delivery-common';
import {
  FakeDeliveryApi,
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { commitsSource } from '@fairway/plugin-flux-common';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import {
  NOW,
  ago,
  emptyDocument,
  environment,
  healthyDocument,
  healthyTarget,
  mixedDocument,
  sourceDocument,
} from '../__testUtils__/documents';
import {
  ORDERS_TOPIC,
  renderWithEntity,
} from '../__testUtils__/renderWithEntity';
import { DeploymentsPage } from './DeploymentsPage';

expect.extend(toHaveNoViolations);

function showing(data: unknown): FakeDeliveryApi {
  return new FakeDeliveryApi().set(ORDERS_TOPIC, {
    data,
    status: 'live',
    asOf: NOW,
    liveSince: NOW - 12 * 60_000,
  });
}

/** The page's own part: the shell around it is not ours. */
async function expectNoAxeViolations(container: Element) {
  const result = await axe(container, {
    // The test shell has no landmarks; the portal has.
    rules: { region: { enabled: false } },
  });
  expect(result).toHaveNoViolations();
}

beforeEach(() => {
  jest.useFakeTimers({
    now: NOW,
    doNotFake: [
      'nextTick',
      'setImmediate',
      'queueMicrotask',
      'setTimeout',
      'clearTimeout',
      'performance',
    ],
  });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('DeploymentsPage', () => {
  it('says first what matters, then shows each environment in its place', async () => {
    const { container } = renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
    });

    const regions = (await screen.findAllByRole('heading', { level: 3 })).map(
      heading => heading.textContent,
    );
    expect(regions).toEqual(['dev', 'staging', 'prod', 'History']);
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
      'staging: Applied, but not healthy in time: Deployment team-a/orders',
    );

    const dev = screen.getByRole('region', { name: 'dev' });
    expect(dev).toHaveTextContent('Live and healthy');
    expect(dev).toHaveTextContent('1.5.0');
    expect(dev).toHaveTextContent('3 of 3 pods');
    expect(dev).toHaveTextContent(/reconciled 40 sec. ago/);
    expect(dev).toHaveTextContent(/next check in 9 min/);
    expect(within(dev).getByRole('link', { name: '3f9c2d1' })).toHaveAttribute(
      'href',
      'http://localhost:7110/fairway/platform/_git/gitops/commit/3f9c2d1',
    );
    expect(
      within(dev).queryByRole('button', { name: /Why/ }),
    ).not.toBeInTheDocument();

    const staging = screen.getByRole('region', { name: 'staging' });
    expect(staging).toHaveTextContent('Failing');
    expect(staging).toHaveTextContent('1.5.0 wanted');
    expect(staging).toHaveTextContent('1.4.2 running');

    const prod = screen.getByRole('region', { name: 'prod' });
    expect(prod).toHaveTextContent('2 regions');
    const rows = within(prod)
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^aks-prod-weu1.5.0Live and healthy3 of 3 pods/);
    expect(rows[1]).toMatch(/^aks-prod-neu1.4.1Paused3 of 3 pods/);
    expect(rows[1]).toMatch(/Freeze until the audit/);

    expect(screen.getByText(/live since/)).toBeInTheDocument();
    await expectNoAxeViolations(container);
  });

  it('opens the cause and keeps it in the address', async () => {
    const user = userEvent.setup();
    const { container } = renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
    });

    const button = await screen.findByRole('button', { name: 'Why? staging' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');

    const panel = screen.getByRole('region', { name: /^staging: / });
    const chain = within(panel).getByRole('list', {
      name: 'From Git to pods in aks-staging-weu',
    });
    expect(chain).toHaveTextContent('Kustomization team-a/orders');
    expect(chain).toHaveTextContent('Deployment orders 2 of 3 pods');
    expect(chain).toHaveTextContent(
      'ErrImagePull: acrfairway.azurecr.io/team-a/orders:1.5.0: not found',
    );
    const evidence = within(panel).getByRole('list', { name: 'Evidence' });
    expect(within(evidence).getAllByRole('listitem')).toHaveLength(2);
    // A link of a cluster that is not one of the web is no link.
    expect(within(evidence).queryByRole('link')).not.toBeInTheDocument();
    expect(
      within(panel).getByText(
        'flux reconcile kustomization orders -n team-a --context aks-staging-weu --with-source',
      ),
    ).toBeInTheDocument();
    await expectNoAxeViolations(container);

    const copied = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue();
    await user.click(
      within(panel).getAllByRole('button', { name: /^Copy/ })[0],
    );
    expect(copied).toHaveBeenCalledWith(
      'flux reconcile kustomization orders -n team-a --context aks-staging-weu --with-source',
    );
    expect(within(panel).getByText('Copied')).toBeInTheDocument();

    await user.click(within(panel).getByRole('button', { name: 'Close' }));
    expect(panel).not.toBeInTheDocument();
  });

  it('opens as the address says, and ignores what is not there any more', async () => {
    renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
      address: '/?why=staging&environment=gone',
    });
    expect(
      await screen.findByRole('region', { name: /^staging: / }),
    ).toBeInTheDocument();
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(5);
  });

  it('shows the history of one environment when asked', async () => {
    const user = userEvent.setup();
    renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
    });
    await user.click(
      await screen.findByRole('button', { name: 'History of prod' }),
    );
    const rows = within(screen.getByRole('table'))
      .getAllByRole('row')
      .slice(1)
      .map(row =>
        within(row)
          .getAllByRole('cell')
          .slice(1)
          .map(cell => cell.textContent),
      );
    expect(rows).toEqual([
      [
        'prodaks-prod-weu',
        '1.4.1',
        'Round totals once',
        'Dev B',
        'bbbbbbbbbbbb',
      ],
    ]);
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(
      5,
    );
  });

  it('loads older deployments when asked, keeps what is there, and says when it cannot', async () => {
    const user = userEvent.setup();
    const asked: string[] = [];
    const document = mixedDocument();
    const oldest = document.history.at(-1)!;
    const answers = [
      new Response('{}', { status: 503 }),
      Response.json({
        deployments: [
          oldest,
          {
            ...oldest,
            id: 'older',
            version: '0.9.0',
            startedAt: ago(900_000),
            change: 'configuration',
            missedBefore: 2,
          },
        ],
      }),
    ];
    renderWithEntity(<DeploymentsPage />, {
      delivery: showing({ ...document, next: 'after' }),
      fetch: async input => {
        asked.push(String(input));
        return answers.shift()!;
      },
    });
    const older = await screen.findByRole('button', {
      name: 'Show older deployments',
    });
    await user.click(older);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Older deployments could not be loaded',
    );
    await user.click(older);
    expect(
      await screen.findByRole('cell', { name: /^0\.9\.0/ }),
    ).toHaveTextContent('0.9.0configuration');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(
      screen.getByText('Before this, 2 changes were seen by nobody.'),
    ).toBeInTheDocument();
    // The header, four that were there, the older one and its gap.
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(
      7,
    );
    expect(older).not.toBeInTheDocument();
    expect(asked).toEqual(
      Array(2).fill(
        'plugin://fairway-flux/v1/entities/component/default/orders/deployments/history?limit=50&cursor=after',
      ),
    );
  });

  it('asks for older deployments of one environment from its own beginning', async () => {
    const user = userEvent.setup();
    const asked: string[] = [];
    const document = mixedDocument();
    const older = { ...document.history[0], environment: 'prod' };
    const answers = [
      {
        deployments: [{ ...older, id: 'b', startedAt: ago(900_000) }],
        next: 'c',
      },
      { deployments: [{ ...older, id: 'a', startedAt: ago(990_000) }] },
    ];
    renderWithEntity(<DeploymentsPage />, {
      delivery: showing({ ...document, next: 'of all environments' }),
      address: '/?environment=prod',
      fetch: async input => {
        asked.push(String(input).replace(/^.*history/, ''));
        return Response.json(answers.shift());
      },
    });
    for (const rows of [3, 4]) {
      await user.click(
        await screen.findByRole('button', { name: 'Show older deployments' }),
      );
      await waitFor(() =>
        expect(
          within(screen.getByRole('table')).getAllByRole('row'),
        ).toHaveLength(rows),
      );
    }
    expect(asked).toEqual([
      '?limit=50&environment=prod',
      '?limit=50&environment=prod&cursor=c',
    ]);
    expect(
      screen.queryByRole('button', { name: 'Show older deployments' }),
    ).not.toBeInTheDocument();
  });

  it('says that commits are unknown while the host of the repository does not answer', async () => {
    const { container } = renderWithEntity(<DeploymentsPage />, {
      delivery: showing({
        ...mixedDocument(),
        commits: commitsSource('unauthorized', undefined),
      }),
    });
    const history = await screen.findByRole('region', { name: 'History' });
    expect(history).toHaveTextContent('Host of the GitOps repository');
    await expectNoAxeViolations(container);
  });

  it('says of a silent source in words what is the matter', async () => {
    const document = mixedDocument();
    const { targets } = document.environments.find(
      ({ name }) => name === 'dev',
    )!;
    targets[0] = {
      ...targets[0],
      source: {
        state: 'stale',
        asOf: ago(300),
        reason: {
          code: 'source.unreachable',
          params: { cluster: 'aks-dev-weu', message: 'no answer' },
        },
        next: { code: 'source.retry', params: {} },
      },
    };
    renderWithEntity(<DeploymentsPage />, { delivery: showing(document) });

    const dev = await screen.findByRole('region', { name: 'dev' });
    expect(dev).toHaveTextContent('aks-dev-weu does not answer: no answer');
    expect(dev).toHaveTextContent('It is asked again by itself');
  });

  it('exports what is shown, with cells that no spreadsheet runs', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      saved.push(blob as Blob);
      return 'blob:history';
    };
    URL.revokeObjectURL = () => undefined;
    let name: string | undefined;
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        name = this.download;
      });
    renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Export as CSV' }),
    );
    expect(name).toBe('orders-deployments.csv');
    const text = await saved[0].text();
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0].replace('\ufeff', '')).toBe(
      'When,Environment,Cluster,Workload,Version,What,Who,Commit,Image,Digest',
    );
    expect(lines[2]).toBe(
      `${ago(
        240,
      )},dev,aks-dev-weu,Deployment/orders,1.5.0,Add gift cards,Dev A,3f9c2d1b7a60c1d2e3f405162738495a6b7c8d9e,acrfairway.azurecr.io/team-a/orders,sha256:${'a'.repeat(
        64,
      )}`,
    );
    expect(lines[4]).toContain(",'=1+1,");
    expect(lines).toHaveLength(5);
  });

  it('changes in place when news arrive', async () => {
    const delivery = showing(emptyDocument());
    renderWithEntity(<DeploymentsPage />, { delivery });
    const dev = await screen.findByRole('region', { name: 'dev' });
    expect(dev).toHaveTextContent('Nothing runs here');
    expect(
      screen.getByText(/No deployment has been seen yet/),
    ).toBeInTheDocument();

    act(() => {
      delivery.set(ORDERS_TOPIC, {
        data: healthyDocument(),
        status: 'live',
        asOf: NOW,
        liveSince: NOW,
      });
    });
    expect(screen.getByRole('region', { name: 'dev' })).toBe(dev);
    expect(dev).toHaveTextContent('Live and healthy');
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
      'All 3 environments are live and healthy.',
    );
  });

  it('draws loading, gone, failed and older than the connection', async () => {
    const user = userEvent.setup();
    const delivery = new FakeDeliveryApi();
    const { container } = renderWithEntity(<DeploymentsPage />, { delivery });
    expect(await screen.findAllByText('Loading deployments')).toHaveLength(3);
    await expectNoAxeViolations(container);

    act(() => {
      delivery.set(ORDERS_TOPIC, {
        status: 'error',
        error: new Error('Request failed with 500, id 4711'),
      });
    });
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The deployments could not be loaded');
    expect(alert).toHaveTextContent('id 4711');
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(delivery.refreshed).toEqual([ORDERS_TOPIC]);
    await expectNoAxeViolations(container);

    act(() => {
      delivery.set(ORDERS_TOPIC, { status: 'gone' });
    });
    expect(
      screen.getByRole('heading', { name: 'No deployments to show' }),
    ).toBeInTheDocument();
    await expectNoAxeViolations(container);

    act(() => {
      delivery.set(ORDERS_TOPIC, {
        data: healthyDocument(),
        status: 'error',
        error: new Error('no network'),
        asOf: NOW - 60_000,
      });
    });
    expect(screen.getByText(/not connected, shows/)).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'dev' })).toBeInTheDocument();

    act(() => {
      delivery.set(ORDERS_TOPIC, {
        data: { ...healthyDocument(), environments: [] },
        status: 'live',
        asOf: NOW,
      });
    });
    expect(
      screen.getByRole('heading', { name: 'No environments' }),
    ).toBeInTheDocument();
  });

  it.each(SOURCE_STATES)('draws the source state %s', async state => {
    const delivery = showing(
      sourceDocument({ state, asOf: ago(3 * 3600) }, true),
    );
    const { container } = renderWithEntity(<DeploymentsPage />, { delivery });
    const dev = await screen.findByRole('region', { name: 'dev' });
    // What was seen before stays.
    expect(dev).toHaveTextContent('1.5.0');
    const text = dev.textContent ?? '';
    expect({
      age: text.includes('as of 3 hr. ago'),
      next: text.includes('Next:'),
    }).toEqual({ age: state !== 'current', next: state !== 'current' });
    await expectNoAxeViolations(container);

    act(() => {
      delivery.set(ORDERS_TOPIC, {
        data: sourceDocument({ state }, false),
        status: 'live',
        asOf: NOW,
      });
    });
    expect(dev).toHaveTextContent('Nothing runs here');
    expect(dev).not.toHaveTextContent('0 of 0 pods');
    // What cannot be seen is not called well.
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
      /^dev: /,
    );
    await expectNoAxeViolations(container);
  });

  it('says what is held back though nothing is wrong', async () => {
    const document = healthyDocument();
    const prod = document.environments.find(({ name }) => name === 'prod')!;
    prod.verdict = {
      ...prod.verdict,
      state: 'suspended',
      tone: 'paused',
      reason: {
        code: 'suspended.by',
        params: { by: 'lead-a', reason: 'freeze until the audit' },
      },
    };
    renderWithEntity(<DeploymentsPage />, { delivery: showing(document) });
    expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent(
      'prod: Paused by lead-a: "freeze until the audit". Nothing is wrong.',
    );
  });

  it('stays readable with very long names and many environments', async () => {
    const long = 'n'.repeat(253);
    const rtl = 'خدمة الطلبات 🛒';
    const base = healthyTarget(long);
    const document = healthyDocument();
    document.environments = Array.from({ length: 12 }, (_, index) =>
      environment(`${long.slice(4)}${index}`, index, [
        {
          ...base,
          deployed: base.deployed && {
            ...base.deployed,
            commit: base.deployed.commit && {
              ...base.deployed.commit,
              subject: rtl,
            },
          },
        },
      ]),
    );
    const { container } = renderWithEntity(<DeploymentsPage />, {
      delivery: showing(document),
    });
    expect(await screen.findAllByText(rtl)).toHaveLength(12);
    await expectNoAxeViolations(container);
  });

  it('shows no word that is not translated', async () => {
    const { container } = renderWithEntity(<DeploymentsPage />, {
      delivery: showing(mixedDocument()),
      translation: createPseudoTranslationApi(mockApis.translation()),
      address: '/?why=staging&environment=prod',
    });
    await screen.findByRole('table');
    const page = container.querySelector('h2')?.parentElement?.parentElement;
    const data = [
      ...['dev', 'staging', 'prod', 'Add gift cards', 'Round totals once'],
      ...['Dev A', 'Dev B'],
      'aks-dev-weu',
      'aks-staging-weu',
      'aks-prod-weu',
      'aks-prod-neu',
      '3f9c2d1',
      'b71e0aa',
      'bbbbbbbbbbbb',
      `sha256:${'b'.repeat(64)}`,
      'Kustomization team-a/orders',
      'Pod team-a/orders-7d9f6c5b8-x2x9k',
    ];
    expect(findRawLiterals(page as Element, { data })).toEqual([]);
    // The test can fail: a text that is not known as data is found.
    expect(
      findRawLiterals(page as Element, {
        data: data.filter(text => text !== 'Add gift cards'),
      }),
    ).toContain('text "Add gift cards"');
  });
});
