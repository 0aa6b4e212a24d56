// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  Faults,
  KubernetesApiServer,
  openCluster,
  WallClock,
} from '@fairway/sandbox';
import {
  makeKustomization,
  makeOwner,
  makePod,
  NAMESPACES,
  type NewObject,
  PODS_OF_AN_OWNER,
} from './makeObjects';

/** A cluster of the sandbox with as many objects as one wants, without controllers that would change them. */
export class BigCluster {
  readonly #server: KubernetesApiServer;
  readonly #clock: WallClock;
  readonly #faults: Faults;

  private constructor(
    server: KubernetesApiServer,
    clock: WallClock,
    faults: Faults,
  ) {
    this.#server = server;
    this.#clock = clock;
    this.#faults = faults;
  }

  static async start(objects: {
    kustomizations: number;
    pods: number;
  }): Promise<BigCluster> {
    const clock = new WallClock(1);
    const faults = new Faults();
    const store = openCluster({ name: 'bench', clock });
    for (const name of NAMESPACES) {
      store.create(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
        { manager: 'bench' },
      );
    }
    const put = (
      { object, status }: NewObject,
      creator: string,
      controller: string,
    ) => {
      const made = store.create(object, { manager: creator });
      store.update(
        { ...made, status },
        { manager: controller, subresource: 'status' },
      );
    };
    for (let at = 0; at < objects.kustomizations; at++) {
      put(
        makeKustomization(at),
        'kustomize-controller',
        'gotk-kustomize-controller',
      );
    }
    let owner = { name: '', uid: '' };
    for (let at = 0; at < objects.pods; at++) {
      if (at % PODS_OF_AN_OWNER === 0) {
        const { metadata } = store.create(makeOwner(at / PODS_OF_AN_OWNER), {
          manager: 'bench',
        });
        owner = { name: metadata.name, uid: metadata.uid ?? '' };
      }
      put(makePod(at, owner), 'kube-controller-manager', 'kubelet');
    }
    const server = await KubernetesApiServer.start({
      store,
      clock,
      faults,
      port: 0,
    });
    return new BigCluster(server, clock, faults);
  }

  get url(): string {
    return this.#server.url;
  }

  /** Requests so far, such as `list pods` or `watch pods`. */
  requests(what: string): number {
    return this.#server.counters().byVerb[what] ?? 0;
  }

  /** Closes every watch cleanly, at once, until told otherwise. */
  refuseToHoldWatches(refuse: boolean): void {
    this.#set('drop-watches', refuse);
  }

  /** Answers every watch with 410, until told otherwise. */
  forgetVersions(forget: boolean): void {
    this.#set('expire-resource-versions', forget);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    this.#clock.stop();
  }

  #set(kind: 'drop-watches' | 'expire-resource-versions', on: boolean): void {
    if (on) {
      this.#faults.set({ system: 'cluster/bench', kind });
    } else {
      this.#faults.clear();
    }
  }
}
