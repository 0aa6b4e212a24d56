// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../../clock';
import { Faults } from '../../faults';
import { type Cluster, startCluster } from '../startCluster';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import type { KubeObject } from '../types';

export const DIGEST = `sha256:${'a'.repeat(64)}`;
const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: (image: string) =>
    image.includes('missing') ? undefined : { digest: DIGEST },
  repositories: () => [],
  images: () => [],
};

export interface CallOptions extends RequestInit {
  token?: string;
  type?: string;
}

/** Reads a watch line by line, waiting for the next when there is none yet. */
export class Lines {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  constructor(response: Response) {
    this.#reader = response.body!.getReader();
  }

  async next(): Promise<any> {
    // eslint-disable-line @typescript-eslint/no-explicit-any -- events are free-form JSON
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return JSON.parse(line);
      }
      const { done, value } = await this.#reader.read();
      if (done) {
        return undefined;
      }
      this.#text += Buffer.from(value).toString();
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** A cluster on an ephemeral port, with a clock and faults that the test owns. */
export class TestCluster {
  readonly clock = new ControlledClock();
  readonly faults = new Faults();
  #cluster!: Cluster;

  static async start(): Promise<TestCluster> {
    const test = new TestCluster();
    test.#cluster = await startCluster({
      name: 'aks-dev-weu',
      port: 0,
      clock: test.clock,
      faults: test.faults,
      registry,
    });
    for (const name of ['team-a', 'team-b']) {
      test.store.create(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
        { manager: 'test' },
      );
    }
    return test;
  }

  get store(): DefaultClusterStore {
    return this.#cluster.store;
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }

  call(path: string, init: CallOptions = {}): Promise<Response> {
    return fetch(`${this.#cluster.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${init.token ?? 'sandbox-portal'}`,
        ...(init.type ? { 'content-type': init.type } : {}),
        ...(init.headers as Record<string, string> | undefined),
      },
    });
  }

  async json(path: string, init: CallOptions = {}) {
    const response = await this.call(path, init);
    return { status: response.status, body: await response.json() };
  }

  async watch(path: string): Promise<Lines> {
    return new Lines(await this.call(path));
  }
}

export function deployment(
  name: string,
  image = 'shop/orders:1.4.2',
): KubeObject {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'team-a', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image }] },
      },
    },
  };
}

export const DEPLOYMENTS = '/apis/apps/v1/namespaces/team-a/deployments';

export function kustomization(name: string): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'team-a' },
    spec: {
      interval: '5m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'gitops' },
    },
  };
}

export const KUSTOMIZATIONS =
  '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
