// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { translationApiRef } from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';
import {
  scaffolderApiRef,
  type ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import {
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { screen, within } from '@testing-library/react';
import { axe, toHaveNoViolations } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import ObservableImpl from 'zen-observable';
import { TASK } from '../__testUtils__/taskStream';
import { TaskOutcome } from './TaskOutcome';

expect.extend(toHaveNoViolations);

const log = (stepId: string, message: string, status?: string) =>
  ({ type: 'log', body: { stepId, message, status } } as unknown as LogEvent);

const end = (body: object) =>
  ({
    type: 'completion',
    body: { message: '', ...body },
  } as unknown as LogEvent);

function renderOutcome(
  events: LogEvent[],
  options: { task?: ScaffolderTask; pseudo?: boolean } = {},
) {
  const scaffolder: Partial<ScaffolderApi> = {
    getTask: async () => options.task ?? TASK,
    streamLogs: () => ObservableImpl.of(...events),
  };
  const translation = mockApis.translation();
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [scaffolderApiRef, scaffolder as ScaffolderApi],
        [
          translationApiRef,
          options.pseudo
            ? createPseudoTranslationApi(translation)
            : translation,
        ],
      ]}
    >
      <Routes>
        <Route path="/tasks/:taskId" element={<TaskOutcome />} />
      </Routes>
    </TestApiProvider>,
    {
      initialRouteEntries: ['/tasks/task-1'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

const DONE = [
  log('validate', 'x', 'completed'),
  log('repository', 'x', 'completed'),
  end({
    output: {
      text: [{ title: 'checkout is on its way', content: 'Its page waits.' }],
      links: [
        { title: 'Open checkout', entityRef: 'component:default/checkout' },
        { title: 'Repository', url: 'https://devops.example.com/checkout' },
      ],
    },
  }),
];

describe('TaskOutcome', () => {
  it('leads to the service first, and leaves the page open for what lies outside', async () => {
    const { container } = renderOutcome(DONE);
    const block = within(
      await screen.findByRole('region', { name: 'checkout is on its way' }),
    );
    expect(block.getByText('Its page waits.')).toBeInTheDocument();
    expect(
      block
        .getAllByRole('link')
        .map(link => [
          link.textContent,
          link.getAttribute('href'),
          link.getAttribute('target'),
        ]),
    ).toEqual([
      ['Open checkout', '/catalog/default/component/checkout', null],
      ['Repository', 'https://devops.example.com/checkout', '_blank'],
    ]);
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('says how far it is', async () => {
    renderOutcome([
      log('validate', 'x', 'completed'),
      log(
        'repository',
        'Made https://devops.example.com/checkout.',
        'completed',
      ),
      log('pipeline', 'x', 'processing'),
    ]);
    expect(
      await screen.findByText('Step 3 of 4: Make the pipeline'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'checkout is being made' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Repository' })).toHaveAttribute(
      'href',
      'https://devops.example.com/checkout',
    );
  });

  it('says after a failure what was undone, what is left and what to do', async () => {
    const { container } = renderOutcome([
      log('pipeline', 'x', 'failed'),
      log('cleanup', 'info: Removed the pipeline checkout.'),
      log('cleanup', 'warn: Left the repository x: others use it.'),
      end({ error: { message: '403' } }),
    ]);
    const block = within(
      await screen.findByRole('region', { name: 'checkout was not made' }),
    );
    expect(
      block.getByText('The step "Make the pipeline" failed.'),
    ).toBeInTheDocument();
    expect(
      block.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual(['the pipeline checkout', 'the repository x: others use it']);
    expect(block.getByText(/press Start Over/)).toBeInTheDocument();
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('says what is wrong in the form', async () => {
    renderOutcome([
      log('validate', 'x', 'failed'),
      end({ error: { message: 'name: taken.\nowner: not yours.' } }),
    ]);
    expect(
      (await screen.findAllByRole('listitem')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['name: taken.', 'owner: not yours.']);
    expect(screen.getByText(/Nothing was made/)).toBeInTheDocument();
  });

  it.each([
    ['running', [log('validate', 'x', 'completed')]],
    [
      'failed',
      [log('pipeline', 'x', 'failed'), end({ error: { message: '' } })],
    ],
    [
      'refused',
      [log('validate', 'x', 'failed'), end({ error: { message: '' } })],
    ],
    ['cancelled', [{ type: 'cancelled', body: {} } as unknown as LogEvent]],
  ])('has no word that is not translated when %s', async (_state, events) => {
    const { container } = renderOutcome(events, { pseudo: true });
    await screen.findAllByText(/⟦/);
    expect(
      findRawLiterals(container, {
        // The last is a word of the design system, which has no translations.
        data: [
          'checkout',
          'notifications',
          ...TASK.spec.steps.map(({ name }) => name),
        ],
      }),
    ).toEqual([]);
  });
});
