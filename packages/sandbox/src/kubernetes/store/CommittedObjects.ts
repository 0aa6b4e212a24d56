// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  KubeObject,
  ListOptions,
  ObjectRef,
  ResourceKind,
  StoreEvent,
} from '../types';
import type { KindTable } from './KindTable';
import { Notifier } from './Notifier';
import type { LoggedEvent, ObjectTable } from './ObjectTable';

/** What is stored and what changed: the reading half of a cluster's store. */
export abstract class CommittedObjects {
  readonly name: string;
  protected readonly kindTable: KindTable;
  protected readonly table: ObjectTable;
  protected readonly notifier = new Notifier();

  protected constructor(
    name: string,
    kindTable: KindTable,
    table: ObjectTable,
  ) {
    this.name = name;
    this.kindTable = kindTable;
    this.table = table;
  }

  kinds(): ResourceKind[] {
    return this.kindTable.all();
  }

  kindOf(apiVersion: string, kind: string): ResourceKind | undefined {
    return this.kindTable.find(apiVersion, kind);
  }

  /** Hears when kinds come or go with their definitions. */
  subscribeKinds(listener: () => void): () => void {
    return this.kindTable.subscribe(listener);
  }

  /** The version of the newest change. */
  resourceVersion(): number {
    return this.table.version;
  }

  /** Changes after this version can still be told. */
  oldestVersion(): number {
    return this.table.oldest;
  }

  changesSince(version: number): LoggedEvent[] {
    return this.table.since(version);
  }

  /** The objects of a kind as they were at a version that is still known. */
  listAt(
    kind: ResourceKind,
    version: number,
    namespace?: string,
  ): KubeObject[] {
    return this.table.at(kind, version, namespace);
  }

  /** Forgets the past, so that older versions answer 410. */
  compact(): void {
    this.table.compact();
  }

  /** As `compact`, and also what was current until now is too old: a new process begins later than all that clients know. */
  forgetPast(): void {
    this.table.nextVersion();
    this.table.compact();
  }

  get(ref: ObjectRef): KubeObject | undefined {
    const kind = this.kindOf(ref.apiVersion, ref.kind);
    return kind && this.table.get(kind, homeOf(kind, ref.namespace), ref.name);
  }

  list(
    apiVersion: string,
    kindName: string,
    options: ListOptions = {},
  ): KubeObject[] {
    const kind = this.kindOf(apiVersion, kindName);
    if (!kind) {
      return [];
    }
    const objects = this.table.list(kind, options.namespace);
    const wanted = Object.entries(options.labels ?? {});
    return wanted.length === 0
      ? objects
      : objects.filter(({ metadata }) =>
          wanted.every(([key, value]) => metadata.labels?.[key] === value),
        );
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.notifier.subscribe(listener);
  }
}

/** The namespace an object of the kind lives in; empty at the cluster's scope. */
export function homeOf(kind: ResourceKind, namespace?: string): string {
  return kind.namespaced ? namespace ?? 'default' : '';
}
