// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kustomization, TestCluster } from '../__testing__/TestCluster';

interface RecordedAnswer {
  name: string;
  request: { method: string; path: string; body?: unknown };
  status: number;
  contentType: string;
  body: unknown;
}

const ANSWERS: RecordedAnswer[] = JSON.parse(
  readFileSync(
    // eslint-disable-next-line no-restricted-syntax -- tests are never bundled
    join(__dirname, '..', '__recordings__', 'answers.json'),
    'utf8',
  ),
);

/** Who asked, where it was not the administrator. */
const TOKENS: Record<string, string> = {
  'unauthorized-401': 'not-a-token',
  'forbidden-403': 'sandbox-nobody',
  'forbidden-403-watch': 'sandbox-nobody',
  selfsubjectreview: 'sandbox-nobody',
  'ssar-denied': 'sandbox-nobody',
  ssrr: 'sandbox-nobody',
};

function typeOf({ method, path }: RecordedAnswer['request']): string {
  if (method !== 'PATCH') {
    return 'application/json';
  }
  return path.includes('fieldManager') && !path.includes('kustomizations')
    ? 'application/apply-patch+yaml'
    : 'application/merge-patch+json';
}

/** Without the time stamps and field managers of a review. */
function comparable(body: unknown): unknown {
  const isReview =
    typeof body === 'object' &&
    body !== null &&
    'kind' in body &&
    String(body.kind).endsWith('Review');
  return isReview ? { ...body, metadata: {} } : body;
}

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
  const labels = {
    'app.kubernetes.io/name': 'orders',
    'app.kubernetes.io/part-of': 'shop',
  };
  cluster.store.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'orders', namespace: 'team-a' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'app', image: 'shop/orders:1.5.0' }] },
        },
      },
    },
    { manager: 'kustomize-controller' },
  );
  cluster.store.create(kustomization('orders'), { manager: 'kubectl' });
  cluster.store.compact();
});

afterAll(() => cluster.stop());

it.each(ANSWERS.map(answer => [answer.name, answer] as const))(
  'answers %s as recorded',
  async (name, { request, status, contentType, body }) => {
    const apply = name === 'ssa-dryrun-500-unknown-field-on-crd';
    const response = await cluster.call(request.path, {
      token: TOKENS[name] ?? 'sandbox-admin',
      method: request.method,
      type: apply ? 'application/apply-patch+yaml' : typeOf(request),
      ...(request.body ? { body: JSON.stringify(request.body) } : {}),
    });
    const text = await response.text();
    const answer = contentType === 'application/json' ? JSON.parse(text) : text;
    expect({
      status: response.status,
      contentType: response.headers.get('content-type'),
      body: comparable(answer),
    }).toEqual({ status, contentType, body: comparable(body) });
    expect(response.headers.get('cache-control')).toBe('no-cache, private');
  },
);
