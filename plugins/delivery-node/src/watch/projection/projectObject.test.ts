// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { projectObject, WATCHED_KINDS } from './watchedKinds';

const KINDS = Object.values(WATCHED_KINDS);

/** Fields that projections read, with whatever a broken controller may write into them. */
const FIELDS = [
  'conditions',
  'containerStatuses',
  'containers',
  'entries',
  'generation',
  'history',
  'inventory',
  'managedFields',
  'message',
  'ownerReferences',
  'reason',
  'replicas',
  'sourceRef',
  'spec',
  'state',
  'status',
  'template',
  'terminated',
  'type',
  'waiting',
];

const anything = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 0, -1, 1e300, '', 'True', 'x'.repeat(3000)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 6 }),
  ),
})).value;

const identity = { name: 'n', uid: 'u' };

describe('projectObject', () => {
  it('makes plain JSON of whatever has a name and a uid, and never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        anything,
        anything,
        anything,
        (watched, metadata, spec, status) => {
          const projected = projectObject(watched, 'dev', {
            metadata: { ...(metadata as object), ...identity },
            spec,
            status,
          });
          expect(projected).toMatchObject({
            ...identity,
            cluster: 'dev',
            kind: watched.kind,
          });
          expect(JSON.parse(JSON.stringify(projected))).toEqual(projected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes nothing for an object that has no name or no uid', () => {
    for (const raw of [
      null,
      'object',
      [],
      {},
      { metadata: null },
      { metadata: { name: 'n' } },
      { metadata: { uid: 'u', name: 7 } },
    ]) {
      expect(projectObject(WATCHED_KINDS.Pod, 'dev', raw)).toBeUndefined();
    }
  });

  it('keeps no more of a monstrous object than can be shown', () => {
    const condition = {
      type: 'Ready',
      status: 'False',
      reason: 'Failed',
      message: '\u202E<b>\u001B[31m'.repeat(1000),
    };
    const projected = projectObject(WATCHED_KINDS.Kustomization, 'dev', {
      metadata: identity,
      status: {
        conditions: Array(5000).fill(condition),
        history: Array(50).fill({ digest: 'd' }),
        inventory: {
          entries: Array.from({ length: 20_000 }, (_, id) => ({
            id: `a_b${id}__ConfigMap`,
            v: 'v1',
          })),
        },
      },
    });
    expect(projected).toMatchObject({ inventoryCount: 20_000 });
    expect(projected?.conditions).toHaveLength(20);
    expect(projected?.history).toHaveLength(5);
    expect(projected?.conditions[0].message).toHaveLength(2049);
    expect(JSON.stringify(projected).length).toBeLessThan(100_000);
  });
});
