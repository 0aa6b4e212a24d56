// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An image reference in its parts. @public */
export interface ImageReference {
  /** With the registry, without tag and digest. */
  repository: string;
  tag?: string;
  /** `sha256:...` */
  digest?: string;
}

/**
 * Reads an image reference. A colon counts as a tag only after the last slash:
 * before it, it is the registry's port. Total.
 * Source of the grammar: `distribution/reference:regexp.go`.
 *
 * @public
 */
export function parseImage(image: string): ImageReference {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const digest = at < 0 ? undefined : image.slice(at + 1) || undefined;
  const colon = named.lastIndexOf(':');
  if (colon > named.lastIndexOf('/')) {
    return {
      repository: named.slice(0, colon),
      ...(named.length > colon + 1 ? { tag: named.slice(colon + 1) } : {}),
      ...(digest ? { digest } : {}),
    };
  }
  return { repository: named, ...(digest ? { digest } : {}) };
}

/**
 * What a person calls the version of an image: its tag, else the first twelve
 * digits of its digest, else `latest`, which is what a registry gives then.
 *
 * @public
 */
export function imageVersion(image: ImageReference): string {
  if (image.tag) {
    return image.tag;
  }
  if (image.digest) {
    return image.digest.replace(/^sha256:/, '').slice(0, 12);
  }
  return 'latest';
}
