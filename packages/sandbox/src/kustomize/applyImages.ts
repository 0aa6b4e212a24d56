// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Resource } from './Resource';

export interface ImagesField {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
  tagSuffix?: string;
}

/**
 * Rewrites every image of `containers` and `initContainers`, wherever in the
 * object they are, CustomResourceDefinitions excepted
 * (`kubernetes-sigs/kustomize:api/filters/imagetag`).
 */
export function applyImages(
  resources: readonly Resource[],
  fields: readonly ImagesField[],
): void {
  if (fields.length === 0) {
    return;
  }
  for (const resource of resources) {
    if (resource.kind !== 'CustomResourceDefinition') {
      visit(resource.object, fields);
    }
  }
}

function visit(node: unknown, fields: readonly ImagesField[]): void {
  if (Array.isArray(node)) {
    node.forEach(item => visit(item, fields));
    return;
  }
  if (typeof node !== 'object' || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (
      (key === 'containers' || key === 'initContainers') &&
      Array.isArray(value)
    ) {
      for (const container of value as { image?: unknown }[]) {
        if (container && typeof container.image === 'string') {
          container.image = fields.reduce(rewrite, container.image);
        }
      }
    }
    visit(value, fields);
  }
}

function rewrite(image: string, field: ImagesField): string {
  const [, name, tag, digest] =
    /^([^@]*?)(?::([^:@/]+))?(?:@(.+))?$/.exec(image) ?? [];
  if (name !== field.name) {
    return image;
  }
  const newName = field.newName || name;
  let newTag: string | undefined = tag;
  let newDigest: string | undefined = digest;
  if (field.newTag) {
    newTag = field.newTag;
    newDigest = field.digest;
  } else if (field.digest) {
    newTag = undefined;
    newDigest = field.digest;
  }
  if (field.tagSuffix) {
    newTag = `${newTag ?? ''}${field.tagSuffix}`;
    newDigest = field.digest;
  }
  return `${newName}${newTag ? `:${newTag}` : ''}${
    newDigest ? `@${newDigest}` : ''
  }`;
}
