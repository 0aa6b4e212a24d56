// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseOptions } from './parseOptions';

it('has a default for everything', () => {
  expect(parseOptions([], {})).toEqual({
    dir: '.fairway/state/sandbox',
    basePort: 7100,
    speed: 1,
  });
});

it('reads options and environment', () => {
  expect(
    parseOptions(['--speed', '30', '--scale=2000'], {
      FAIRWAY_STATE: '/somewhere',
      FAIRWAY_SANDBOX_PORT: '7200',
    }),
  ).toEqual({
    dir: '/somewhere/sandbox',
    basePort: 7200,
    speed: 30,
    scale: 2000,
  });
});

it.each([
  [
    ['--speed', 'fast'],
    {},
    '--speed must be a number from 0.1 to 1000, but is "fast".',
  ],
  [
    ['--speed', '0'],
    {},
    '--speed must be a number from 0.1 to 1000, but is "0".',
  ],
  [
    ['--speed', ''],
    {},
    '--speed must be a number from 0.1 to 1000, but is "".',
  ],
  [
    ['--scale', '1.5'],
    {},
    '--scale must be a whole number from 1 to 5000, but is "1.5".',
  ],
  [
    ['--scale', '1e9'],
    {},
    '--scale must be a whole number from 1 to 5000, but is "1e9".',
  ],
  [
    ['--sped', '3'],
    {},
    "Unknown option '--sped'. There are --speed and --scale.",
  ],
  [
    [],
    { FAIRWAY_SANDBOX_PORT: '65530' },
    'FAIRWAY_SANDBOX_PORT must be a whole number from 1024 to 65524, but is "65530".',
  ],
])('refuses %j with %j', (args, env, message) => {
  expect(() => parseOptions(args, env)).toThrow(
    expect.objectContaining({ name: 'StartFailure', message }),
  );
});
