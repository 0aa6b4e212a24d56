// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { CachedCredentials } from './CachedCredentials';

const HOUR_MS = 3_600_000;

function start() {
  const asked: boolean[] = [];
  let broken = false;
  const credentials = CachedCredentials.create(async fresh => {
    asked.push(fresh);
    if (broken) {
      throw new Error('the token service is down');
    }
    return {
      token: `token ${asked.length}`,
      expiresAt: new Date(Date.now() + HOUR_MS),
    };
  });
  const get = async (options?: { fresh: boolean }) =>
    (await credentials.getToken(options)).token;
  return {
    asked,
    get,
    breakDown: () => {
      broken = true;
    },
  };
}

describe('CachedCredentials', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once for all who need a token at the same time, and again shortly before its end', async () => {
    const { asked, get } = start();
    expect(await Promise.all([get(), get(), get()])).toEqual(
      Array(3).fill('token 1'),
    );
    jest.advanceTimersByTime(HOUR_MS - 121_000);
    expect(await get()).toBe('token 1');
    jest.advanceTimersByTime(2_000);
    expect(await get()).toBe('token 2');
    expect(asked).toEqual([false, false]);
  });

  it('renews once for all watches that are refused together', async () => {
    const { asked, get } = start();
    await get();
    jest.advanceTimersByTime(60_000);
    const fresh = { fresh: true };
    expect(await Promise.all([get(fresh), get(fresh)])).toEqual([
      'token 2',
      'token 2',
    ]);
    // Those who hear of the refusal a moment later.
    jest.advanceTimersByTime(4_000);
    expect(await get(fresh)).toBe('token 2');
    expect(asked).toEqual([false, true]);
  });

  it('goes on with a token that still counts when there is no other, and says so when there is none', async () => {
    const { get, breakDown } = start();
    await get();
    breakDown();
    jest.advanceTimersByTime(HOUR_MS - 60_000);
    expect(await get()).toBe('token 1');
    await expect(get({ fresh: true })).rejects.toThrow(
      'the token service is down',
    );
    jest.advanceTimersByTime(60_000);
    await expect(get()).rejects.toThrow('the token service is down');
  });
});
