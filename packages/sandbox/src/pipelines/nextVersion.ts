// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const RELEASE = /^(\d+)\.(\d+)\.(\d+)$/;

/** The three numbers of a release version. */
export function releaseOf(tag: string): [number, number, number] | undefined {
  const match = RELEASE.exec(tag);
  return match
    ? [Number(match[1]), Number(match[2]), Number(match[3])]
    : undefined;
}

/** Negative when `a` is older than `b`; both are release versions. */
export function compareReleases(a: string, b: string): number {
  const left = releaseOf(a) ?? [0, 0, 0];
  const right = releaseOf(b) ?? [0, 0, 0];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/**
 * The version of the next image: what the repository says when that is new,
 * else one patch above the newest image.
 *
 * @param declared - the version in package.json or .fairway/version
 * @param used - tags that exist or are being made
 */
export function nextVersion(declared: string, used: string[]): string {
  const releases = used.filter(tag => releaseOf(tag)).sort(compareReleases);
  const newest = releases.at(-1);
  const wanted = releaseOf(declared) ? declared : '0.1.0';
  if (!newest || compareReleases(wanted, newest) > 0) {
    return wanted;
  }
  const [major, minor, patch] = releaseOf(newest)!;
  return `${major}.${minor}.${patch + 1}`;
}
