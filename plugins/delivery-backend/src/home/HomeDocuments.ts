// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type {
  Environment,
  HomeDocument,
  HomeEnvironment,
} from '@fairway/plugin-delivery-common';
import { needsYou, worst } from './needsYou';
import type { Portfolio, Portfolios } from './Portfolios';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Makes the home page's document for one person. */
export class HomeDocuments {
  readonly #portfolios: Portfolios;
  readonly #environments: Environment[];

  private constructor(portfolios: Portfolios, environments: Environment[]) {
    this.#portfolios = portfolios;
    this.#environments = environments;
  }

  static create(options: {
    portfolios: Portfolios;
    environments: Environment[];
  }): HomeDocuments {
    return new HomeDocuments(options.portfolios, options.environments);
  }

  /** What the caller or a group of the caller owns, asked for anew. */
  async read(credentials: UserCredentials): Promise<HomeDocument> {
    return this.#make(await this.#portfolios.look(credentials));
  }

  /** The same for what was owned at the last look: asks neither catalog nor permissions. */
  async readAgain(credentials: UserCredentials): Promise<HomeDocument> {
    return this.#make(await this.#portfolios.last(credentials));
  }

  /** Looks at what the caller owns and may see; the next reading rests on it. */
  async look(credentials: UserCredentials): Promise<void> {
    await this.#portfolios.look(credentials);
  }

  async #make({ services, total, visible }: Portfolio): Promise<HomeDocument> {
    const told = await Promise.all(
      visible.map(({ summarizer, entities }) => summarizer.summarize(entities)),
    );
    const rows = services.map(service => ({
      ...service,
      environments: this.#inOrder(
        told.flatMap(summary => summary.get(service.entityRef) ?? []),
      ),
    }));
    return {
      environments: this.#environments.map(({ name, title }) => ({
        name,
        title,
      })),
      services: rows,
      needsYou: needsYou(rows),
      total,
      truncated: services.length < total,
    };
  }

  /** One cell per environment, in their order; of two plugins' words the worse stands. */
  #inOrder(cells: HomeEnvironment[]): HomeEnvironment[] {
    return this.#environments.flatMap(({ name }) => {
      const found = cells.filter(cell => cell.name === name);
      return found.length > 0 ? [worst(found)] : [];
    });
  }
}
