// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** One environment that a template offers. */
export interface EnvironmentOption {
  name: string;
  title: string;
}

/** What a portal has when the template does not say: the first is the one that is always there. */
const DEFAULTS: readonly EnvironmentOption[] = [
  { name: 'dev', title: 'dev' },
  { name: 'staging', title: 'staging' },
  { name: 'prod', title: 'prod' },
];

/** The environments that a template offers, in the order in which a change reaches them. */
export function environmentOptions(
  fromTemplate: ReadonlyArray<{ name: string; title?: string }> | undefined,
): readonly EnvironmentOption[] {
  if (!fromTemplate || fromTemplate.length === 0) {
    return DEFAULTS;
  }
  return fromTemplate.map(({ name, title }) => ({
    name,
    title: title ?? name,
  }));
}

/** Chosen names in the order of the options, with the first one always among them. */
export function inOrder(
  options: readonly EnvironmentOption[],
  chosen: readonly string[],
): string[] {
  return options
    .map(({ name }) => name)
    .filter((name, index) => index === 0 || chosen.includes(name));
}

/** Environments before the last chosen one that a change would skip. */
export function skipped(
  options: readonly EnvironmentOption[],
  chosen: readonly string[],
): { skipped: EnvironmentOption[]; after?: EnvironmentOption } {
  const last = options.findLastIndex(({ name }) => chosen.includes(name));
  return {
    skipped: options
      .slice(0, Math.max(0, last))
      .filter(({ name }) => !chosen.includes(name)),
    after: options[last],
  };
}
