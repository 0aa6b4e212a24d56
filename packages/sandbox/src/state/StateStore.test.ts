// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StateStore } from './StateStore';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairway-state-'));
  file = join(folder, 'state.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fill(count: number): void {
  const state = StateStore.open(folder);
  const things = state.collection<{ at: number; text: string }>('things');
  for (let at = 0; at < count; at++) {
    things.put(`k${at}`, { at, text: 'x'.repeat(200) });
  }
  state.close();
}

it('brings back what was written, by collection and in order', () => {
  const first = StateStore.open(folder);
  first.collection<number>('a/one').put('z', 1);
  first.collection<number>('a/one').put('b', 2);
  first.collection<number>('a/two').put('c', 3);
  first.collection<number>('b').put('d', 4);
  first.collection<number>('b').put('e', 5);
  first.collection<number>('b').delete('e');
  first.close();

  const second = StateStore.open(folder);
  expect(
    ['a/one', 'a/two', 'b'].map(name =>
      second.collection<number>(name).entries(),
    ),
  ).toEqual([
    [
      ['b', 2],
      ['z', 1],
    ],
    [['c', 3]],
    [['d', 4]],
  ]);
  second.close();
});

it('writes a batch whole or not at all', async () => {
  const state = StateStore.open(folder);
  const things = state.collection<number>('things');
  await state.batch(async () => {
    things.put('a', 1);
    await Promise.resolve();
    things.put('b', 2);
  });
  await expect(
    state.batch(async () => {
      things.put('a', 3);
      throw new Error('cut off');
    }),
  ).rejects.toThrow('cut off');
  expect(things.entries()).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  state.close();
});

it('loses nothing that was written when its process is killed', async () => {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      '--eval',
      `const { StateStore } = require(${JSON.stringify(
        require.resolve('./StateStore'),
      )});
       const things = StateStore.open(${JSON.stringify(
         folder,
       )}).collection('things');
       for (let at = 0; ; at++) {
         things.put('k' + String(at).padStart(9, '0'), { at });
         if (at % 100 === 0) require('node:fs').writeSync(1, at + '\\n');
       }`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = -1;
  for await (const line of createInterface(child.stdout)) {
    told = Number(line);
    if (told >= 500) {
      break;
    }
  }
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;

  const state = StateStore.open(folder);
  const written = state
    .collection<{ at: number }>('things')
    .entries()
    .map(([, { at }]) => at);
  expect(written.length).toBeGreaterThan(told);
  expect(written).toEqual(written.map((_, at) => at));
  state.close();
}, 60_000);

it.each([
  ['is something else', () => writeFileSync(file, 'Dear diary, '.repeat(500))],
  ['was cut off', () => truncateSync(file, 20_000)],
  [
    'has a page of nonsense in it',
    () => {
      const bytes = readFileSync(file);
      bytes.fill('x', 8192, 12_288);
      writeFileSync(file, bytes);
    },
  ],
])('refuses a file that %s, and leaves it as it is', (_, damage) => {
  fill(300);
  damage();
  const before = readFileSync(file);
  expect(() => StateStore.open(folder)).toThrow(
    expect.objectContaining({
      name: 'StartFailure',
      message: expect.stringMatching(
        /^The sandbox's memory .*state\.sqlite cannot be read: .+\. Put back a copy of the file, or begin anew with "npm run sandbox:reset"\.$/s,
      ),
    }),
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('names the entry that is no JSON', () => {
  fill(3);
  const bytes = readFileSync(file);
  bytes.write('?', bytes.indexOf('{"at":1'));
  writeFileSync(file, bytes);
  const state = StateStore.open(folder);
  expect(() => state.collection('things').entries()).toThrow(
    '"k1" of things is no JSON',
  );
  state.close();
});

it('belongs to one sandbox at a time', () => {
  const first = StateStore.open(folder);
  first.collection('things').put('a', 1);
  expect(() => StateStore.open(folder)).toThrow(
    /state\.sqlite is in use by another sandbox\. Stop that one first/,
  );
  first.close();
  StateStore.open(folder).close();
});
