// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock';
import type { StateStore } from '../../state';
import { ApiError } from '../ApiError';
import { apiVersionOf } from '../kinds/names';
import { kindsOfDefinition } from '../kinds/fluxKinds';
import type {
  ApplyOptions,
  ClusterStore,
  KubeObject,
  ListOptions,
  ManagedFieldsEntry,
  ObjectRef,
  PatchType,
  ResourceKind,
  StoreEvent,
  WriteOptions,
} from '../types';
import { applyDefaults, firstStatus } from './defaults';
import {
  alreadyExists,
  modifiedMeanwhile,
  namespaceMissing,
  namespaceTerminating,
  notFound,
  notServed,
} from './errors';
import { refuseUnknownFields } from './fluxRules';
import { hasGeneration, specChanged } from './generation';
import { KindTable } from './KindTable';
import { type DeleteOptions, Lifecycle } from './Lifecycle';
import {
  ownable,
  recordUpdate,
  sameWriter,
  sorted,
  type Writer,
} from './managedFields';
import { normalized } from './normalize';
import { type LoggedEvent, ObjectTable } from './ObjectTable';
import { patched } from './patches';
import { qosClassOf } from './podDefaults';
import { rescaled, scaleOf } from './scale';
import { serverSideApply } from './serverSideApply';
import { validate } from './validation';

export interface ClusterStoreOptions {
  name: string;
  clock: Clock;
  state?: StateStore;
  kinds: ResourceKind[];
  /** How many changes a watch can look back. */
  eventWindow?: number;
}

const FIRST_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Kinds that keep the status that their creator sends. */
const STATUS_ON_CREATE = new Set(['Node']);

export class DefaultClusterStore implements ClusterStore {
  readonly name: string;
  readonly #clock: Clock;
  readonly #kinds: KindTable;
  readonly #table: ObjectTable;
  readonly #lifecycle: Lifecycle;
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #pending: StoreEvent[] = [];
  #telling = false;

  private constructor(options: ClusterStoreOptions) {
    this.name = options.name;
    this.#clock = options.clock;
    this.#kinds = new KindTable(options.kinds);
    this.#table = new ObjectTable({
      cluster: options.name,
      state: options.state,
      window: options.eventWindow ?? 4000,
    });
    this.#lifecycle = new Lifecycle(this.#kinds, this.#table, this.#clock, {
      replace: (kind, next, previous) => this.#write(kind, next, previous),
      remove: (kind, previous) => this.#remove(kind, previous),
    });
  }

  /** Opens a cluster; with a `state` it goes on with what was there before. */
  static create(options: ClusterStoreOptions): DefaultClusterStore {
    const store = new DefaultClusterStore(options);
    for (const object of store.#table.onDisk()) {
      if (object.kind === 'CustomResourceDefinition') {
        store.#kinds.add(kindsOfDefinition(object));
      }
    }
    store.#table.load(({ apiVersion, kind }) => store.kindOf(apiVersion, kind));
    const namespaces = store.kindOf('v1', 'Namespace');
    for (const name of namespaces ? FIRST_NAMESPACES : []) {
      if (!store.#table.get(namespaces!, '', name)) {
        store.create(
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
          { manager: 'kube-apiserver' },
        );
      }
    }
    return store;
  }

  kinds(): ResourceKind[] {
    return this.#kinds.all();
  }

  kindOf(apiVersion: string, kind: string): ResourceKind | undefined {
    return this.#kinds.find(apiVersion, kind);
  }

  /** Hears when kinds come or go with their definitions. */
  subscribeKinds(listener: () => void): () => void {
    return this.#kinds.subscribe(listener);
  }

  /** The version of the newest change. */
  resourceVersion(): number {
    return this.#table.version;
  }

  /** Changes after this version can still be told. */
  oldestVersion(): number {
    return this.#table.oldest;
  }

  changesSince(version: number): LoggedEvent[] {
    return this.#table.since(version);
  }

  /** The objects of a kind as they were at a version that is still known. */
  listAt(
    kind: ResourceKind,
    version: number,
    namespace?: string,
  ): KubeObject[] {
    return this.#table.at(kind, version, namespace);
  }

  /** Forgets the past, so that older versions answer 410. */
  compact(): void {
    this.#table.compact();
  }

  get(ref: ObjectRef): KubeObject | undefined {
    const kind = this.kindOf(ref.apiVersion, ref.kind);
    return (
      kind && this.#table.get(kind, this.#home(kind, ref.namespace), ref.name)
    );
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
    const objects = this.#table.list(kind, options.namespace);
    const wanted = Object.entries(options.labels ?? {});
    return wanted.length === 0
      ? objects
      : objects.filter(({ metadata }) =>
          wanted.every(([key, value]) => metadata.labels?.[key] === value),
        );
  }

  create(object: KubeObject, options: WriteOptions): KubeObject {
    const kind = this.#kindFor(object);
    const next = this.#born(kind, normalized(kind, object));
    return this.#commitNew(kind, next, options, []);
  }

  update(object: KubeObject, options: WriteOptions): KubeObject {
    const kind = this.#kindFor(object);
    const { name, namespace } = object.metadata;
    const live = this.#existing(kind, { ...object, namespace, name });
    const next =
      options.subresource === 'scale' ? rescaled(live, object) : object;
    return this.#replaceLive(kind, live, next, options);
  }

  patch(
    ref: ObjectRef,
    type: PatchType,
    body: unknown,
    options: WriteOptions,
  ): KubeObject {
    const kind = this.#kindFor(ref);
    const live = this.#existing(kind, ref);
    const schema = this.#kinds.schemaOf(kind);
    if (options.subresource === 'scale') {
      return this.#replaceLive(
        kind,
        live,
        rescaled(live, patched(schema, scaleOf(live), type, body)),
        options,
      );
    }
    const next = patched(schema, live, type, body) as KubeObject;
    if (next.metadata?.name !== live.metadata.name) {
      throw new ApiError(
        400,
        'BadRequest',
        'the name of the object does not match the name on the URL',
      );
    }
    return this.#replaceLive(kind, live, next, options);
  }

  apply(object: KubeObject, options: ApplyOptions): KubeObject {
    const kind = this.#kindFor(object);
    refuseUnknownFields(object);
    const applied = normalized(kind, object);
    const live = this.#table.get(
      kind,
      this.#home(kind, applied.metadata.namespace),
      applied.metadata.name,
    );
    const writer = this.#writer(kind, options, 'Apply');
    if (!live) {
      const { metadata } = applied;
      const empty: KubeObject = {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: { name: metadata.name, namespace: metadata.namespace },
      };
      const first = serverSideApply(
        this.#kinds.schemaOf(kind),
        empty,
        applied,
        writer,
        { status: kind.status },
      );
      const next = this.#born(kind, normalized(kind, first.object));
      return this.#commitNew(kind, next, options, first.managedFields);
    }
    this.#checkVersion(kind, live, applied);
    const result = serverSideApply(
      this.#kinds.schemaOf(kind),
      live,
      applied,
      writer,
      {
        force: options.force,
        status: kind.status,
        subresource: options.subresource,
      },
    );
    const next = this.#prepared(kind, live, result.object, options.subresource);
    const changed = !sameContent(live, next);
    const time = changed ? writer.time : undefined;
    next.metadata.managedFields = sorted(
      result.managedFields.map(entry =>
        time && sameWriter(entry, writer) ? { ...entry, time } : entry,
      ),
    );
    return this.#commit(kind, live, next, options);
  }

  delete(ref: ObjectRef, options: DeleteOptions = {}): KubeObject | undefined {
    const kind = this.#kindFor(ref);
    return this.#lifecycle.delete(kind, this.#existing(kind, ref), options);
  }

  /** Binds a pod to a node as the binding subresource does: no field manager is recorded. */
  bind(
    ref: ObjectRef,
    node: string,
    labels: Record<string, string> = {},
  ): KubeObject {
    const kind = this.#kindFor(ref);
    const pod = this.#existing(kind, ref);
    return this.#write(
      kind,
      {
        ...pod,
        metadata: {
          ...pod.metadata,
          labels: { ...pod.metadata.labels, ...labels },
        },
        spec: { ...pod.spec, nodeName: node },
      },
      pod,
    );
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #kindFor({
    apiVersion,
    kind,
  }: {
    apiVersion: string;
    kind: string;
  }): ResourceKind {
    const found = this.kindOf(apiVersion, kind);
    if (!found) {
      throw notServed();
    }
    return found;
  }

  #home(kind: ResourceKind, namespace?: string): string {
    return kind.namespaced ? namespace ?? 'default' : '';
  }

  #existing(
    kind: ResourceKind,
    ref: { namespace?: string; name: string },
  ): KubeObject {
    const live = this.#table.get(
      kind,
      this.#home(kind, ref.namespace),
      ref.name,
    );
    if (!live) {
      throw notFound(kind, ref.name);
    }
    return live;
  }

  #writer(
    kind: ResourceKind,
    options: WriteOptions,
    operation: Writer['operation'],
  ): Writer {
    return {
      manager: options.manager,
      operation,
      apiVersion: apiVersionOf(kind),
      ...(options.subresource ? { subresource: options.subresource } : {}),
      time: stamp(this.#clock.now()),
    };
  }

  /** Server metadata, defaults and first status of a new object. */
  #born(kind: ResourceKind, object: KubeObject): KubeObject {
    const { metadata } = object;
    if (!metadata.name && metadata.generateName) {
      metadata.name = `${metadata.generateName}${randomLetters()}`;
    }
    if (kind.namespaced) {
      metadata.namespace = this.#home(kind, metadata.namespace);
      this.#checkNamespace(kind, metadata.namespace, metadata.name);
    } else {
      delete metadata.namespace;
    }
    delete metadata.resourceVersion;
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    metadata.uid = randomUUID();
    metadata.creationTimestamp = stamp(this.#clock.now());
    metadata.generation = 1;
    if (!hasGeneration(kind)) {
      delete metadata.generation;
    }
    applyDefaults(object);
    if (kind.status && !STATUS_ON_CREATE.has(kind.kind)) {
      object.status = firstStatus(object);
      if (kind.kind === 'Pod') {
        object.status.qosClass = qosClassOf(object.spec);
      }
    }
    return object;
  }

  #checkNamespace(kind: ResourceKind, namespace: string, name: string): void {
    const namespaces = this.kindOf('v1', 'Namespace');
    const home = namespaces && this.#table.get(namespaces, '', namespace);
    if (!home) {
      throw namespaceMissing(namespace);
    }
    if (home.metadata.deletionTimestamp) {
      throw namespaceTerminating(kind, name, namespace);
    }
  }

  #commitNew(
    kind: ResourceKind,
    next: KubeObject,
    options: WriteOptions,
    managedFields: ManagedFieldsEntry[],
  ): KubeObject {
    validate(kind, next);
    if (
      this.#table.get(kind, next.metadata.namespace ?? '', next.metadata.name)
    ) {
      throw alreadyExists(kind, next.metadata.name);
    }
    next.metadata.managedFields =
      managedFields.length > 0
        ? managedFields
        : recordUpdate(
            this.#kinds.schemaOf(kind),
            { metadata: {} },
            ownable(next, { status: kind.status }),
            [],
            this.#writer(kind, options, 'Update'),
          );
    if (options.dryRun) {
      return next;
    }
    const written = this.#write(kind, next);
    if (kind.kind === 'CustomResourceDefinition') {
      this.#lifecycle.serve(written);
    }
    return written;
  }

  #replaceLive(
    kind: ResourceKind,
    live: KubeObject,
    wanted: KubeObject,
    options: WriteOptions,
  ): KubeObject {
    const input = normalized(kind, wanted);
    this.#checkVersion(kind, live, input);
    const part = options.subresource === 'status' ? 'status' : undefined;
    const next = this.#prepared(kind, live, input, part);
    const given = input.metadata.managedFields;
    const base = given?.length ? given : live.metadata.managedFields ?? [];
    next.metadata.managedFields = recordUpdate(
      this.#kinds.schemaOf(kind),
      ownable(live, { status: kind.status, subresource: part }),
      ownable(next, { status: kind.status, subresource: part }),
      base,
      this.#writer(kind, options, 'Update'),
    );
    return this.#commit(kind, live, next, options);
  }

  #checkVersion(kind: ResourceKind, live: KubeObject, next: KubeObject): void {
    const { resourceVersion, uid, name } = next.metadata;
    if (
      (resourceVersion && resourceVersion !== live.metadata.resourceVersion) ||
      (uid && uid !== live.metadata.uid)
    ) {
      throw modifiedMeanwhile(kind, name);
    }
  }

  /** The wanted object with everything that the writer may not change taken from the live one. */
  #prepared(
    kind: ResourceKind,
    live: KubeObject,
    wanted: KubeObject,
    subresource?: string,
  ): KubeObject {
    if (subresource === 'status') {
      const next = { ...live, metadata: { ...live.metadata } };
      if (wanted.status === undefined) {
        delete next.status;
      } else {
        next.status = wanted.status;
      }
      return next;
    }
    const { status, ...rest } = normalized(kind, wanted);
    const next: KubeObject = {
      ...rest,
      apiVersion: live.apiVersion,
      kind: live.kind,
      metadata: {
        ...rest.metadata,
        name: live.metadata.name,
        namespace: live.metadata.namespace,
        uid: live.metadata.uid,
        creationTimestamp: live.metadata.creationTimestamp,
        resourceVersion: live.metadata.resourceVersion,
        generation: live.metadata.generation,
        deletionTimestamp: live.metadata.deletionTimestamp,
        deletionGracePeriodSeconds: live.metadata.deletionGracePeriodSeconds,
      },
    };
    const kept = kind.status ? live.status : status;
    if (kept !== undefined) {
      next.status = kept;
    }
    applyDefaults(next);
    validate(kind, next, live);
    if (hasGeneration(kind) && specChanged(live, next)) {
      next.metadata.generation = (live.metadata.generation ?? 0) + 1;
    }
    return next;
  }

  #commit(
    kind: ResourceKind,
    live: KubeObject,
    next: KubeObject,
    options: WriteOptions,
  ): KubeObject {
    const final = normalizedMetadata(next);
    if (
      sameContent(live, final) &&
      isDeepStrictEqual(
        live.metadata.managedFields,
        final.metadata.managedFields,
      )
    ) {
      return live;
    }
    if (options.dryRun) {
      return final;
    }
    const written = this.#write(kind, final, live);
    if (written.metadata.deletionTimestamp) {
      this.#lifecycle.finish(kind, written);
    }
    return written;
  }

  #write(
    kind: ResourceKind,
    object: KubeObject,
    previous?: KubeObject,
  ): KubeObject {
    const next = {
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: String(this.#table.nextVersion()),
      },
    };
    this.#tell(this.#table.put(kind, next, previous));
    return next;
  }

  #remove(kind: ResourceKind, previous: KubeObject): void {
    const last = {
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(this.#table.nextVersion()),
      },
    };
    this.#tell(this.#table.remove(kind, last, previous));
  }

  /** Tells everybody of one change before the next: a listener may write. */
  #tell(event: StoreEvent): void {
    this.#pending.push(event);
    if (this.#telling) {
      return;
    }
    this.#telling = true;
    try {
      for (
        let next = this.#pending.shift();
        next;
        next = this.#pending.shift()
      ) {
        for (const listener of this.#listeners) {
          listener(next);
        }
      }
    } finally {
      this.#telling = false;
    }
  }
}

/** Equal but for what every write moves. */
function sameContent(a: KubeObject, b: KubeObject): boolean {
  const rest = ({ metadata, ...others }: KubeObject) => {
    const { managedFields, resourceVersion, ...meta } = normalizedMetadata({
      apiVersion: '',
      kind: '',
      metadata,
    }).metadata;
    return { ...others, metadata: meta };
  };
  return isDeepStrictEqual(rest(a), rest(b));
}

function normalizedMetadata(object: KubeObject): KubeObject {
  return {
    ...object,
    metadata: Object.fromEntries(
      Object.entries(object.metadata).filter(
        ([, value]) => value !== undefined,
      ),
    ) as unknown as KubeObject['metadata'],
  };
}

function stamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

function randomLetters(): string {
  return [...randomUUID().replace(/-/g, '').slice(0, 5)]
    .map(
      digit =>
        LETTERS[
          (Number.parseInt(digit, 16) * 7 + Math.floor(Math.random() * 27)) % 27
        ],
    )
    .join('');
}
