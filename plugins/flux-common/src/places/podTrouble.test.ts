// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { causeOfTrouble, findPodTrouble, type PodFacts } from './podTrouble';
import { rolloutOf } from './rollout';

const NOW = new Date('2026-11-24T12:00:00Z');

function pod(
  container: Partial<PodFacts['containers'][0]>,
  facts: Partial<PodFacts> = {},
): PodFacts {
  return {
    name: 'orders-1',
    createdAt: '2026-11-24T11:00:00Z',
    phase: 'Running',
    ready: false,
    node: 'node-1',
    containers: [
      { name: 'app', ready: false, restarts: 0, init: false, ...container },
    ],
    ...facts,
  };
}
const waiting = (reason: string, message?: string) => ({
  waiting: { reason, message },
});

describe('findPodTrouble', () => {
  it('gives the cause of most pods, with how many have it', () => {
    expect(
      findPodTrouble(
        [
          pod(waiting('CrashLoopBackOff', 'back-off 5m')),
          pod(waiting('ImagePullBackOff', 'not found')),
          pod(waiting('CrashLoopBackOff')),
          pod({ ready: true }, { ready: true }),
        ],
        NOW,
      ),
    ).toEqual({
      reason: 'CrashLoopBackOff',
      message: 'back-off 5m',
      pods: 2,
      pod: 'orders-1',
      container: 'app',
    });
  });

  it.each<[string, PodFacts, string | undefined]>([
    ['starting', pod(waiting('ContainerCreating')), undefined],
    ['ready', pod(waiting('CrashLoopBackOff'), { ready: true }), undefined],
    [
      'leaving',
      pod(waiting('Error'), { deletedAt: '2026-11-24T11:59:00Z' }),
      undefined,
    ],
    ['done', pod({}, { phase: 'Succeeded' }), undefined],
    [
      'out of memory behind a back-off',
      pod({
        ...waiting('CrashLoopBackOff'),
        terminated: { reason: 'OOMKilled', exitCode: 137 },
      }),
      'OOMKilled',
    ],
    [
      'ended with an error',
      pod({ terminated: { reason: 'Error', exitCode: 1 } }),
      'Error',
    ],
    [
      'an init container ended well',
      pod({ terminated: { reason: 'Completed', exitCode: 0 }, init: true }),
      undefined,
    ],
    [
      'no node for long',
      pod({}, { phase: 'Pending', node: undefined, containers: [] }),
      'Unschedulable',
    ],
    [
      'no node for a moment',
      pod(
        {},
        {
          phase: 'Pending',
          node: undefined,
          containers: [],
          createdAt: '2026-11-24T11:59:50Z',
        },
      ),
      undefined,
    ],
  ])('%s', (_, given, reason) => {
    expect(findPodTrouble([given], NOW)?.reason).toBe(reason);
  });

  it('groups reasons, and knows no names that are not its own', () => {
    expect(
      ['ErrImagePull', 'StartError', 'FailedCreate', 'toString', 'New'].map(
        reason => causeOfTrouble(reason),
      ),
    ).toEqual(['pull', 'crash', 'quota', 'other', 'other']);
  });
});

describe('rolloutOf', () => {
  const base = {
    kind: 'StatefulSet',
    name: 'db',
    desired: 2,
    ready: 2,
    updated: 2,
    conditions: [],
  };

  it.each([
    ['complete', base],
    ['complete', { ...base, ready: 1 }],
    ['rolling', { ...base, updated: 1 }],
    ['rolling', { ...base, generation: 2, observedGeneration: 1 }],
    ['rolling', { ...base, generation: 1 }],
    ['complete', { ...base, desired: 0, generation: 2, observedGeneration: 1 }],
  ])('%s: %j', (rollout, workload) => {
    expect(rolloutOf(workload)).toBe(rollout);
  });
});
