// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const TIMEOUT_MS = 10_000;

/** Clusters of the demo world, in the order of their ports. */
export const CLUSTERS = [
  'aks-dev-weu',
  'aks-staging-weu',
  'aks-prod-weu',
  'aks-prod-neu',
];

interface Counters {
  byVerb: Record<string, number>;
}

/** The sandbox, from behind: what it was asked, what it should do wrong, what changes in it. */
export class SandboxControl {
  readonly #controlUrl: string;
  readonly #devUrl: string;

  private constructor(controlUrl: string, devUrl: string) {
    this.#controlUrl = controlUrl;
    this.#devUrl = devUrl;
  }

  static fromEnvironment(env: NodeJS.ProcessEnv): SandboxControl {
    return new SandboxControl(
      `http://127.0.0.1:${env.FAIRWAY_SANDBOX_PORT}`,
      `http://127.0.0.1:${env.FAIRWAY_CLUSTER_PORT_1}`,
    );
  }

  /** Requests that all clusters have got so far, but not those by which the bench itself changes them. */
  async requests(options: { watches: boolean }): Promise<number> {
    const counters = await this.#call<Record<string, Counters>>(
      'GET',
      '/counters',
    );
    let sum = 0;
    for (const { byVerb } of Object.values(counters)) {
      for (const [what, count] of Object.entries(byVerb)) {
        const [verb] = what.split(' ');
        if (verb !== 'patch' && (options.watches || verb !== 'watch')) {
          sum += count;
        }
      }
    }
    return sum;
  }

  /** Every answer of every cluster takes this long. */
  async slow(delayMs: number): Promise<void> {
    for (const name of CLUSTERS) {
      await this.#call('PUT', '/faults', {
        system: `cluster/${name}`,
        kind: 'slow',
        delayMs,
      });
    }
  }

  /** The cluster takes connections, and says nothing any more. */
  async hang(cluster: string): Promise<void> {
    await this.#call('PUT', '/faults', {
      system: `cluster/${cluster}`,
      kind: 'hang',
    });
  }

  async mend(): Promise<void> {
    await this.#call('DELETE', '/faults');
  }

  /** Merges into a Kustomization of the dev cluster, as a person with kubectl does. */
  async patchKustomization(
    { namespace, name }: { namespace: string; name: string },
    patch: unknown,
  ): Promise<void> {
    const response = await fetch(
      `${
        this.#devUrl
      }/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${namespace}/kustomizations/${name}?fieldManager=flux`,
      {
        method: 'PATCH',
        headers: {
          authorization: 'Bearer sandbox-admin',
          'content-type': 'application/merge-patch+json',
        },
        body: JSON.stringify(patch),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    if (!response.ok) {
      throw new Error(
        `The change was refused: ${response.status} ${await response.text()}`,
      );
    }
    await response.body?.cancel();
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#controlUrl + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return (await response.json()) as T;
  }
}
