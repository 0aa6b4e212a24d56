// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { TestCluster } from '../__testing__/TestCluster';
import type { KubeObject, OwnerReference } from '../types';

const MAPS = '/api/v1/namespaces/team-a/configmaps';

let cluster: TestCluster;
let seen: string[];

beforeEach(async () => {
  cluster = await TestCluster.start();
  seen = [];
  cluster.store.subscribe(({ type, object: { kind, metadata } }) => {
    const marks = [
      ...(metadata.deletionTimestamp ? ['marked'] : []),
      ...(metadata.finalizers ?? []),
      ...(metadata.ownerReferences ?? []).map(({ name }) => `of ${name}`),
    ];
    seen.push([type, kind, metadata.name, ...marks].join(' '));
  });
});

afterEach(async () => {
  await cluster.stop();
});

function map(name: string, metadata: object = {}): KubeObject {
  const object = cluster.store.create(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'team-a', ...metadata },
    },
    { manager: 'test' },
  );
  seen.length = 0;
  return object;
}

function ownedBy(...owners: KubeObject[]): {
  ownerReferences: OwnerReference[];
} {
  return {
    ownerReferences: owners.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      name: metadata.name,
      uid: metadata.uid!,
      blockOwnerDeletion: true,
    })),
  };
}

function remove(path: string, body?: object) {
  return cluster.json(path, {
    token: 'sandbox-admin',
    method: 'DELETE',
    type: 'application/json',
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

function patch(path: string, body: object) {
  return cluster.json(path, {
    token: 'sandbox-admin',
    method: 'PATCH',
    type: 'application/merge-patch+json',
    body: JSON.stringify(body),
  });
}

describe('finalizers', () => {
  it('the last one never goes alone: watchers see the deletion of the object that has it', async () => {
    map('held', { finalizers: ['a.example/x', 'b.example/y'] });
    const marked = await remove(`${MAPS}/held`);
    expect(marked.body).toMatchObject({
      kind: 'ConfigMap',
      metadata: { deletionGracePeriodSeconds: 0 },
    });
    await remove(`${MAPS}/held`);
    await patch(`${MAPS}/held`, { metadata: { finalizers: ['b.example/y'] } });
    const last = await patch(`${MAPS}/held`, {
      metadata: { finalizers: null },
    });
    expect([last.status, last.body.metadata.finalizers]).toEqual([
      200,
      undefined,
    ]);
    expect(seen).toEqual([
      'MODIFIED ConfigMap held marked a.example/x b.example/y',
      'MODIFIED ConfigMap held marked b.example/y',
      'DELETED ConfigMap held marked b.example/y',
    ]);
    expect((await cluster.call(`${MAPS}/held`)).status).toBe(404);
  });

  it('may not be added to what is being deleted', async () => {
    map('held', { finalizers: ['a.example/x'] });
    await remove(`${MAPS}/held`);
    const late = await patch(`${MAPS}/held`, {
      metadata: { finalizers: ['a.example/x', 'late.example/z'] },
    });
    expect(late).toMatchObject({
      status: 422,
      body: {
        message:
          'ConfigMap "held" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"late.example/z"}',
      },
    });
  });
});

describe('dependents', () => {
  it.each([
    [
      'in the background, when the owner has gone',
      undefined,
      [
        'DELETED ConfigMap owner',
        'DELETED ConfigMap child of owner',
        'DELETED ConfigMap grandchild of child',
      ],
    ],
    [
      'in the foreground, before the owner',
      'Foreground',
      [
        'MODIFIED ConfigMap owner marked foregroundDeletion',
        'MODIFIED ConfigMap child marked foregroundDeletion of owner',
        'DELETED ConfigMap grandchild of child',
        'DELETED ConfigMap child marked foregroundDeletion of owner',
        'DELETED ConfigMap owner marked foregroundDeletion',
      ],
    ],
    [
      'not at all, when they are to be orphans',
      'Orphan',
      [
        'MODIFIED ConfigMap owner marked orphan',
        'MODIFIED ConfigMap child',
        'DELETED ConfigMap owner marked orphan',
      ],
    ],
  ])('go %s', async (_, propagationPolicy, expected) => {
    const child = map('child', ownedBy(map('owner')));
    map('grandchild', ownedBy(child));
    await remove(`${MAPS}/owner`, { propagationPolicy });
    expect(seen).toEqual(expected);
  });

  it('that do not block their owner go after it', async () => {
    const { ownerReferences } = ownedBy(map('owner'));
    delete ownerReferences[0].blockOwnerDeletion;
    map('child', { ownerReferences });
    await remove(`${MAPS}/owner`, { propagationPolicy: 'Foreground' });
    expect(seen).toEqual([
      'MODIFIED ConfigMap owner marked foregroundDeletion',
      'DELETED ConfigMap owner marked foregroundDeletion',
      'DELETED ConfigMap child of owner',
    ]);
  });

  it('that are held hold an owner that waits for them', async () => {
    map('child', {
      ...ownedBy(map('owner')),
      finalizers: ['a.example/x'],
    });
    await remove(`${MAPS}/owner`, { propagationPolicy: 'Foreground' });
    expect(seen).toEqual([
      'MODIFIED ConfigMap owner marked foregroundDeletion',
      'MODIFIED ConfigMap child marked a.example/x of owner',
    ]);
    await patch(`${MAPS}/child`, { metadata: { finalizers: [] } });
    expect(seen.slice(2)).toEqual([
      'DELETED ConfigMap child marked a.example/x of owner',
      'DELETED ConfigMap owner marked foregroundDeletion',
    ]);
  });

  it('with another owner stay, and forget the one that has gone', async () => {
    map('child', ownedBy(map('one'), map('two')));
    await remove(`${MAPS}/one`);
    await remove(`${MAPS}/two`);
    expect(seen).toEqual([
      'DELETED ConfigMap one',
      'MODIFIED ConfigMap child of two',
      'DELETED ConfigMap two',
      'DELETED ConfigMap child of two',
    ]);
  });

  it('that are born without a living owner are collected', () => {
    const owner = map('owner');
    cluster.store.delete({ ...owner, ...owner.metadata });
    map('late', ownedBy(owner));
    expect(cluster.store.list('v1', 'ConfigMap')).toEqual([]);
  });

  it('of Jobs stay behind unless the client says otherwise', async () => {
    const job = () =>
      cluster.store.create(
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'export', namespace: 'team-a' },
          spec: {
            suspend: true,
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'shop/export:1.0.0' }],
              },
            },
          },
        },
        { manager: 'test' },
      );
    const jobs = '/apis/batch/v1/namespaces/team-a/jobs';
    map('first', ownedBy(job()));
    await remove(`${jobs}/export`);
    map('second', ownedBy(job()));
    await remove(`${jobs}/export?propagationPolicy=Background`);
    expect(
      cluster.store
        .list('v1', 'ConfigMap')
        .map(({ metadata }) => [metadata.name, metadata.ownerReferences]),
    ).toEqual([['first', undefined]]);
  });
});

describe('preconditions and dry runs', () => {
  it.each([
    [
      { uid: 'other' },
      'the UID in the precondition (other) does not match the UID in record',
    ],
    [
      { resourceVersion: '1' },
      'the ResourceVersion in the precondition (1) does not match the ResourceVersion in record',
    ],
  ])('%j refuses', async (preconditions, why) => {
    map('one');
    const { status, body } = await remove(`${MAPS}/one`, { preconditions });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect(body.message).toContain(
      `Operation cannot be fulfilled on ConfigMap "one": ${why}`,
    );
    expect(seen).toEqual([]);
  });

  it('the ones that hold let it pass', async () => {
    const { metadata } = map('one');
    const { uid, resourceVersion } = metadata;
    const answer = await remove(`${MAPS}/one`, {
      preconditions: { uid, resourceVersion },
    });
    expect(answer).toEqual({
      status: 200,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'one', kind: 'configmaps', uid },
      },
    });
  });

  it('a dry run of a create, an update, a patch, an apply and deletions leaves no trace', async () => {
    const { metadata } = map('held', { finalizers: ['a.example/x'] });
    const before = cluster.store.resourceVersion();
    const admin = { token: 'sandbox-admin', type: 'application/json' };
    const object = (name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data: { a: 'b' },
    });
    const answers = [
      await cluster.json(`${MAPS}?dryRun=All`, {
        ...admin,
        method: 'POST',
        body: JSON.stringify(object('new')),
      }),
      await cluster.json(`${MAPS}/held?dryRun=All`, {
        ...admin,
        method: 'PUT',
        body: JSON.stringify(object('held')),
      }),
      await patch(`${MAPS}/held?dryRun=All`, { data: { a: 'b' } }),
      await cluster.json(`${MAPS}/held?dryRun=All&fieldManager=me`, {
        ...admin,
        type: 'application/apply-patch+yaml',
        method: 'PATCH',
        body: JSON.stringify(object('held')),
      }),
    ];
    expect(answers.map(({ status, body }) => [status, body.data])).toEqual([
      [201, { a: 'b' }],
      [200, { a: 'b' }],
      [200, { a: 'b' }],
      [200, { a: 'b' }],
    ]);
    const one = await remove(`${MAPS}/held`, { dryRun: ['All'] });
    expect(one.body.metadata).toMatchObject({
      uid: metadata.uid,
      deletionTimestamp: expect.any(String),
    });
    const all = await remove(`${MAPS}?dryRun=All`);
    expect(all.body.items).toHaveLength(1);
    expect(seen).toEqual([]);
    expect(cluster.store.resourceVersion()).toBe(before);
  });

  it.each([
    [
      'a policy that does not exist',
      { propagationPolicy: 'Forward' },
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Forward": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      'a dry run that does not exist',
      { dryRun: ['Some'] },
      'DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: "Some": supported values: "All"',
    ],
  ])('%s is refused', async (_, body, message) => {
    map('one');
    const answer = await remove(`${MAPS}/one`, body);
    expect(answer).toMatchObject({ status: 422, body: { message } });
    expect(seen).toEqual([]);
  });
});

describe('a namespace', () => {
  it('is marked first, also when it is empty, and goes after all that is in it', async () => {
    map('held', { finalizers: ['a.example/x'] });
    const answer = await remove('/api/v1/namespaces/team-a');
    expect(answer.body.status.phase).toBe('Terminating');
    await remove('/api/v1/namespaces/team-b');
    await patch(`${MAPS}/held`, { metadata: { finalizers: null } });
    expect(seen).toEqual([
      'MODIFIED Namespace team-a marked',
      'MODIFIED ConfigMap held marked a.example/x',
      'MODIFIED Namespace team-b marked',
      'DELETED Namespace team-b marked',
      'DELETED ConfigMap held marked a.example/x',
      'DELETED Namespace team-a marked',
    ]);
  });
});
