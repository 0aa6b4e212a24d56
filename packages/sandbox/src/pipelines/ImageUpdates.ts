// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isMap, isScalar, isSeq, parse, parseDocument } from 'yaml';
import type { Clock, Timer } from '../clock';
import {
  type DiskGitStore,
  type GitRepositoryRef,
  StaleReferenceError,
} from '../git';
import type { Collection, StateStore } from '../state';
import { compareReleases, releaseOf } from './nextVersion';

/** A tag that the dev overlay of a service is to get. */
export interface ImageUpdate {
  /** Without the host: team-a/orders. */
  repository: string;
  tag: string;
}

export interface ImageUpdatesOptions {
  state: StateStore;
  clock: Clock;
  git: DiskGitStore;
  /** Host of the registry, as manifests name it. */
  host: string;
  onError(error: unknown): void;
}

export const GITOPS: GitRepositoryRef = {
  project: 'platform',
  repository: 'gitops',
};

const SCAN_MS = 15_000;
const BRANCH = 'main';

/**
 * Does for dev what Flux's image automation does: when a new image is there,
 * it commits the tag to the overlay. A service whose overlay is not merged yet
 * gets its tag when the overlay appears.
 */
export class ImageUpdates {
  readonly #options: ImageUpdatesOptions;
  readonly #stored: Collection<ImageUpdate>;
  readonly #pending = new Map<string, ImageUpdate>();
  readonly #timers = new Set<Timer>();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ImageUpdatesOptions) {
    this.#options = options;
    this.#stored = options.state.collection('devops/imageUpdates');
    for (const [key, update] of this.#stored.entries()) {
      this.#pending.set(key, update);
    }
  }

  /** Remembers a new tag, and commits it after the next scan of the registry. */
  add(update: ImageUpdate): void {
    this.#pending.set(update.repository, update);
    this.#stored.put(update.repository, update);
    const timer = this.#options.clock.after(SCAN_MS, () => {
      this.#timers.delete(timer);
      this.run().catch(this.#options.onError);
    });
    this.#timers.add(timer);
  }

  /** Commits nothing more; what waits is done after the next start. */
  async stop(): Promise<void> {
    this.#timers.forEach(timer => timer.cancel());
    await this.#turn;
  }

  /** Commits what can be committed now. */
  run(): Promise<void> {
    const turn = this.#turn.then(async () => {
      for (const update of [...this.#pending.values()]) {
        if (await this.#apply(update)) {
          if (this.#pending.get(update.repository) === update) {
            this.#pending.delete(update.repository);
            this.#stored.delete(update.repository);
          }
        }
      }
    });
    // One failure must not hold up what comes later.
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** True when the overlay has the tag, or a newer one. */
  async #apply(update: ImageUpdate): Promise<boolean> {
    const { git, host } = this.#options;
    const path = `apps/${update.repository}/overlays/dev/kustomization.yaml`;
    for (;;) {
      const tip = git.exists(GITOPS)
        ? await git.resolve(GITOPS, BRANCH)
        : undefined;
      const text = tip && (await git.readTree(GITOPS, tip, path)).get(path);
      if (!text) {
        return false;
      }
      const edited = setNewTag(
        text,
        `${host}/${update.repository}`,
        update.tag,
      );
      if (edited === undefined) {
        return true;
      }
      const service = update.repository.split('/').at(-1);
      try {
        await git.commit(GITOPS, {
          branch: BRANCH,
          message: `Update ${service} to ${update.tag} in dev`,
          author: {
            name: 'fluxcdbot',
            email: 'fluxcdbot@example.com',
            date: this.#options.clock.now().toISOString(),
          },
          changes: [{ path, content: edited }],
          expected: tip,
        });
        return true;
      } catch (error) {
        if (!(error instanceof StaleReferenceError)) {
          throw error;
        }
      }
    }
  }
}

/**
 * Sets an image's tag in a kustomization.yaml, and leaves comments and layout
 * as they are.
 *
 * @returns undefined when nothing is to be changed: the image is not named,
 *   or has this tag or a newer release already
 */
export function setNewTag(
  text: string,
  image: string,
  tag: string,
): string | undefined {
  const document = parseDocument(text);
  const images = document.get('images');
  if (!isSeq(images)) {
    return undefined;
  }
  const item = images.items.find(
    one => isMap(one) && one.get('name') === image,
  );
  if (!isMap(item)) {
    return undefined;
  }
  const present = String(item.get('newTag') ?? '');
  const isOlder =
    releaseOf(present) && releaseOf(tag) && compareReleases(tag, present) < 0;
  if (present === tag || isOlder) {
    return undefined;
  }
  const scalar = item.get('newTag', true);
  if (!isScalar(scalar) || !scalar.range) {
    item.set('newTag', tag);
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  }
  // Only the tag's own characters are replaced, so that all else stays as it was written.
  const [start, end] = scalar.range;
  const quote = ['"', "'"].find(mark => text[start] === mark);
  const plain = typeof parse(tag) === 'string' ? tag : `"${tag}"`;
  return (
    text.slice(0, start) +
    (quote ? quote + tag + quote : plain) +
    text.slice(end)
  );
}
