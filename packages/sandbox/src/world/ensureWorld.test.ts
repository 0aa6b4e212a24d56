// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskGitStore } from '../git';
import { MemoryImageRegistry } from '../registry';
import { StateStore } from '../state';
import { loadDemoWorld } from './DemoWorld';
import { ensureWorld } from './ensureWorld';

const URL = 'http://localhost:7110/fairway';
const SERVICES = loadDemoWorld().services.length;

let folder: string;
let state: StateStore;
let git: DiskGitStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairway-world-'));
  state = StateStore.inMemory();
  git = DiskGitStore.open(folder);
});

afterEach(() => {
  state.close();
  rmSync(folder, { recursive: true, force: true });
});

function remember(services = SERVICES): void {
  state.collection('world').put('birth', {
    at: '2026-11-20T09:00:00Z',
    organisationUrl: URL,
    services,
  });
}

/** A world that was born earlier, with its repositories. */
function born(services?: number): void {
  remember(services);
  git.create({ project: 'platform', repository: 'gitops' });
}

function ensure(url = URL, scale?: number) {
  return ensureWorld({
    scale,
    devops: {
      url,
      git,
      adopt: () => Promise.reject(new Error('nothing was to be born')),
    },
    registry: MemoryImageRegistry.create(state),
    state,
  });
}

it('takes the world that is there, with as many services as it was born with', async () => {
  born();
  expect((await ensure()).services).toHaveLength(SERVICES);
  expect((await ensure(URL, SERVICES)).services).toHaveLength(SERVICES);
});

it('takes a scaled world without being told its scale', async () => {
  born(100);
  const { services } = await ensure();
  expect(services).toHaveLength(100);
  expect(services.at(-1)).toMatchObject({
    name: `crowd-00${100 - SERVICES}`,
    ownRepository: false,
  });
});

it.each([
  [
    'another address',
    () => ensure('http://localhost:7210/fairway'),
    'This sandbox was born at http://localhost:7110/fairway, but now starts at http://localhost:7210/fairway. Start it on the same ports, or run "npm run sandbox:reset".',
  ],
  [
    'another scale',
    () => ensure(URL, 100),
    `This sandbox was born with ${SERVICES} services, but --scale asks for 100. Start it without --scale, or run "npm run sandbox:reset".`,
  ],
  [
    'another version of the world',
    () => {
      remember(SERVICES - 1);
      return ensure();
    },
    'This sandbox was born by another version of Fairway, whose world is not this one\'s. To begin anew, run "npm run sandbox:reset".',
  ],
  [
    'repositories that are gone',
    () => {
      git.delete({ project: 'platform', repository: 'gitops' });
      return ensure();
    },
    'The git repositories of this sandbox are gone, but its memory (state.sqlite) is there. Put the folder "git" back, or run "npm run sandbox:reset".',
  ],
])('refuses %s', async (_, start, message) => {
  born();
  await expect(start()).rejects.toMatchObject({
    name: 'StartFailure',
    message,
  });
});

it('never deletes repositories whose memory is gone', async () => {
  git.create({ project: 'team-a', repository: 'mine' });
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(ensure()).rejects.toMatchObject({
      name: 'StartFailure',
      message:
        'There are 1 git repositories, but the sandbox\'s memory of them (state.sqlite) is gone. Put the file back, or begin anew with "npm run sandbox:reset": it deletes the repositories.',
    });
  }
  expect(git.list()).toEqual([{ project: 'team-a', repository: 'mine' }]);
});
