// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { taskStream } from '../__testUtils__/taskStream';
import { describeTask } from './describeTask';

const RETRY =
  'Azure DevOps at https://devops.example.com answered 503: PUT x. Trying again in 1.2 s.';

describe('describeTask', () => {
  it('waits for the task', () => {
    expect(describeTask(taskStream({ task: undefined }))).toEqual({
      phase: 'loading',
    });
    expect(
      describeTask(taskStream({ task: undefined, error: new Error('away') })),
    ).toEqual({ phase: 'unreachable' });
  });

  it('says which step it is at, what it waits for and what can be opened already', () => {
    expect(describeTask(taskStream({}))).toEqual({
      phase: 'running',
      step: { number: 1, total: 4, name: 'Check the service' },
      waiting: undefined,
      links: [],
    });
    expect(
      describeTask(
        taskStream({
          steps: {
            validate: 'completed',
            repository: 'completed',
            pipeline: 'processing',
          },
          stepLogs: {
            repository: [
              'Beginning step Make the repository',
              '\u001b[32minfo\u001b[39m: Made the repository https://devops.example.com/team-a/_git/checkout.',
            ],
            pipeline: [`\u001b[32minfo\u001b[39m: ${RETRY}`],
          },
        }),
      ),
    ).toEqual({
      phase: 'running',
      step: { number: 3, total: 4, name: 'Make the pipeline' },
      waiting: RETRY,
      links: [
        {
          title: 'Repository',
          url: 'https://devops.example.com/team-a/_git/checkout',
        },
      ],
    });
  });

  it('waits no longer when the step has gone on', () => {
    expect(
      describeTask(
        taskStream({
          steps: { validate: 'completed', repository: 'processing' },
          stepLogs: { repository: [`info: ${RETRY}`, 'info: Made it.'] },
        }),
      ),
    ).toMatchObject({ phase: 'running', waiting: undefined });
  });

  it('tells a portal that is away from a task that failed', () => {
    expect(
      describeTask(
        taskStream({
          steps: { validate: 'completed', repository: 'processing' },
          completed: true,
          error: new Error('network error'),
        }),
      ),
    ).toEqual({ phase: 'unreachable' });
  });

  it('names the fields that were refused', () => {
    expect(
      describeTask(
        taskStream({
          steps: {
            validate: 'failed',
            repository: 'skipped',
            pipeline: 'skipped',
            register: 'skipped',
            cleanup: 'skipped',
          },
          completed: true,
          error: new Error('name: "x" is taken.\nowner: not yours.'),
        }),
      ),
    ).toEqual({
      phase: 'refused',
      problems: ['name: "x" is taken.', 'owner: not yours.'],
    });
  });

  it('says what was undone and what is left', () => {
    expect(
      describeTask(
        taskStream({
          steps: {
            validate: 'completed',
            repository: 'completed',
            pipeline: 'failed',
            register: 'skipped',
            cleanup: 'completed',
          },
          stepLogs: {
            cleanup: [
              'Beginning step Undo',
              '\u001b[32minfo\u001b[39m: Removed the pipeline checkout.',
              '\u001b[33mwarn\u001b[39m: Left the repository x: it has commits of others.',
              '\u001b[32minfo\u001b[39m: Start the template again with the same values: it takes up what was left.',
            ],
          },
          completed: true,
          error: new Error('403'),
        }),
      ),
    ).toEqual({
      phase: 'failed',
      step: 'Make the pipeline',
      removed: ['the pipeline checkout'],
      left: ['the repository x: it has commits of others'],
    });
  });

  it('says that somebody stopped it', () => {
    expect(
      describeTask(
        taskStream({
          steps: { validate: 'completed', repository: 'cancelled' },
          cancelled: true,
        }),
      ),
    ).toEqual({ phase: 'cancelled' });
  });

  it('hands over what was made', () => {
    expect(
      describeTask(
        taskStream({
          steps: {
            validate: 'completed',
            repository: 'completed',
            pipeline: 'completed',
            register: 'completed',
            cleanup: 'skipped',
          },
          completed: true,
          output: {
            text: [{ title: 'checkout is on its way', content: 'Wait.' }],
            links: [
              {
                title: 'Open checkout',
                entityRef: 'component:default/checkout',
              },
              { title: 'Repository', url: 'https://devops.example.com/x' },
              { title: 'Nothing' },
            ],
          },
        }),
      ),
    ).toEqual({
      phase: 'completed',
      title: 'checkout is on its way',
      text: 'Wait.',
      links: [
        {
          title: 'Open checkout',
          entityRef: 'component:default/checkout',
          url: undefined,
        },
        {
          title: 'Repository',
          entityRef: undefined,
          url: 'https://devops.example.com/x',
        },
      ],
    });
  });
});
