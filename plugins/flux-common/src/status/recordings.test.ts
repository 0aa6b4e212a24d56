// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { replay, seen } from './__testing__/replay';

const SOURCE_FETCHED_AGAIN = 'progressing ready requested progressing ready';

/** What was true, seen by one who watches every event. */
const STATES: Record<string, Record<string, string>> = {
  '01-happy-path': {
    'GitRepository/orders': SOURCE_FETCHED_AGAIN,
    'Kustomization/orders':
      'progressing ready progressing ready requested progressing ready',
  },
  '02-green-but-broken': {
    'GitRepository/shop': SOURCE_FETCHED_AGAIN,
    'Kustomization/shop':
      'progressing ready progressing ready progressing ready',
  },
  '03-healthcheck-failed-retries': {
    'Kustomization/payments':
      'progressing ready progressing failing progressing ready',
  },
  '03b-healthcheck-stalled-early': {
    'Kustomization/payments':
      'progressing ready progressing failing progressing suspended progressing failing progressing ready',
  },
  '05-apply-failures': {
    'Kustomization/app':
      'progressing failing ready progressing failing progressing ready progressing failing ready',
  },
  '06-12-13-prune-inventory-delete': {
    'GitRepository/app': `${SOURCE_FETCHED_AGAIN} terminating`,
    'Kustomization/app': 'progressing ready progressing ready terminating',
    'Kustomization/cluster': 'progressing ready progressing ready terminating',
  },
  '06b-target-namespace-hazard': {
    'Kustomization/app': 'progressing ready terminating',
  },
  '07-depends-on-chain': {
    'Kustomization/infra':
      'progressing failing progressing ready progressing ready',
    'Kustomization/orders':
      'progressing waiting progressing ready waiting progressing ready',
    'Kustomization/cart':
      'progressing waiting progressing ready waiting progressing ready',
    'Kustomization/missing-dep': 'progressing waiting',
  },
  '08-suspend-resume': {
    'GitRepository/store':
      'progressing ready requested progressing ready requested progressing ready suspended progressing ready',
    'Kustomization/cart': 'progressing ready progressing ready suspended',
    'Kustomization/orders':
      'progressing ready suspended progressing ready progressing ready',
    'Kustomization/payments':
      'progressing ready suspended progressing ready progressing ready progressing ready',
  },
  '08b-suspend-field-managers': {
    'Kustomization/c-kubectl-edit':
      'progressing ready suspended progressing ready',
    'Kustomization/c-kubectl-patch':
      'progressing ready suspended progressing ready',
    'Kustomization/c-flux': 'progressing ready suspended',
    'Kustomization/c-ssa': 'progressing ready suspended',
  },
  '16-apiserver-restart': {
    'GitRepository/orders': SOURCE_FETCHED_AGAIN,
    'Kustomization/orders': 'progressing ready progressing ready',
  },
};

describe('recordings of real controllers', () => {
  it.each(Object.entries(STATES))('%s', (recording, objects) => {
    const steps = replay(`${recording}.jsonl.gz`);

    expect(
      Object.fromEntries(
        Object.keys(objects).map(object => [
          object,
          seen(steps, object, ({ state }) => state).join(' '),
        ]),
      ),
    ).toEqual(objects);
  });

  it('counts attempts of a failing health check, and stays failing while it retries', () => {
    const steps = replay('03-healthcheck-failed-retries.jsonl.gz');
    const failing = seen(
      steps,
      'Kustomization/payments',
      ({ state, phase, attempts }) =>
        state === 'failing' ? `${phase ?? 'waits'} ${attempts ?? 0}` : '',
    ).filter(shown => shown !== '');

    expect(failing).toEqual([
      // The count follows the condition by a few milliseconds.
      ...['waits 0', 'waits 1', 'retrying 1'],
      ...['waits 1', 'waits 2', 'retrying 2'],
      ...['waits 2', 'waits 3', 'retrying 3'],
      ...['waits 3', 'waits 4', 'retrying 4'],
    ]);
  });

  it('names the one that holds the others up, not the next in the chain', () => {
    const steps = replay('07-depends-on-chain.jsonl.gz');
    const reasons = (object: string) =>
      seen(steps, object, ({ reason }) =>
        reason.code.startsWith('waiting')
          ? `${reason.code} ${reason.params.name}`
          : '',
      ).filter(shown => shown !== '');

    expect(reasons('Kustomization/cart')).toEqual([
      'waiting.on infra',
      'waiting.on infra',
      // Its own dependency is at work by then.
      'waiting.on orders',
    ]);
    expect(reasons('Kustomization/missing-dep')).toEqual([
      'waiting.missing does-not-exist',
    ]);
  });

  it('tells a routine check from a change', () => {
    const steps = replay('01-happy-path.jsonl.gz');

    expect(
      seen(steps, 'Kustomization/orders', ({ phase }) => phase ?? '-'),
    ).toEqual(['-', 'first', '-', 'checking', '-']);
  });

  it('says plainly why applying failed', () => {
    const steps = replay('05-apply-failures.jsonl.gz');

    expect(
      seen(steps, 'Kustomization/app', ({ state, reason }) =>
        state === 'failing' && reason.code !== 'failing.retrying'
          ? JSON.stringify(reason)
          : '',
      ).filter(shown => shown !== ''),
    ).toEqual(
      [
        [
          'forbidden',
          {
            account: 'team-e:deployer',
            verb: 'patch',
            resource: 'deployments',
          },
        ],
        [
          'forbidden',
          { account: 'team-e:deployer', verb: 'patch', resource: 'services' },
        ],
        [
          'forbidden',
          {
            account: 'team-e:deployer',
            verb: 'patch',
            resource: 'deployments',
          },
        ],
        ['immutable', { object: 'Deployment/team-e/orders' }],
        ['immutable', { object: 'Deployment/team-e/orders' }],
        ['immutable', { object: 'Deployment/team-e/orders' }],
        [
          'forbidden',
          { account: 'team-e:ghost', verb: 'patch', resource: 'deployments' },
        ],
        [
          'forbidden',
          { account: 'team-e:ghost', verb: 'patch', resource: 'deployments' },
        ],
      ].map(([code, params]) =>
        JSON.stringify({ code: `failing.${code}`, params }),
      ),
    );
  });

  it('never calls a HelmRelease failing because its chart is a moment behind', () => {
    const steps = replay('10a-helm-upgrade-rollback.jsonl.gz');
    const behind = steps.filter(({ assessment }) =>
      assessment.evidence.some(({ message }) =>
        message?.includes('latest generation of object'),
      ),
    );

    expect(behind.length).toBeGreaterThan(2);
    expect(new Set(behind.map(step => step.assessment.state))).toEqual(
      new Set(['progressing']),
    );
  });
});
