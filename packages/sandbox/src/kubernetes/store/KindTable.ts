// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { apiVersionOf } from '../kinds/names';
import type { ResourceKind } from '../types';
import { Schema } from './schema';

/** The kinds that a cluster serves now. Definitions add and remove some at run time. */
export class KindTable {
  readonly #byName = new Map<string, ResourceKind>();
  readonly #schemas = new Map<ResourceKind, Schema>();
  readonly #listeners = new Set<() => void>();

  constructor(kinds: ResourceKind[]) {
    this.add(kinds);
  }

  add(kinds: ResourceKind[]): void {
    for (const kind of kinds) {
      const name = `${apiVersionOf(kind)} ${kind.kind}`;
      if (!this.#byName.has(name)) {
        this.#byName.set(name, kind);
        this.#schemas.set(kind, new Schema(kind));
      }
    }
    this.#tell();
  }

  remove(group: string, plural: string): void {
    for (const [name, kind] of this.#byName) {
      if (kind.group === group && kind.plural === plural) {
        this.#byName.delete(name);
        this.#schemas.delete(kind);
      }
    }
    this.#tell();
  }

  all(): ResourceKind[] {
    return [...this.#byName.values()];
  }

  find(apiVersion: string, kind: string): ResourceKind | undefined {
    return this.#byName.get(`${apiVersion} ${kind}`);
  }

  schemaOf(kind: ResourceKind): Schema {
    return this.#schemas.get(kind) ?? new Schema(kind);
  }

  /** Hears when kinds come or go. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
