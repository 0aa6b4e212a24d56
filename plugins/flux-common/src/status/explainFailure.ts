// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from '@fairway/plugin-delivery-common';

/** A cause in plain words and what to do about it. */
export interface FailureExplanation {
  reason: Phrase;
  next: Phrase;
}

interface Rule {
  /** Reasons of Ready to which the rule applies; any when absent. */
  reasons?: string[];
  pattern?: RegExp;
  /** `failing.<code>` and `next.<code>` unless `next` says otherwise. */
  code: string;
  next: string;
  params?(match: RegExpExecArray): Record<string, string>;
}

const MAX_PARAM = 200;

/** First match wins; the texts are those of recorded controllers (Flux 2.9). */
const RULES: Rule[] = [
  {
    reasons: ['HealthCheckFailed', 'HealthCheckCanceled'],
    pattern: /failed early due to stalled resources: \[([^\]]*)\]/,
    code: 'failing.health-check-stalled',
    next: 'next.look-at-pods',
    params: match => ({ objects: objectsOf(match[1]) }),
  },
  {
    reasons: ['HealthCheckFailed', 'HealthCheckCanceled'],
    pattern: /timeout waiting for: \[([^\]]*)\]/,
    code: 'failing.health-check',
    next: 'next.look-at-pods',
    params: match => ({ objects: objectsOf(match[1]) }),
  },
  {
    reasons: ['HealthCheckFailed', 'HealthCheckCanceled'],
    code: 'failing.health-check-other',
    next: 'next.look-at-pods',
  },
  {
    pattern:
      /User "system:serviceaccount:([^"]+)" cannot (\w+) resource "([^"]+)"/,
    code: 'failing.forbidden',
    next: 'next.grant',
    params: match => ({
      account: match[1],
      verb: match[2],
      resource: match[3],
    }),
  },
  {
    pattern: /^(\S+) dry-run failed[^:]*: .*field is immutable/s,
    code: 'failing.immutable',
    next: 'next.recreate',
    params: match => ({ object: match[1] }),
  },
  {
    pattern: /exceeded quota: ([^,\s]+)/,
    code: 'failing.quota',
    next: 'next.quota',
    params: match => ({ quota: match[1] }),
  },
  {
    pattern: /no matches for kind "([^"]+)"/,
    code: 'failing.kind-missing',
    next: 'next.install-kind',
    params: match => ({ kind: match[1] }),
  },
  {
    pattern: /namespaces? "([^"]+)" not found|namespace not specified/,
    code: 'failing.namespace-missing',
    next: 'next.namespace',
    params: match => ({ namespace: match[1] ?? '' }),
  },
  {
    pattern: /admission webhook "([^"]+)" denied the request/,
    code: 'failing.admission',
    next: 'next.admission',
    params: match => ({ webhook: match[1] }),
  },
  {
    pattern: /ValidatingAdmissionPolicy '([^']+)'/,
    code: 'failing.admission',
    next: 'next.admission',
    params: match => ({ webhook: match[1] }),
  },
  {
    pattern: /^(\S+) dry-run failed \(Invalid\)/,
    code: 'failing.invalid-object',
    next: 'next.fix-manifest',
    params: match => ({ object: match[1] }),
  },
  {
    reasons: ['ArtifactFailed'],
    pattern: /path not found/,
    code: 'failing.path-missing',
    next: 'next.fix-path',
  },
  {
    reasons: ['ArtifactFailed'],
    pattern: /artifact not found|not found/i,
    code: 'failing.source-missing',
    next: 'next.look-at-source',
  },
  {
    reasons: ['ArtifactFailed'],
    code: 'failing.artifact',
    next: 'next.look-at-source',
  },
  {
    reasons: ['SourceNotReady'],
    code: 'failing.source-not-ready',
    next: 'next.look-at-source',
  },
  {
    reasons: ['BuildFailed'],
    code: 'failing.build',
    next: 'next.fix-manifest',
  },
  {
    reasons: ['PruneFailed'],
    code: 'failing.prune',
    next: 'next.look-at-message',
  },
  {
    pattern:
      /authentication required|authorization failed|invalid credentials|\b401\b/i,
    code: 'failing.source-auth',
    next: 'next.fix-credentials',
  },
  {
    reasons: ['AuthenticationFailed'],
    code: 'failing.source-secret',
    next: 'next.fix-credentials',
  },
  {
    pattern: /couldn't find remote ref|reference not found|no such ref/i,
    code: 'failing.source-branch',
    next: 'next.fix-branch',
  },
  {
    reasons: [
      'GitOperationFailed',
      'FetchFailed',
      'OCIArtifactPullFailed',
      'IndexationFailed',
    ],
    code: 'failing.source-unreachable',
    next: 'next.look-at-source-host',
  },
  {
    reasons: ['InvalidChartReference'],
    code: 'failing.chart-missing',
    next: 'next.fix-chart',
  },
  {
    reasons: ['RollbackSucceeded'],
    code: 'failing.rolled-back',
    next: 'next.look-at-pods',
  },
  {
    reasons: ['UninstallSucceeded'],
    code: 'failing.uninstalled',
    next: 'next.look-at-message',
  },
  {
    reasons: ['TestFailed'],
    code: 'failing.test',
    next: 'next.look-at-message',
  },
  {
    reasons: ['InstallFailed', 'UpgradeFailed'],
    pattern: /timeout waiting for: \[([^\]]*)\]/,
    code: 'failing.health-check',
    next: 'next.look-at-pods',
    params: match => ({ objects: objectsOf(match[1]) }),
  },
  {
    reasons: ['InstallFailed', 'UpgradeFailed'],
    code: 'failing.release',
    next: 'next.look-at-message',
  },
  {
    reasons: ['ReconciliationFailed'],
    code: 'failing.apply',
    next: 'next.look-at-message',
  },
];

/** `Deployment/team-c/payments status: 'InProgress'` -> `Deployment payments`, at most three. */
function objectsOf(list: string): string {
  const objects = failedObjects(list);
  const named = objects.slice(0, 3).map(o => `${o.kind} ${o.name}`);
  return [
    ...named,
    ...(objects.length > 3 ? [`${objects.length - 3} more`] : []),
  ].join(', ');
}

/**
 * The objects that a health check names: `Kind/namespace/name status: 'X'`,
 * cluster-scoped ones as `Kind/name`.
 *
 * @public
 */
export function failedObjects(
  message: string,
): Array<{ kind: string; namespace: string; name: string }> {
  return Array.from(
    message.matchAll(
      /([A-Za-z]+)\/([^\s/,[\]]+)(?:\/([^\s/,[\]]+))? status: '/g,
    ),
  ).map(match =>
    match[3] === undefined
      ? { kind: match[1], namespace: '', name: match[2] }
      : { kind: match[1], namespace: match[2], name: match[3] },
  );
}

/** The plain cause and next step for what Ready=False says. Total: unknown reasons are shown as they are. */
export function explainFailure(
  rawReason: string | undefined,
  rawMessage: string | undefined,
): FailureExplanation {
  const message = rawMessage ?? '';
  for (const rule of RULES) {
    if (rule.reasons && !rule.reasons.includes(rawReason ?? '')) {
      continue;
    }
    const match = rule.pattern ? rule.pattern.exec(message) : undefined;
    if (rule.pattern && !match) {
      continue;
    }
    const params = match && rule.params ? rule.params(match) : {};
    return {
      reason: {
        code: rule.code,
        params: Object.fromEntries(
          Object.entries(params).map(([k, v]) => [k, v.slice(0, MAX_PARAM)]),
        ),
      },
      next: { code: rule.next, params: {} },
    };
  }
  return {
    reason: {
      code: 'failing.other',
      params: { reason: (rawReason ?? 'unknown').slice(0, MAX_PARAM) },
    },
    next: { code: 'next.look-at-message', params: {} },
  };
}
