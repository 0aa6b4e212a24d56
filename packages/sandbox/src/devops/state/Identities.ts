// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { guidOf } from '../http/guid';

/** A person or group, as the wire shows it. */
export interface Identity {
  id: string;
  displayName: string;
  uniqueName: string;
  descriptor: string;
  url: string;
  isContainer?: boolean;
}

/** The account behind a personal access token without a name of its own. */
export const PORTAL = 'fairway-portal';
/** The account that commits new image tags. */
export const BOT = 'fluxcdbot';
/** The person at the keyboard, on the sandbox's own pages. */
export const REVIEWER = 'sandbox-reviewer';

/** Clients that have only a token send one of these as the user. */
const NAMELESS = new Set(['', 'pat', 'notempty', 'not-empty', 'x-token-auth']);

/** Who is who. Ids follow from names, so nobody needs to be created. */
export class Identities {
  readonly #names = new Map<string, string>();
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
    for (const name of [PORTAL, BOT, REVIEWER]) {
      this.of(name);
    }
  }

  /** The account name behind a Basic user name. */
  static accountOf(user: string): string {
    const name = user.split('@')[0].trim();
    return NAMELESS.has(name.toLowerCase()) ? PORTAL : name;
  }

  of(name: string): Identity {
    const id = guidOf(`identity/${name.toLowerCase()}`);
    this.#names.set(id, name);
    return {
      id,
      displayName: name,
      uniqueName: `${name}@example.com`,
      descriptor: `aad.${Buffer.from(name).toString('base64url')}`,
      url: `${this.#url()}/_apis/Identities/${id}`,
    };
  }

  /** The name behind an id, or the text itself when it is a name. */
  nameOf(idOrName: string): string {
    return this.#names.get(idOrName) ?? idOrName.split('@')[0];
  }

  search(filter: string): Identity[] {
    const wanted = filter.toLowerCase();
    return [...this.#names.values()]
      .filter(name => `${name}@example.com`.toLowerCase().includes(wanted))
      .map(name => this.of(name));
  }
}
