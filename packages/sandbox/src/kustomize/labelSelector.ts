// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { KustomizeError } from './KustomizeError';

/**
 * A label selector in its text form (`a=b,c!=d,e in (x,y),!f`).
 *
 * @returns whether labels match it
 */
export function labelSelector(
  text: string,
): (labels: Readonly<Record<string, string>>) => boolean {
  const requirements = text
    .split(/,(?![^()]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(requirement);
  return labels => requirements.every(matches => matches(labels));
}

function requirement(
  text: string,
): (labels: Readonly<Record<string, string>>) => boolean {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, key, operator, list] = set;
    const values = list.split(',').map(value => value.trim());
    return labels => values.includes(labels[key]) === (operator === 'in');
  }
  const equality = /^([^\s!=]+)\s*(==|=|!=)\s*(\S*)$/.exec(text);
  if (equality) {
    const [, key, operator, value] = equality;
    return labels => (labels[key] === value) === (operator !== '!=');
  }
  const existence = /^(!?)\s*([^\s!=]+)$/.exec(text);
  if (existence) {
    const [, not, key] = existence;
    return labels => key in labels === (not === '');
  }
  throw new KustomizeError(`unable to parse requirement: ${text}`);
}
