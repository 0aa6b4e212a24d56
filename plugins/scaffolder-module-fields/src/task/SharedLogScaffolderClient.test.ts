// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ScaffolderClient,
  type LogEvent,
} from '@backstage/plugin-scaffolder-common';
import { waitFor } from '@testing-library/react';
import ObservableImpl from 'zen-observable';
import { SharedLogScaffolderClient } from './SharedLogScaffolderClient';

type Upstream = ZenObservable.SubscriptionObserver<LogEvent>;

const event = (id: number, type = 'log') =>
  ({
    id: String(id),
    type,
    body: { message: `event ${id}` },
  } as unknown as LogEvent);

/** The client, and the streams that it opens to the backend. */
function startClient() {
  const streams: Array<{ request: object; upstream: Upstream; open: boolean }> =
    [];
  jest.spyOn(ScaffolderClient.prototype, 'streamLogs').mockImplementation(
    request =>
      new ObservableImpl<LogEvent>(upstream => {
        const stream = { request, upstream, open: true };
        streams.push(stream);
        return () => {
          stream.open = false;
        };
      }),
  );
  const client = new SharedLogScaffolderClient({
    discoveryApi: { getBaseUrl: async () => 'http://localhost' },
    fetchApi: { fetch },
    scmIntegrationsApi: {} as never,
  });
  const follow = (after?: number, taskId = 'task-1') => {
    const heard: string[] = [];
    const subscription = client.streamLogs({ taskId, after }).subscribe({
      next: ({ id }) => heard.push(String(id)),
      error: error => heard.push(`error ${error.message}`),
      complete: () => heard.push('complete'),
    });
    return { heard, stop: () => subscription.unsubscribe() };
  };
  return { streams, follow };
}

describe('SharedLogScaffolderClient', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has one stream per task, whoever follows it, and tells those who come later everything', async () => {
    const { streams, follow } = startClient();
    const first = follow();
    streams[0].upstream.next(event(1));
    streams[0].upstream.next(event(2));
    const late = follow();
    const resumed = follow(1);
    streams[0].upstream.next(event(3));
    await waitFor(() =>
      expect([first.heard, late.heard, resumed.heard]).toEqual([
        ['1', '2', '3'],
        ['1', '2', '3'],
        ['2', '3'],
      ]),
    );
    expect(streams.map(({ request }) => request)).toEqual([
      { taskId: 'task-1', after: undefined },
    ]);

    const other = follow(undefined, 'task-2');
    streams[1].upstream.next(event(9));
    expect([first.heard.length, other.heard]).toEqual([3, ['9']]);
  });

  it('closes the stream with its last listener', () => {
    const { streams, follow } = startClient();
    const first = follow();
    const second = follow();
    first.stop();
    expect(streams[0].open).toBe(true);
    second.stop();
    expect(streams[0].open).toBe(false);
    follow();
    expect(streams).toHaveLength(2);
  });

  it('hands on the end of the task to all', () => {
    const { streams, follow } = startClient();
    const both = [follow(), follow()];
    streams[0].upstream.next(event(1, 'completion'));
    streams[0].upstream.complete();
    expect(both.map(({ heard }) => heard)).toEqual([
      ['1', 'complete'],
      ['1', 'complete'],
    ]);
  });

  it('hands on a broken connection to all, and opens a new one for who asks again', () => {
    const { streams, follow } = startClient();
    const both = [follow(), follow()];
    streams[0].upstream.next(event(1));
    streams[0].upstream.error(new Error('away'));
    expect(both.map(({ heard }) => heard)).toEqual([
      ['1', 'error away'],
      ['1', 'error away'],
    ]);
    const again = [follow(1), follow(1)];
    streams[1].upstream.next(event(1));
    streams[1].upstream.next(event(2));
    expect(again.map(({ heard }) => heard)).toEqual([['2'], ['2']]);
    expect(streams).toHaveLength(2);
  });
});
