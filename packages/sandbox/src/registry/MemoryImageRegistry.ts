// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { Collection, StateStore } from '../state';
import type { ImageRegistry, PublishedImage } from './types';

const HOST = 'acrfairway.azurecr.io';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Images in memory, written through to the state so that a restart loses none. */
export class MemoryImageRegistry implements ImageRegistry {
  readonly host: string;
  readonly #stored: Collection<PublishedImage>;
  /** By repository, oldest first. */
  readonly #images = new Map<string, PublishedImage[]>();

  private constructor(host: string, stored: Collection<PublishedImage>) {
    this.host = host;
    this.#stored = stored;
  }

  /** Opens the registry with what `state` remembers. */
  static create(state: StateStore, host = HOST): MemoryImageRegistry {
    const registry = new MemoryImageRegistry(
      host,
      state.collection<PublishedImage>('registry/images'),
    );
    const known = registry.#stored.entries().map(([, image]) => image);
    known.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    for (const image of known) {
      registry.#imagesOf(image.repository).push(image);
    }
    return registry;
  }

  /** Adds an image; its tags move here from older images. */
  publish(image: PublishedImage): void {
    if (!DIGEST.test(image.digest)) {
      throw new Error(
        `digest must be sha256: and 64 hex digits, got "${image.digest}"`,
      );
    }
    const images = this.#imagesOf(image.repository);
    const known = images.find(other => other.digest === image.digest);
    for (const other of images) {
      const kept = other.tags.filter(tag => !image.tags.includes(tag));
      if (other !== known && kept.length < other.tags.length) {
        other.tags = kept;
        this.#store(other);
      }
    }
    if (known) {
      known.tags = [...new Set([...known.tags, ...image.tags])];
      known.annotations = { ...known.annotations, ...image.annotations };
      this.#store(known);
      return;
    }
    const own = structuredClone(image);
    images.push(own);
    this.#store(own);
  }

  resolve(
    reference: string,
  ): { digest: string; image?: PublishedImage } | undefined {
    const slash = reference.indexOf('/');
    const host = reference.slice(0, Math.max(slash, 0));
    const [name, digest] = reference.split('@');
    if (host !== this.host) {
      return { digest: digest ?? digestOf(reference) };
    }
    const colon = name.indexOf(':', slash);
    const repository = name.slice(slash + 1, colon === -1 ? undefined : colon);
    const tag = colon === -1 ? 'latest' : name.slice(colon + 1);
    const image = this.#images
      .get(repository)
      ?.find(other =>
        digest ? other.digest === digest : other.tags.includes(tag),
      );
    return image && { digest: image.digest, image: structuredClone(image) };
  }

  repositories(): string[] {
    return [...this.#images.keys()].sort();
  }

  images(repository: string): PublishedImage[] {
    return structuredClone(this.#images.get(repository) ?? []);
  }

  #imagesOf(repository: string): PublishedImage[] {
    let images = this.#images.get(repository);
    if (!images) {
      images = [];
      this.#images.set(repository, images);
    }
    return images;
  }

  #store(image: PublishedImage): void {
    this.#stored.put(`${image.repository}@${image.digest}`, image);
  }
}

/** A digest that is always the same for the same text. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
