// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import {
  type WatchCache,
  watchCacheServiceRef,
} from '@fairway/plugin-delivery-node';
import {
  KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
} from '@kubernetes/client-node';

/** The kinds that are compared, and where they are served. */
export const SUBJECT_KINDS = {
  Kustomization: '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
  Pod: '/api/v1/pods',
} as const;

export type SubjectKind = keyof typeof SUBJECT_KINDS;

/** Something that keeps the objects of a cluster in memory. */
export interface Subject {
  /** Begins to list and watch. */
  start(): Promise<void>;
  /** Objects that are kept. */
  size(): Promise<number>;
}

const TOKEN = 'sandbox-portal';

/** The root service of Fairway, from configuration, as a portal has it. */
export async function fairway(url: string, clusters: number): Promise<Subject> {
  let watch: WatchCache | undefined;
  const probe = createServiceFactory({
    service: createServiceRef<WatchCache>({ id: 'bench.probe', scope: 'root' }),
    deps: { cache: watchCacheServiceRef },
    factory: ({ cache }) => cache,
  });
  const config = mockServices.rootConfig.factory({
    data: {
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: Array.from({ length: clusters }, (_, at) => ({
              name: `bench-${at}`,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: TOKEN,
            })),
          },
        ],
      },
    },
  });
  return {
    async start() {
      watch = await ServiceFactoryTester.from(probe, {
        dependencies: [config],
      }).getSubject();
    },
    async size() {
      let size = 0;
      for (const kind of Object.keys(SUBJECT_KINDS) as SubjectKind[]) {
        size += (await watch?.list(kind))?.length ?? 0;
      }
      return size;
    },
  };
}

const RESTART_MS = 5000;

/** An informer for each kind, as the README of `@kubernetes/client-node` shows it, with its restart after an error. */
export async function stock(
  url: string,
  kinds: SubjectKind[],
): Promise<Subject> {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'bench', server: url, skipTLSVerify: true }],
    users: [{ name: 'bench', token: TOKEN }],
    contexts: [{ name: 'bench', cluster: 'bench', user: 'bench' }],
    currentContext: 'bench',
  });
  const informers = kinds.map(kind => {
    const list = async (): Promise<KubernetesListObject<KubernetesObject>> => {
      const answer = await fetch(url + SUBJECT_KINDS[kind], {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      if (!answer.ok) {
        throw new Error(`${answer.status} for a list of ${kind}`);
      }
      return (await answer.json()) as KubernetesListObject<KubernetesObject>;
    };
    const informer = makeInformer(config, SUBJECT_KINDS[kind], list);
    informer.on('error', () => {
      setTimeout(() => void informer.start(), RESTART_MS);
    });
    return informer;
  });
  return {
    async start() {
      await Promise.all(informers.map(informer => informer.start()));
    },
    async size() {
      return informers.reduce(
        (sum, informer) => sum + informer.list().length,
        0,
      );
    },
  };
}
