// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Metadata as the API server stores it. Times are RFC 3339 with second precision, as the real server writes them. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
  generateName?: string;
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: Record<string, unknown>;
  subresource?: string;
}

/** Any Kubernetes object. The sandbox treats bodies as JSON; controllers narrow what they read. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- free-form by kind
  status?: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- free-form by kind
  [field: string]: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- free-form by kind
}

/** One served resource: what discovery tells about it and how the store treats it. */
export interface ResourceKind {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames?: string[];
  categories?: string[];
  namespaced: boolean;
  /** Has a status subresource: writes to the main resource leave status alone and the other way round. */
  status: boolean;
  /** Has a scale subresource. */
  scale?: boolean;
}

/** How a controller or HTTP client signs its writes (managedFields). */
export interface WriteOptions {
  manager: string;
  subresource?: 'status' | 'scale';
  dryRun?: boolean;
}

export interface ApplyOptions extends WriteOptions {
  force?: boolean;
}

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

/** What must hold of an object for a deletion to go on. */
export interface Preconditions {
  uid?: string;
  resourceVersion?: string;
}

export interface DeleteOptions {
  /** What happens to dependents; by default the kind decides, nearly always in the background. */
  propagationPolicy?: PropagationPolicy;
  /** 0 removes a pod at once; without it a pod is marked and its kubelet ends it. */
  gracePeriodSeconds?: number;
  preconditions?: Preconditions;
  dryRun?: boolean;
}

export type PatchType = 'merge' | 'json' | 'strategic';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: ResourceKind;
  object: KubeObject;
  /** What stood there before, for MODIFIED and DELETED. */
  previous?: KubeObject;
}

/** Where an object is: apiVersion and kind as written in a manifest. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

export interface ListOptions {
  namespace?: string;
  /** Equality only; the HTTP layer parses the full selector grammar itself. */
  labels?: Record<string, string>;
}

/**
 * One cluster's objects with the API server's rules (resourceVersion,
 * generation, managedFields, finalizers, owner references), without HTTP.
 * Controllers work on it directly; the HTTP server is one more client of it.
 *
 * Objects that it returns are frozen snapshots or copies: changing them changes nothing.
 * Failures are thrown as `ApiError` with the Status object that the real server would answer.
 */
export interface ClusterStore {
  readonly name: string;
  kinds(): ResourceKind[];
  /** The kind by manifest words, if it is served. */
  kindOf(apiVersion: string, kind: string): ResourceKind | undefined;
  get(ref: ObjectRef): KubeObject | undefined;
  list(apiVersion: string, kind: string, options?: ListOptions): KubeObject[];
  create(object: KubeObject, options: WriteOptions): KubeObject;
  /** Full replace; a stale metadata.resourceVersion is a 409. */
  update(object: KubeObject, options: WriteOptions): KubeObject;
  patch(
    ref: ObjectRef,
    type: PatchType,
    body: unknown,
    options: WriteOptions,
  ): KubeObject;
  /** Server-side apply: creates or merges, and tracks what the manager owns. */
  apply(object: KubeObject, options: ApplyOptions): KubeObject;
  /** Honours finalizers and owner references; returns what remains, or undefined when it is gone. */
  delete(ref: ObjectRef, options?: DeleteOptions): KubeObject | undefined;
  /** Hears of every committed change in order. Returns the way to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}
