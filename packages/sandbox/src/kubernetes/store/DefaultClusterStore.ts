// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock';
import type { StateStore } from '../../state';
import { ApiError } from '../ApiError';
import { apiVersionOf } from '../kinds/names';
import { kindsOfDefinition } from '../kinds/fluxKinds';
import type {
  ApplyOptions,
  ClusterStore,
  DeleteOptions,
  KubeObject,
  ManagedFieldsEntry,
  ObjectRef,
  PatchType,
  ResourceKind,
  WriteOptions,
} from '../types';
import { checkNamespace, checkQuota } from './admission';
import {
  alreadyExists,
  modifiedMeanwhile,
  notFound,
  notServed,
} from './errors';
import { refuseUnknownFields } from './fluxRules';
import { KindTable } from './KindTable';
import { Lifecycle } from './Lifecycle';
import {
  ownable,
  recordUpdate,
  sameWriter,
  sorted,
  type Writer,
} from './managedFields';
import { normalized } from './normalize';
import { ObjectTable } from './ObjectTable';
import { CommittedObjects, homeOf } from './CommittedObjects';
import { patched } from './patches';
import {
  born,
  prepared,
  sameContent,
  stamp,
  withoutUndefined,
} from './prepare';
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

/** A cluster's objects: reads are inherited, writes follow the API server's rules. */
export class DefaultClusterStore
  extends CommittedObjects
  implements ClusterStore
{
  readonly #clock: Clock;
  readonly #lifecycle: Lifecycle;

  private constructor(options: ClusterStoreOptions) {
    super(
      options.name,
      new KindTable(options.kinds),
      new ObjectTable({
        cluster: options.name,
        state: options.state,
        window: options.eventWindow ?? 4000,
      }),
    );
    this.#clock = options.clock;
    this.#lifecycle = new Lifecycle(this.kindTable, this.table, this.#clock, {
      replace: (kind, next, previous) => this.#write(kind, next, previous),
      remove: (kind, previous) => this.#remove(kind, previous),
    });
  }

  /** Opens a cluster; with a `state` it goes on with what was there before. */
  static create(options: ClusterStoreOptions): DefaultClusterStore {
    const store = new DefaultClusterStore(options);
    for (const object of store.table.onDisk()) {
      if (object.kind === 'CustomResourceDefinition') {
        store.kindTable.add(kindsOfDefinition(object));
      }
    }
    store.table.load(({ apiVersion, kind }) => store.kindOf(apiVersion, kind));
    const namespaces = store.kindOf('v1', 'Namespace');
    for (const name of namespaces ? FIRST_NAMESPACES : []) {
      if (!store.table.get(namespaces!, '', name)) {
        store.create(
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
          { manager: 'kube-apiserver' },
        );
      }
    }
    return store;
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
    const schema = this.kindTable.schemaOf(kind);
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
    const live = this.table.get(
      kind,
      homeOf(kind, applied.metadata.namespace),
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
        this.kindTable.schemaOf(kind),
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
      this.kindTable.schemaOf(kind),
      live,
      applied,
      writer,
      {
        force: options.force,
        status: kind.status,
        subresource: options.subresource,
      },
    );
    const next = prepared(kind, live, result.object, options.subresource);
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

  #existing(
    kind: ResourceKind,
    ref: { namespace?: string; name: string },
  ): KubeObject {
    const live = this.table.get(kind, homeOf(kind, ref.namespace), ref.name);
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

  /** @throws ApiError when the namespace is missing or going away */
  #born(kind: ResourceKind, object: KubeObject): KubeObject {
    const next = born(kind, object, this.#clock.now());
    const { namespace, name } = next.metadata;
    if (namespace) {
      checkNamespace(this, kind, { namespace, name });
    }
    return next;
  }

  #commitNew(
    kind: ResourceKind,
    next: KubeObject,
    options: WriteOptions,
    managedFields: ManagedFieldsEntry[],
  ): KubeObject {
    validate(kind, next);
    if (
      this.table.get(kind, next.metadata.namespace ?? '', next.metadata.name)
    ) {
      throw alreadyExists(kind, next.metadata.name);
    }
    checkQuota(this, kind, next);
    next.metadata.managedFields =
      managedFields.length > 0
        ? managedFields
        : recordUpdate(
            this.kindTable.schemaOf(kind),
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
    this.#lifecycle.collectIfAbandoned(kind, written);
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
    const next = prepared(kind, live, input, part);
    const given = input.metadata.managedFields;
    const base = given?.length ? given : live.metadata.managedFields ?? [];
    next.metadata.managedFields = recordUpdate(
      this.kindTable.schemaOf(kind),
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

  #commit(
    kind: ResourceKind,
    live: KubeObject,
    next: KubeObject,
    options: WriteOptions,
  ): KubeObject {
    const final = withoutUndefined(next);
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
    return this.#lifecycle.removesInstead(kind, final, live)
      ? final
      : this.#write(kind, final, live);
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
        resourceVersion: String(this.table.nextVersion()),
      },
    };
    this.notifier.tell(this.table.put(kind, next, previous));
    return next;
  }

  #remove(kind: ResourceKind, previous: KubeObject): void {
    const last = {
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(this.table.nextVersion()),
      },
    };
    this.notifier.tell(this.table.remove(kind, last, previous));
  }
}
