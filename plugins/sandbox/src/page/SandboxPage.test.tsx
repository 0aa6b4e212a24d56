// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ResponseError } from '@backstage/errors';
import {
  translationApiRef,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import {
  sandboxApiRef,
  type SandboxApi,
  type SandboxPullRequest,
  type SandboxState,
} from '../api/SandboxApi';
import { SandboxPage } from './SandboxPage';

expect.extend(toHaveNoViolations);

function sandboxState(): SandboxState {
  return {
    systems: [
      {
        name: 'cluster/aks-dev-weu',
        title: 'aks-dev',
        faultKinds: ['down', 'slow', 'on-fire'],
      },
      {
        name: 'git',
        title: 'git-server',
        fault: { kind: 'slow' },
        faultKinds: ['down', 'slow'],
      },
    ],
    speed: 30,
    startedAt: '2026-11-24T08:00:00.000Z',
    stories: [
      {
        id: 'quota',
        title: 'cart meets its quota',
        what: 'Load rises.',
        where: [
          { label: 'cart page', href: '/catalog/default/component/cart' },
        ],
        state: 'idle',
        canStart: true,
      },
      {
        id: 'audit',
        title: 'the auditor asks',
        what: 'Look.',
        where: [],
        state: 'done',
        canStart: false,
      },
    ],
  };
}

const PULL_REQUESTS: SandboxPullRequest[] = [
  {
    id: 482,
    title: 'Add checkout',
    author: 'dev-a',
    createdAt: '2026-11-24T08:00:00.000Z',
    url: 'http://localhost:7110/pr/482',
    sourceBranch: 'fairway/checkout',
    canComplete: true,
  },
  {
    id: 483,
    title: 'Promote orders',
    author: 'lead-a',
    createdAt: '2026-11-24T08:00:00.000Z',
    url: 'http://localhost:7110/pr/483',
    sourceBranch: 'promote/orders',
    canComplete: false,
  },
];

/** A sandbox that does what its switches say. */
class FakeSandbox implements SandboxApi {
  state = sandboxState();
  pullRequests = PULL_REQUESTS;
  readonly calls: string[] = [];
  failure?: Error;

  async getState() {
    this.#failIfTold();
    return structuredClone(this.state);
  }

  async listPullRequests() {
    this.#failIfTold();
    return this.pullRequests;
  }

  async startStory(id: string) {
    this.calls.push(`start ${id}`);
    if (id === 'quota') {
      this.state.stories[0].state = 'running';
    }
  }

  async completePullRequest(id: number) {
    this.calls.push(`complete ${id}`);
    throw await failure(409, 'ConflictError', 'It has conflicts.');
  }

  async setFault(system: string, kind: string) {
    this.calls.push(`fault ${system} ${kind}`);
    this.#systemOf(system).fault = { kind };
  }

  async clearFaults(system?: string) {
    this.calls.push(`clear ${system ?? 'all'}`);
    for (const one of this.state.systems) {
      if (!system || one.name === system) {
        one.fault = undefined;
      }
    }
  }

  async setSpeed(factor: number) {
    this.calls.push(`speed ${factor}`);
    this.state.speed = factor;
  }

  #systemOf(name: string) {
    return this.state.systems.find(system => system.name === name)!;
  }

  #failIfTold() {
    if (this.failure) {
      throw this.failure;
    }
  }
}

function failure(status: number, name: string, message: string) {
  return ResponseError.fromResponse(
    Response.json(
      { error: { name, message }, response: { statusCode: status } },
      { status },
    ),
  );
}

function renderPage(sandbox: SandboxApi, translation?: TranslationApi) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [sandboxApiRef, sandbox],
        [translationApiRef, translation ?? mockApis.translation()],
      ]}
    >
      <SandboxPage />
    </TestApiProvider>,
  );
}

function region(name: string) {
  return within(screen.getByRole('region', { name }));
}

describe('SandboxPage', () => {
  it('tells the stories, lists what waits, and shows what is broken', async () => {
    const { container } = renderPage(new FakeSandbox());
    await screen.findByRole('heading', { name: 'cart meets its quota' });

    const stories = region('Stories to try');
    expect(
      stories.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      '1cart meets its quotaLoad rises.Look atcart pageStart',
      '2the auditor asksPlayedLook.',
    ]);
    expect(stories.getByRole('link', { name: 'cart page' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart',
    );

    const pulls = region('Pull requests that wait for a person');
    expect(pulls.getAllByRole('button')).toHaveLength(1);
    expect(
      pulls.getByRole('link', { name: '483: Promote orders' }),
    ).toHaveAttribute('href', 'http://localhost:7110/pr/483');
    expect(pulls.getByText('Cannot be completed yet')).toBeInTheDocument();

    const faults = region('Break something');
    expect(faults.getByText('1 system is broken')).toBeInTheDocument();
    expect(
      faults
        .getAllByRole('row')
        .slice(1)
        .map(row => within(row).getAllByRole('cell')[0].textContent),
    ).toEqual(['works', 'slow']);

    expect(screen.getByText('npm run sandbox:reset')).toBeInTheDocument();
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('turns the switches and shows at once what they did', async () => {
    const user = userEvent.setup();
    const sandbox = new FakeSandbox();
    renderPage(sandbox);

    await user.click(
      await screen.findByRole('button', {
        name: 'Start the story: cart meets its quota',
      }),
    );
    expect(await screen.findByText('Playing')).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', { name: /^works Fault of aks-dev/ }),
    );
    await user.click(screen.getByRole('option', { name: 'on-fire' }));
    expect(await screen.findByText('2 systems are broken')).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', { name: /Fault of git-server/ }),
    );
    await user.click(screen.getByRole('option', { name: 'works' }));
    expect(await screen.findByText('1 system is broken')).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Repair everything' }));
    expect(await screen.findByText('All systems work')).toBeInTheDocument();

    await user.click(screen.getByRole('radio', { name: '100x' }));
    expect(
      await screen.findByText(/Now 100 times as fast/),
    ).toBeInTheDocument();

    expect(sandbox.calls).toEqual([
      'start quota',
      'fault cluster/aks-dev-weu on-fire',
      'clear git',
      'clear all',
      'speed 100',
    ]);
  });

  it('says why an action failed', async () => {
    const sandbox = new FakeSandbox();
    renderPage(sandbox);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Complete pull request 482: Add checkout',
      }),
    );
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'That did not workIt has conflicts.',
      ),
    );
    expect(sandbox.calls).toEqual(['complete 482']);
  });

  it('says what is wrong when the sandbox is away, and comes back', async () => {
    const sandbox = new FakeSandbox();
    sandbox.failure = await failure(
      503,
      'ServiceUnavailableError',
      'Start npm start again.',
    );
    renderPage(sandbox);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The sandbox does not answer');
    expect(alert).toHaveTextContent('Start npm start again.');

    sandbox.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'cart meets its quota' }),
    ).toBeInTheDocument();
  });

  it('is honest to a persona without the permission', async () => {
    const sandbox = new FakeSandbox();
    sandbox.failure = await failure(403, 'NotAllowedError', 'No.');
    renderPage(sandbox);
    expect(
      await screen.findByRole('heading', { name: 'Not for this persona' }),
    ).toBeInTheDocument();
  });

  it('has a word for having nothing', async () => {
    const sandbox = new FakeSandbox();
    sandbox.state.stories = [];
    sandbox.pullRequests = [];
    renderPage(sandbox);
    expect(
      await screen.findByRole('heading', { name: 'No pull request is open' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'This sandbox tells no stories' }),
    ).toBeInTheDocument();
  });

  it('has no word that is not translated', async () => {
    const sandbox = new FakeSandbox();
    renderPage(sandbox, createPseudoTranslationApi(mockApis.translation()));
    await screen.findByText('cart meets its quota');
    const data = [
      ...sandbox.state.stories.flatMap(({ title, what, where }) => [
        title,
        what,
        ...where.map(({ label }) => label),
      ]),
      ...sandbox.state.systems.map(({ title }) => title),
      ...PULL_REQUESTS.map(({ title }) => title),
      ...['slow', 'on-fire', 'npm run sandbox:reset'],
    ];
    expect(findRawLiterals(screen.getByRole('main'), { data })).toEqual([]);
  });
});
