// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices } from '@backstage/backend-test-utils';
import { SourceError } from '../sources/SourceError';
import { JobQueue } from './JobQueue';

/** Lets all that is ready happen. */
const settle = () => jest.advanceTimersByTimeAsync(0);

describe('JobQueue', () => {
  const logger = mockServices.logger.mock();
  let queue: JobQueue;
  let ran: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    queue = JobQueue.create({ logger, concurrency: 2 });
    ran = [];
  });

  afterEach(() => {
    queue.close();
    jest.useRealTimers();
  });

  /** A job that ends when it is told to. */
  function held(name: string) {
    let end!: () => void;
    const ended = new Promise<void>(resolve => {
      end = resolve;
    });
    return {
      job: async () => {
        ran.push(name);
        await ended;
      },
      end: async () => {
        end();
        await settle();
      },
    };
  }

  it('runs two at once, one of a key, and once more when there was news meanwhile', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(held);
    queue.add('a', a.job);
    queue.add('b', b.job);
    queue.add('c', c.job);
    queue.add('c', c.job);
    queue.add('a', async () => {
      ran.push('a again');
    });
    await settle();
    expect(ran).toEqual(['a', 'b']);

    await a.end();
    expect(ran).toEqual(['a', 'b', 'c']);
    await c.end();
    expect(ran).toEqual(['a', 'b', 'c', 'a again']);
    await b.end();
    expect(ran).toEqual(['a', 'b', 'c', 'a again']);
  });

  it('tries again with growing pauses, hurried by no news, and says so once', async () => {
    const times: number[] = [];
    const job = async () => {
      times.push(Date.now());
      throw new Error('out of order');
    };
    queue.add('a', job);
    for (let second = 0; second < 3600; second++) {
      queue.add('a', job);
      await jest.advanceTimersByTimeAsync(1000);
    }
    const pauses = times
      .slice(1)
      .map((time, index) => (time - times[index]) / 1000);
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('believes a host that says when to come again, and leaves it to others to complain', async () => {
    queue.add('a', async () => {
      ran.push('a');
      throw new SourceError('rate-limited', 'slow down', 30);
    });
    await jest.advanceTimersByTimeAsync(29_900);
    expect(ran).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(3_200);
    expect(ran).toEqual(['a', 'a']);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('runs a job again that asks for it', async () => {
    queue.add('a', async () => {
      ran.push('a');
      return ran.length < 3 ? 3_000 : undefined;
    });
    await jest.advanceTimersByTimeAsync(2_999);
    expect(ran).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ran).toHaveLength(3);
  });

  it('does nothing more when it is closed', async () => {
    queue.add('a', async () => {
      ran.push('a');
      throw new Error('out of order');
    });
    await settle();
    queue.close();
    queue.add('b', async () => {
      ran.push('b');
    });
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(ran).toEqual(['a']);
  });
});
