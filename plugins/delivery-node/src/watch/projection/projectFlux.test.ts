// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { projectObject, WATCHED_KINDS } from './watchedKinds';

const OK = 'ReconciliationSucceeded';

function digest(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

/** A run that ended at this hour with these manifests. */
function run(letter: string, hour: number, lastReconciledStatus = OK) {
  return {
    digest: digest(letter),
    firstReconciled: `2026-11-20T0${hour}:00:00Z`,
    lastReconciled: `2026-11-20T0${hour}:30:00Z`,
    lastReconciledDuration: '1.2s',
    lastReconciledStatus,
    metadata: { revision: `main@sha1:${letter.repeat(40)}` },
    totalReconciliations: 3,
  };
}

function project(name: string, history: unknown[]) {
  const projected = projectObject(WATCHED_KINDS.Kustomization, 'dev', {
    metadata: { name, namespace: 'team-a', uid: `uid-${name}` },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'gitops' },
      dependsOn: [{ name: 'platform', namespace: 'flux-system' }],
    },
    status: { history },
  });
  return projected!;
}

const ended = (history: unknown[]) =>
  project('orders', history).history.map(
    ({ digest: kept, lastReconciledStatus }) => [
      kept.slice(-1),
      lastReconciledStatus,
    ],
  );

describe('a projected Kustomization', () => {
  it('keeps of a run what is compared and shown', () => {
    expect(project('orders', [run('a', 5)]).history).toEqual([
      {
        digest: 'sha256:aaaaaaaaaaaaaaaa',
        firstReconciled: '2026-11-20T05:00:00Z',
        lastReconciled: '2026-11-20T05:30:00Z',
        lastReconciledStatus: OK,
        totalReconciliations: 3,
        revision: `main@sha1:${'a'.repeat(40)}`,
      },
    ]);
  });

  it('keeps the runs up to the second digest that succeeded', () => {
    expect(ended([run('c', 5), run('b', 4), run('a', 3)])).toEqual([
      ['c', OK],
      ['b', OK],
    ]);
    expect(
      ended([
        run('d', 6, 'BuildFailed'),
        run('c', 5, 'HealthCheckFailed'),
        run('c', 4),
        run('b', 3, 'HealthCheckFailed'),
        run('a', 2),
        run('z', 1),
      ]),
    ).toEqual([
      ['d', 'BuildFailed'],
      ['c', 'HealthCheckFailed'],
      ['c', OK],
      ['b', 'HealthCheckFailed'],
      ['a', OK],
    ]);
    expect(ended([])).toEqual([]);
  });

  it('has its source and what it depends on in common with others, unchangeable', () => {
    const [orders, payments] = ['orders', 'payments'].map(name =>
      project(name, []),
    );
    expect(orders.sourceRef).toEqual({
      kind: 'GitRepository',
      name: 'gitops',
      namespace: 'team-a',
    });
    expect(orders.sourceRef).toBe(payments.sourceRef);
    expect(orders.dependsOn).toBe(payments.dependsOn);
    expect(Object.isFrozen(orders.dependsOn)).toBe(true);
  });
});
