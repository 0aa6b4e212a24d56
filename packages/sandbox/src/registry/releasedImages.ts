// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ImageRegistry } from './types';

/** A registry as a pull identity sees it that may not read the quarantine: those images are not there. */
export function releasedImages(registry: ImageRegistry): ImageRegistry {
  return {
    host: registry.host,
    publish: image => registry.publish(image),
    resolve: reference => {
      const found = registry.resolve(reference);
      return found?.image?.quarantined ? undefined : found;
    },
    repositories: () => registry.repositories(),
    images: repository =>
      registry.images(repository).filter(({ quarantined }) => !quarantined),
  };
}
