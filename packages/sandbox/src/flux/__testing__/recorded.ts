// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What chance decided in the recordings. Real controllers started some runs
 * from a cache that lagged behind, and so lost the history entry of the run
 * that had just failed; and a dependent looked 30 ms after its dependency had
 * begun, where the sandbox's had already ended.
 */
const CHANCE: Record<string, [recorded: string, sandbox: string][]> = {
  '03-healthcheck-failed-retries': [
    [
      'team-c/payments 2/HealthCheckFailed/3/main@commit2 digest of team-c/payments 1/ReconciliationSucceeded/1/main@commit1\n\n',
      'team-c/payments 2/HealthCheckFailed/4/main@commit2 digest of team-c/payments 1/ReconciliationSucceeded/1/main@commit1\n\n',
    ],
  ],
  '03b-healthcheck-stalled-early': [
    [
      'team-o/payments 4/ReconciliationSucceeded/1/main@commit4 digest',
      'team-o/payments 4/ReconciliationSucceeded/1/main@commit4 digest of team-o/payments 3/HealthCheckFailed/1/main@commit3 digest',
    ],
  ],
  '07-depends-on-chain': [
    [
      "dependency 'platform/orders' revision is not up to date\nReady=False/DependencyNotReady@1 dependency 'platform/orders' is not ready\n",
      "dependency 'platform/orders' revision is not up to date\n",
    ],
    [
      'platform/infra 2/ReconciliationSucceeded/1/main@commit2 digest of platform/infra 1/HealthCheckFailed/1/',
      'platform/infra 2/ReconciliationSucceeded/1/main@commit2 digest of platform/infra 1/HealthCheckFailed/2/',
    ],
    [
      'platform/infra 2/ReconciliationSucceeded/2/main@commit3 digest of platform/infra 1/HealthCheckFailed/1/',
      'platform/infra 2/ReconciliationSucceeded/2/main@commit3 digest of platform/infra 1/HealthCheckFailed/2/',
    ],
  ],
};

/** What real controllers did for the same causes. */
export function recorded(name: string): string {
  const text = readFileSync(
    // eslint-disable-next-line no-restricted-syntax -- tests are never bundled
    join(__dirname, '..', '__recordings__', `${name}.txt`),
    'utf8',
  );
  return (CHANCE[name] ?? []).reduce((result, [chance, sandbox]) => {
    if (!result.includes(chance)) {
      throw new Error(`the recording ${name} does not hold: ${chance}`);
    }
    return result.replaceAll(chance, sandbox);
  }, text);
}

/** How often a blocked Kustomization looked again, and when, hangs on fractions of a second. */
export function withoutRepeats(text: string): string {
  return text
    .split('\n')
    .map(line => line.replace(/ x\d+ (?=Dependencies|<object)/, ' '))
    .filter(
      (line, at, lines) =>
        !/^\w+ (DependencyNotReady|ReconciliationFailed) /.test(line) ||
        lines.indexOf(line) === at,
    )
    .join('\n');
}
