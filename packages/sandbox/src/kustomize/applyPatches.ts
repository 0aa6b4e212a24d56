// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { KustomizeError } from './KustomizeError';
import { Resource, groupOf, resourceId, versionOf } from './Resource';
import { jsonPatch, type JsonPatchOperation } from './jsonPatch';
import { labelSelector } from './labelSelector';
import { parseYaml } from './loadManifests';
import { strategicMerge } from './strategicMerge';

export interface PatchTarget {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

export interface PatchField {
  /** The text itself; a `path` has been read by the caller. */
  patch: string;
  target?: PatchTarget;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
  /** How messages name the patch. */
  where: string;
}

/** Applies one entry of `patches`: a strategic merge or a JSON patch. */
export function applyPatch(resources: Resource[], field: PatchField): void {
  const documents = parsePatch(field);
  if (documents.length === 1 && Array.isArray(documents[0])) {
    applyJsonPatch(resources, field, documents[0] as JsonPatchOperation[]);
    return;
  }
  for (const document of documents) {
    applyMergePatch(resources, field, document as KubeObject);
  }
}

function parsePatch(field: PatchField): unknown[] {
  let documents: unknown[];
  try {
    documents = parseYaml(field.patch, field.where);
  } catch {
    throw unparsable(field);
  }
  documents = documents.filter(document => document !== null);
  const operations = documents.length === 1 && Array.isArray(documents[0]);
  const good = operations
    ? (documents[0] as JsonPatchOperation[]).every(
        operation =>
          typeof operation?.op === 'string' &&
          typeof operation.path === 'string',
      )
    : documents.length > 0 &&
      documents.every(
        document => typeof document === 'object' && !Array.isArray(document),
      );
  if (!good) {
    throw unparsable(field);
  }
  return documents;
}

function unparsable(field: PatchField): KustomizeError {
  return new KustomizeError(
    `unable to parse SM or JSON patch from [${field.patch.trimEnd()}]`,
  );
}

function applyJsonPatch(
  resources: readonly Resource[],
  field: PatchField,
  operations: readonly JsonPatchOperation[],
): void {
  if (!field.target) {
    throw new KustomizeError(
      `must specify a target for JSON patch ${field.where}`,
    );
  }
  for (const resource of select(resources, field.target)) {
    const { name, namespace } = resource;
    resource.object = jsonPatch(resource.object, operations);
    followRename(resource, name, namespace);
  }
}

function applyMergePatch(
  resources: Resource[],
  field: PatchField,
  patch: KubeObject,
): void {
  const targets = field.target
    ? select(resources, field.target)
    : [byId(resources, patch)];
  for (const resource of targets) {
    const { kind, apiVersion } = resource.object;
    const { name, namespace } = resource;
    const merged = strategicMerge(resource.object, patch, groupOf(apiVersion));
    if (!merged) {
      resources.splice(resources.indexOf(resource), 1);
      continue;
    }
    if (!field.options?.allowKindChange) {
      merged.kind = kind;
      merged.apiVersion = apiVersion;
    }
    if (!field.options?.allowNameChange) {
      merged.metadata.name = name;
    }
    if (field.target) {
      if (namespace) {
        merged.metadata.namespace = namespace;
      } else {
        delete merged.metadata.namespace;
      }
    }
    resource.object = merged;
    followRename(resource, name, namespace);
  }
}

function followRename(
  resource: Resource,
  name: string,
  namespace: string,
): void {
  if (resource.name !== name) {
    resource.rename(resource.name);
  }
  if (resource.namespace !== namespace) {
    resource.move(resource.namespace);
  }
}

/** A patch without a target says itself whom it means. */
function byId(resources: readonly Resource[], patch: KubeObject): Resource {
  if (!patch.kind || !patch.apiVersion || !patch.metadata?.name) {
    throw new KustomizeError(
      `missing metadata.name in object {{${patch.apiVersion ?? ''} ${
        patch.kind ?? ''
      }} {{ } map[] map[]}}`,
    );
  }
  const found = resources.filter(
    resource =>
      resource.kind === patch.kind &&
      resource.object.apiVersion === patch.apiVersion &&
      resource.wasCalled(
        patch.metadata.name,
        new Set([patch.metadata.namespace ?? '']),
      ),
  );
  if (found.length !== 1) {
    const id = resourceId(patch);
    const problem = found.length === 0 ? 'no matches' : 'multiple matches';
    throw new KustomizeError(
      `no resource matches strategic merge patch "${id}": ${problem} for Id ${id}; failed to find unique target for patch ${id}`,
    );
  }
  return found[0];
}

/** The resources that a selector names; all its parts must match. */
function select(
  resources: readonly Resource[],
  target: PatchTarget,
): Resource[] {
  const kind = anchored(target.kind);
  const name = anchored(target.name);
  const namespace = anchored(target.namespace);
  const group = anchored(target.group);
  const version = anchored(target.version);
  const labels = labelSelector(target.labelSelector ?? '');
  const annotations = labelSelector(target.annotationSelector ?? '');
  return resources.filter(
    resource =>
      group(resource.group) &&
      version(versionOf(resource.object.apiVersion)) &&
      kind(resource.kind) &&
      (name(resource.name) || name(resource.originalName)) &&
      (namespace(resource.namespace) ||
        namespace(resource.originalNamespace)) &&
      labels(resource.object.metadata.labels ?? {}) &&
      annotations(resource.object.metadata.annotations ?? {}),
  );
}

function anchored(pattern: string | undefined): (text: string) => boolean {
  if (!pattern) {
    return () => true;
  }
  const expression = new RegExp(`^(?:${pattern})$`);
  return text => expression.test(text);
}
