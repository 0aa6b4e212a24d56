// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody whom one can be in the sandbox. */
export interface Persona {
  /** Name of the User entity. */
  name: string;
  title: string;
  role: string;
  sees: string;
}

/** @throws Error naming the key, when an entry of `fairway.sandbox.personas` is incomplete */
export function readPersonas(config: ConfigApi): Persona[] {
  const entries =
    config.getOptionalConfigArray('fairway.sandbox.personas') ?? [];
  return entries.map(entry => ({
    name: entry.getString('name'),
    title: entry.getString('title'),
    role: entry.getString('role'),
    sees: entry.getString('sees'),
  }));
}

const KEY = 'fairway.sandbox.persona';

/**
 * The choice of this tab: session storage, so that two tabs can be two personas.
 */
export const chosenPersona = {
  get: () => sessionStorage.getItem(KEY) ?? undefined,
  set: (name: string) => sessionStorage.setItem(KEY, name),
  clear: () => sessionStorage.removeItem(KEY),
};
