// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { type Answer, PortalClient } from './PortalClient';

/** The service whose page is opened: three environments, one of them in two regions. */
export const SERVICE = { namespace: 'team-a', name: 'orders' };

const REF = `component:default/${SERVICE.name}`;

/** The page of one service as both plugins fill it. */
export class Views {
  readonly #developer: PortalClient;
  readonly #platform: PortalClient;
  readonly #entity: unknown;

  private constructor(
    developer: PortalClient,
    platform: PortalClient,
    entity: unknown,
  ) {
    this.#developer = developer;
    this.#platform = platform;
    this.#entity = entity;
  }

  /** @throws when one of both does not answer well: what is not there is not compared */
  static async open(url: string): Promise<Views> {
    const developer = await PortalClient.signIn(url, 'dev-a');
    // The stock plugin knows no owner, so the default policy opens it to the platform team only.
    const platform = await PortalClient.signIn(url, 'platform-a');
    const entity = await platform.json(
      `/api/catalog/entities/by-name/component/default/${SERVICE.name}`,
    );
    const views = new Views(developer, platform, entity);
    for (const answer of [await views.stock(), await views.fairway()]) {
      if (answer.status !== 200) {
        throw new Error(
          `The page does not open: ${answer.status} ${answer.body
            .toString()
            .slice(0, 200)}`,
        );
      }
    }
    return views;
  }

  /**
   * As the stock tab asks, again every ten seconds.
   *
   * Source: `backstage/community-plugins`, kubernetes-react: useKubernetesObjects,
   * KubernetesBackendClient.getObjectsByEntity.
   */
  stock(patience?: number): Promise<Answer> {
    return this.#platform.post(
      `/api/kubernetes/services/${SERVICE.name}`,
      { auth: {}, entity: this.#entity },
      patience,
    );
  }

  /** As our page asks when it cannot hold a stream. */
  fairway(etag?: string): Promise<Answer> {
    return this.#developer.get(
      `/api/fairway-flux/v1/entities/component/default/${SERVICE.name}/deployments`,
      etag ? { 'if-none-match': etag } : {},
    );
  }

  /** As our page asks. */
  live(): Promise<ReadableStream<Uint8Array>> {
    const topic = encodeURIComponent(`fairway-flux.deployments:${REF}`);
    return this.#developer.stream(
      `/api/fairway-delivery/v1/stream?topic=${topic}&etag=`,
    );
  }

  close(): void {
    this.#developer.close();
    this.#platform.close();
  }
}
