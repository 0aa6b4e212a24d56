// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** One pushed image. `repository` is without the host: `team-a/orders`. */
export interface PublishedImage {
  repository: string;
  digest: string;
  tags: string[];
  /** ISO 8601. */
  createdAt: string;
  /** OCI annotations, such as org.opencontainers.image.revision. */
  annotations: Record<string, string>;
  /** The scan found something: only clusters whose pull identity may read the quarantine get it. */
  quarantined?: boolean;
}

/** What was pushed to the sandbox's container registry. */
export interface ImageRegistry {
  /** Host as it stands in manifests. */
  readonly host: string;
  publish(image: PublishedImage): void;
  /**
   * The image that a reference names (`host/repo:tag`, `host/repo@sha256:...`).
   * Images of other hosts always exist: the sandbox does not play the whole internet.
   */
  resolve(
    reference: string,
  ): { digest: string; image?: PublishedImage } | undefined;
  repositories(): string[];
  images(repository: string): PublishedImage[];
}
