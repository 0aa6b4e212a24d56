// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedPod,
  ProjectedReplicaSet,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import type { StoredDeployment } from '../store/types';
import { templateByImages, templatesOfDeployment } from './templateChanges';

const at = (hour: number) =>
  `2026-11-26T${String(hour).padStart(2, '0')}:00:00Z`;
const NOW = at(20);

const deployment: ProjectedWorkload = {
  kind: 'Deployment',
  cluster: 'aks-dev-weu',
  namespace: 'team-a',
  name: 'orders',
  uid: 'd',
  createdAt: at(0),
  labels: {},
  desired: 1,
  ready: 1,
  updated: 1,
  available: 1,
  images: [],
  conditions: [],
};

function replicaSet(
  revision: number,
  hash: string,
  hour: number,
  version = `1.${revision}.0`,
): ProjectedReplicaSet {
  return {
    kind: 'ReplicaSet',
    cluster: 'aks-dev-weu',
    namespace: 'team-a',
    name: `orders-${hash}`,
    uid: hash,
    ownerUid: 'd',
    createdAt: at(hour),
    labels: {},
    revision: String(revision),
    templateHash: hash,
    desired: 0,
    ready: 0,
    images: [{ container: 'app', image: `acr/orders:${version}` }],
  };
}

function kept(revision: number, version: string): StoredDeployment {
  return {
    id: 'x',
    cluster: 'aks-dev-weu',
    namespace: 'team-a',
    workloadKind: 'Deployment',
    workload: 'orders',
    component: 'orders',
    templateKey: 'kept',
    templateRevision: String(revision),
    images: [{ container: 'app', image: `acr/orders:${version}` }],
    startedAt: at(1),
    change: 'image',
    missedBefore: 0,
  };
}

/** `revision hash since hour, what, missed`. */
function lines(
  owned: ProjectedReplicaSet[],
  latest?: StoredDeployment,
  live?: string,
): string[] {
  return templatesOfDeployment(deployment, owned, latest, live).map(
    ({ templateRevision, templateKey, startedAt, change, missedBefore }) =>
      `${templateRevision} ${templateKey} at ${startedAt.slice(
        11,
        13,
      )} ${change} ${missedBefore}`,
  );
}

describe('templatesOfDeployment', () => {
  it('gives the oldest first, by revision and not by age', () => {
    expect(lines([replicaSet(10, 'b', 3), replicaSet(9, 'a', 2)])).toEqual([
      '9 a at 02 image 0',
      '10 b at 03 image 0',
    ]);
  });

  it('takes a new template of the same images for a change of the configuration', () => {
    expect(
      lines([replicaSet(1, 'a', 1, '1.0.0'), replicaSet(2, 'b', 2, '1.0.0')]),
    ).toEqual(['1 a at 01 image 0', '2 b at 02 configuration 0']);
    expect(lines([replicaSet(2, 'b', 2, '1.0.0')], kept(1, '1.0.0'))).toEqual([
      '2 b at 02 configuration 0',
    ]);
  });

  it('counts what was missed since the last one that is kept', () => {
    expect(lines([replicaSet(9, 'a', 2)], kept(5, '1.0.0'))).toEqual([
      '9 a at 02 image 3',
    ]);
    expect(lines([replicaSet(5, 'a', 2)], kept(5, '1.0.0'))).toEqual([
      '5 a at 02 image 0',
    ]);
  });

  it('lets a template that came back begin when it came back', () => {
    const owned = [replicaSet(4, 'a', 1), replicaSet(3, 'b', 5)];
    // Found afterwards: not before the one that it replaced.
    expect(lines(owned)).toEqual(['3 b at 05 image 0', '4 a at 05 image 0']);
    // Seen live: now.
    expect(lines(owned, undefined, NOW)).toEqual([
      '3 b at 05 image 0',
      '4 a at 20 image 0',
    ]);
  });

  it('keeps the order of what came in the same second', () => {
    const changes = templatesOfDeployment(
      deployment,
      [replicaSet(1, 'a', 1), replicaSet(2, 'b', 1), replicaSet(3, 'c', 1)],
      undefined,
      undefined,
    );
    expect(changes.map(({ startedAt }) => startedAt)).toEqual([
      '2026-11-26T01:00:00.000Z',
      '2026-11-26T01:00:00.001Z',
      '2026-11-26T01:00:00.002Z',
    ]);
  });

  it('does not let one begin before the one that is kept', () => {
    const [change] = templatesOfDeployment(
      deployment,
      [replicaSet(6, 'b', 1)],
      { ...kept(5, '1.0.0'), startedAt: '2026-11-26T01:00:00.786Z' },
      undefined,
    );
    expect(change.startedAt).toBe('2026-11-26T01:00:00.787Z');
  });

  it('waits for what the controller has not numbered yet', () => {
    const young = replicaSet(1, 'a', 1);
    expect(lines([{ ...young, revision: undefined }])).toEqual([]);
    expect(lines([{ ...young, templateHash: undefined }])).toEqual([]);
  });

  it('gives a change the same name each time, and another change another', () => {
    const ids = (owned: ProjectedReplicaSet[]) =>
      templatesOfDeployment(deployment, owned, undefined, undefined).map(
        ({ id }) => id,
      );
    const [a, b] = ids([replicaSet(1, 'a', 1), replicaSet(2, 'b', 2)]);
    expect(ids([replicaSet(2, 'b', 9)])).toEqual([b]);
    expect(a).not.toBe(b);
    expect(ids([replicaSet(3, 'a', 1)])).not.toEqual([a]);
  });
});

describe('templateByImages', () => {
  const set: ProjectedWorkload = {
    ...deployment,
    kind: 'StatefulSet',
    generation: 1,
    images: [{ container: 'db', image: 'acr/db:2.0.0' }],
  };
  const pods = (...hours: Array<[hour: number, image: string]>) =>
    ({
      list: async () =>
        hours.map(
          ([hour, image]): Partial<ProjectedPod> => ({
            createdAt: at(hour),
            containers: [
              { name: 'db', image, ready: true, restarts: 0, init: false },
            ],
          }),
        ),
    } as Partial<WatchCache> as WatchCache);
  const none = { count: 0 };

  it('begins with the workload when it never changed', async () => {
    const change = await templateByImages(pods(), set, none, undefined);
    expect(change).toMatchObject({
      templateRevision: '1',
      startedAt: at(0),
      images: set.images,
      change: 'image',
      missedBefore: 0,
    });
  });

  it('begins with the oldest pod of its images when it did', async () => {
    const change = await templateByImages(
      pods([7, 'acr/db:2.0.0'], [5, 'acr/db:2.0.0'], [2, 'acr/db:1.0.0']),
      { ...set, generation: 3 },
      none,
      undefined,
    );
    expect(change?.startedAt).toBe(at(5));
  });

  it('is none while the images are those that are kept, and one when they differ', async () => {
    const first = await templateByImages(pods(), set, none, undefined);
    const latest = {
      deployment: { ...kept(1, '1.0.0'), templateKey: first!.templateKey },
      count: 1,
    };
    expect(await templateByImages(pods(), set, latest, NOW)).toBeUndefined();
    const next = await templateByImages(
      pods(),
      { ...set, images: [{ container: 'db', image: 'acr/db:2.1.0' }] },
      latest,
      NOW,
    );
    expect(next).toMatchObject({ templateRevision: '2', startedAt: NOW });
  });
});
