// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  startTestDevOps,
  type TestDevOps,
} from '../devops/__testUtils__/startTestDevOps';
import { PAT } from '../devops';
import { TestCluster } from '../kubernetes/__testing__/TestCluster';
import { MemoryImageRegistry, startRegistry } from '../registry';
import { StateStore } from '../state';
import { FAULT_KINDS, faultKindsOf, Faults, type FaultKind } from '.';

interface Subject {
  system: string;
  faults: Faults;
  call(signal?: AbortSignal): Promise<Response>;
}

const state = StateStore.inMemory();
let cluster: TestCluster;
let devops: TestDevOps;
let registry: { url: string; stop(): Promise<void> };
let subjects: Subject[];

beforeAll(async () => {
  cluster = await TestCluster.start();
  devops = await startTestDevOps();
  const registryFaults = new Faults();
  registry = await startRegistry({
    port: 0,
    registry: MemoryImageRegistry.create(state),
    faults: registryFaults,
  });
  const basic = `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`;
  subjects = [
    {
      system: 'cluster/aks-dev-weu',
      faults: cluster.faults,
      call: signal => cluster.call('/api/v1/pods', { signal }),
    },
    {
      system: 'devops',
      faults: devops.faults,
      call: signal =>
        fetch(`${devops.url}/_apis/projects`, {
          headers: { authorization: basic },
          signal,
        }),
    },
    {
      system: 'git',
      faults: devops.faults,
      call: signal =>
        fetch(
          `${devops.url}/platform/_git/gitops/info/refs?service=git-upload-pack`,
          { signal },
        ),
    },
    {
      system: 'registry',
      faults: registryFaults,
      call: signal => fetch(`${registry.url}/v2/`, { signal }),
    },
  ];
}, 60_000);

afterAll(async () => {
  await Promise.all([cluster.stop(), devops.stop(), registry.stop()]);
  state.close();
});

/** What a caller meets: a status with its Retry-After, `cut`, or `nothing`. */
async function met({ call }: Subject, signal?: AbortSignal): Promise<string> {
  try {
    const response = await call(signal);
    await response.body?.cancel();
    const wait = response.headers.get('retry-after');
    return wait ? `${response.status} after ${wait}` : `${response.status}`;
  } catch (error) {
    return error === 'nothing' ? 'nothing' : 'cut';
  }
}

/** As `met`, for a caller who gives up after others have been served. */
async function metWithPatience(subject: Subject): Promise<string> {
  const patience = new AbortController();
  const outcome = met(subject, patience.signal);
  const other = subject.system === 'registry' ? subjects[0] : subjects.at(-1)!;
  for (let at = 0; at < 20; at++) {
    await met(other);
  }
  patience.abort('nothing');
  return outcome;
}

const EXPECTED: Partial<Record<FaultKind, string>> = {
  down: 'cut',
  hang: 'nothing',
  slow: 'nothing',
  '401': '401',
  '403': '403',
  '429': '429 after 1',
  '500': '500',
  '503': '503 after 1',
};

it('each system can have each of its faults, by itself, and works again afterwards', async () => {
  for (const subject of subjects) {
    const { system, faults } = subject;
    const seen: Record<string, string> = { before: await met(subject) };
    for (const kind of Object.keys(EXPECTED) as FaultKind[]) {
      faults.set({ system, kind, delayMs: 120_000 });
      seen[kind] =
        EXPECTED[kind] === 'nothing'
          ? await metWithPatience(subject)
          : await met(subject);
    }
    faults.clear(system);
    seen.after = await met(subject);
    expect([system, seen]).toEqual([
      system,
      { before: '200', ...EXPECTED, after: '200' },
    ]);
  }
});

it('a slow system answers in the end', async () => {
  for (const subject of subjects) {
    subject.faults.set({ system: subject.system, kind: 'slow', delayMs: 1 });
    expect(await met(subject)).toBe('200');
    subject.faults.clear();
  }
});

it('git and REST of Azure DevOps break apart', async () => {
  const [rest, git] = [subjects[1], subjects[2]];
  devops.faults.set({ system: 'devops', kind: '503' });
  expect([await met(rest), await met(git)]).toEqual(['503 after 1', '200']);
  devops.faults.clear();
  devops.faults.set({ system: 'git', kind: 'down' });
  expect([await met(rest), await met(git)]).toEqual(['200', 'cut']);
  devops.faults.clear();
});

it('a fault may hold for some paths only, and end by itself', async () => {
  const [subject] = subjects;
  const { system, faults } = subject;
  faults.set({ system, kind: '500', pathPrefix: '/apis/apps' });
  expect(await met(subject)).toBe('200');
  faults.set({ system, kind: '500', pathPrefix: '/api/v1/pods' });
  expect(await met(subject)).toBe('500');
  faults.set({ system, kind: '500', until: new Date(0).toISOString() });
  expect(await met(subject)).toBe('200');
  expect(faults.list()).toEqual([]);
});

it('only a Kubernetes API can lose watches, versions and its process', () => {
  expect(faultKindsOf('cluster/aks-dev-weu')).toEqual(FAULT_KINDS);
  const others = ['devops', 'git', 'registry'].map(faultKindsOf);
  expect(others).toEqual(others.map(() => Object.keys(EXPECTED).sort(inOrder)));
});

function inOrder(a: string, b: string): number {
  const kinds: readonly string[] = FAULT_KINDS;
  return kinds.indexOf(a) - kinds.indexOf(b);
}
