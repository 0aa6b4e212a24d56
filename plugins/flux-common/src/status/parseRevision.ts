// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A Flux revision in its parts. @public */
export interface FluxRevision {
  raw: string;
  /** Branch, tag or version before the `@`. */
  name?: string;
  algorithm?: 'sha1' | 'sha256';
  /** Commit or digest, without the algorithm. */
  hash?: string;
}

/**
 * Reads a revision of any source: `main@sha1:<commit>`, `refs/heads/main@sha1:...`,
 * `sha1:<commit>`, `latest@sha256:...`, a plain version, and the `main/<commit>`
 * of Flux before 2.0. Total: what it does not know is a name.
 * Source: flux reference 2.5 (RFC-0005).
 *
 * @public
 */
export function parseRevision(raw: string): FluxRevision {
  const match = /^(?:(.*)@)?(sha1|sha256):([0-9a-f]{7,64})$/i.exec(raw);
  if (match) {
    return {
      raw,
      name: match[1]?.replace(/^refs\/heads\//, '') || undefined,
      algorithm: match[2].toLowerCase() as 'sha1' | 'sha256',
      hash: match[3].toLowerCase(),
    };
  }
  const legacy = /^(.+)\/([0-9a-f]{40})$/.exec(raw);
  if (legacy) {
    return { raw, name: legacy[1], algorithm: 'sha1', hash: legacy[2] };
  }
  return { raw, name: raw || undefined };
}

/**
 * The short form that a person reads: eight digits of the commit or digest, as
 * the `flux` command prints, or the whole name when there is no hash.
 *
 * @public
 */
export function shortRevision(raw: string): string {
  const revision = parseRevision(raw);
  return revision.hash ? revision.hash.slice(0, 8) : raw;
}
