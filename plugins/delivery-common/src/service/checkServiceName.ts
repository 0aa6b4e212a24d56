// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Room for suffixes: a pod of `<name>-<hash>-<hash>` stays below 63 characters. @public */
export const SERVICE_NAME_MAX = 40;
/** @public */
export const SERVICE_NAME_MIN = 3;

/** Names that the platform uses itself, for namespaces, repositories and routes. */
const RESERVED: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'catalog',
  'default',
  'fairway',
  'flux-system',
  'gitops',
  'monitoring',
  'pipeline-templates',
  'platform',
]);

/** Device names that a clone on Windows cannot hold (Microsoft, "Naming Files, Paths, and Namespaces"). */
const WINDOWS_DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** What is wrong with a name, the first thing to correct. @public */
export type ServiceNameProblem =
  | { code: 'missing' }
  | { code: 'short'; min: number }
  | { code: 'long'; max: number; length: number }
  | { code: 'upper'; suggestion: string }
  | { code: 'start' }
  | { code: 'end' }
  | { code: 'characters'; characters: string }
  | { code: 'reserved'; name: string }
  | { code: 'windows'; name: string };

/**
 * Checks a service name: a DNS-1123 label (Kubernetes documentation, "Object Names
 * and IDs") that begins with a letter, since a Service needs that (RFC 1035 label),
 * with 3 to 40 characters and none that the platform or a file system uses. The form and the
 * template's action both ask here.
 *
 * @returns the first thing that is wrong, undefined when the name is good
 * @public
 */
export function checkServiceName(name: string): ServiceNameProblem | undefined {
  if (name === '') {
    return { code: 'missing' };
  }
  const foreign = [...new Set(name.replace(/[A-Za-z0-9-]/g, ''))];
  if (foreign.length > 0) {
    // A space would not be seen in a message.
    const shown = foreign.map(c => (c.trim() === '' ? '␣' : c));
    return { code: 'characters', characters: [...new Set(shown)].join(' ') };
  }
  if (/[A-Z]/.test(name)) {
    return { code: 'upper', suggestion: name.toLowerCase() };
  }
  if (!/^[a-z]/.test(name)) {
    return { code: 'start' };
  }
  if (name.length > SERVICE_NAME_MAX) {
    return { code: 'long', max: SERVICE_NAME_MAX, length: name.length };
  }
  if (name.length < SERVICE_NAME_MIN) {
    return { code: 'short', min: SERVICE_NAME_MIN };
  }
  if (name.endsWith('-')) {
    return { code: 'end' };
  }
  if (RESERVED.has(name) || name.startsWith('kube-')) {
    return { code: 'reserved', name };
  }
  if (WINDOWS_DEVICES.test(name)) {
    return { code: 'windows', name };
  }
  return undefined;
}
