// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { WallClock } from '../clock';
import { Faults } from '../faults';
import { ControlServer } from './ControlServer';
import { Stories } from './Stories';

const clock = new WallClock();
const faults = new Faults();
const played: string[] = [];
const completed: number[] = [];
let control: ControlServer;

beforeAll(async () => {
  control = await ControlServer.start({
    port: 0,
    clock,
    faults,
    services: 41,
    systems: [
      { name: 'cluster/aks-dev-weu', title: 'Kubernetes API of aks-dev-weu' },
      { name: 'git', title: 'Azure Repos over git' },
    ],
    stories: new Stories([
      {
        id: 'told',
        title: 'Told by looking',
        what: 'Look.',
        where: [{ label: 'orders', href: '/orders' }],
      },
      {
        id: 'played',
        title: 'Played',
        what: 'Something happens.',
        where: [],
        start: async () => void played.push('played'),
      },
      {
        id: 'broken',
        title: 'Broken',
        what: 'It does not begin.',
        where: [],
        start: async () => {
          throw new Error('the repository is gone');
        },
      },
    ]),
    pullRequests: {
      listOpen: async () => [],
      complete: async id => {
        if (id !== 7) {
          throw new Error(`There is no pull request ${id}.`);
        }
        completed.push(id);
      },
    },
    counters: () => ({ 'aks-dev-weu': { requests: 3 } }),
  });
});

afterAll(() => control.stop());

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${control.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const storyStates = async () =>
  (await ask('GET', '/state')).body.stories.map(
    ({ id, state, canStart }: Record<string, unknown>) => [id, state, canStart],
  );

it('turns faults on and off, for the systems that there are', async () => {
  const fault = { system: 'git', kind: 'slow', delayMs: 50 };
  expect(await ask('PUT', '/faults', fault)).toEqual({ status: 200, body: {} });
  const { body } = await ask('GET', '/state');
  const common = ['down', 'slow', 'hang', '401', '403', '429', '500', '503'];
  expect(body).toMatchObject({
    services: 41,
    systems: [
      {
        name: 'cluster/aks-dev-weu',
        faultKinds: [
          ...common,
          'drop-watches',
          'expire-resource-versions',
          'restart',
        ],
      },
      { name: 'git', fault, faultKinds: common },
    ],
  });
  await ask('DELETE', '/faults?system=git');
  expect(faults.list()).toEqual([]);
});

it('changes the speed of time', async () => {
  await ask('PUT', '/speed', { factor: 30 });
  expect(clock.speed()).toBe(30);
  expect((await ask('GET', '/state')).body.speed).toBe(30);
  await ask('PUT', '/speed', { factor: 1 });
});

it('plays stories, and lets one that failed be played again', async () => {
  expect(await storyStates()).toEqual([
    ['told', 'idle', false],
    ['played', 'idle', true],
    ['broken', 'idle', true],
  ]);
  expect((await ask('POST', '/stories/played/start')).status).toBe(200);
  expect(await ask('POST', '/stories/broken/start')).toEqual({
    status: 409,
    body: { error: { message: 'the repository is gone' } },
  });
  expect(played).toEqual(['played']);
  expect(await storyStates()).toEqual([
    ['told', 'idle', false],
    ['played', 'done', true],
    ['broken', 'idle', true],
  ]);
});

it('completes pull requests and tells what was asked of clusters', async () => {
  expect((await ask('POST', '/pull-requests/7/complete')).status).toBe(200);
  expect(completed).toEqual([7]);
  expect((await ask('GET', '/pull-requests')).body).toEqual([]);
  expect((await ask('GET', '/counters')).body).toEqual({
    'aks-dev-weu': { requests: 3 },
  });
});

it.each([
  [
    'a system that does not exist',
    'PUT /faults',
    { system: 'mars', kind: 'down' },
    400,
    'system: "mars" is not one of cluster/aks-dev-weu, git',
  ],
  [
    'a fault that the system cannot have',
    'PUT /faults',
    { system: 'git', kind: 'restart' },
    400,
    'kind: "restart" is not one of down, slow, hang, 401, 403, 429, 500, 503, which git can have',
  ],
  [
    'a fault that does not exist',
    'PUT /faults',
    { system: 'git', kind: 'on-fire' },
    400,
    'at kind',
  ],
  [
    'a delay below nothing',
    'PUT /faults',
    { system: 'git', kind: 'slow', delayMs: -1 },
    400,
    'at delayMs',
  ],
  [
    'an end that is no instant',
    'PUT /faults',
    { system: 'git', kind: 'slow', until: 'soon' },
    400,
    'at until',
  ],
  [
    'a field too many',
    'PUT /faults',
    { system: 'git', kind: 'slow', more: 1 },
    400,
    'Unrecognized key: "more"',
  ],
  ['no JSON', 'PUT /faults', '{', 400, 'The body is not JSON.'],
  [
    'a large body',
    'PUT /faults',
    `"${'x'.repeat(100_001)}"`,
    400,
    'The body is larger than 100 kB.',
  ],
  ['standing still', 'PUT /speed', { factor: 0 }, 400, 'at factor'],
  ['haste', 'PUT /speed', { factor: 1001 }, 400, 'at factor'],
  [
    'a story that does not exist',
    'POST /stories/none/start',
    undefined,
    404,
    'There is no story "none".',
  ],
  [
    'a story without a button',
    'POST /stories/told/start',
    undefined,
    404,
    'There is no story "told".',
  ],
  [
    'a pull request that does not exist',
    'POST /pull-requests/8/complete',
    undefined,
    409,
    'There is no pull request 8.',
  ],
  [
    'a path that does not exist',
    'GET /nothing',
    undefined,
    404,
    'There is no GET /nothing.',
  ],
])('%s is refused', async (_, route, body, status, message) => {
  const [method, path] = route.split(' ');
  expect(await ask(method, path, body)).toEqual({
    status,
    body: { error: { message: expect.stringContaining(message) } },
  });
  expect([faults.list(), clock.speed()]).toEqual([[], 1]);
});
