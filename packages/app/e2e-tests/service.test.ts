// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { expect, test } from './portal';

const ORDERS = '/catalog/default/component/orders/deployments';
const ADMIN = { authorization: 'Bearer sandbox-admin' };

test('a developer signs in, finds their services at home and opens what needs them', async ({
  signIn,
}) => {
  const page = await signIn('dev-a');
  await expect(
    page.getByRole('link', { name: 'payments' }).first(),
  ).toBeVisible();
  await expect(page.getByText('products')).toHaveCount(0);
  await page.getByRole('link', { name: 'payments' }).first().click();
  await expect(
    page.getByRole('heading', { name: /payments/ }).first(),
  ).toBeVisible();
});

test('the Deployments page tells what runs where, and why staging does not', async ({
  signIn,
  portal,
}) => {
  const page = await signIn(
    'dev-a',
    '/catalog/default/component/payments/deployments',
  );
  const body = page.getByRole('main');
  // The scan keeps 2.0.1 from staging; dev may pull it and runs it.
  await expect(body.getByText('Failing')).toHaveCount(1);
  await expect(body.getByText(/cannot pull their image/).first()).toBeVisible();
  await expect(body.getByText('1.9.7').first()).toBeVisible();

  const answer = await portal.api(
    'dev-a',
    '/api/fairway-flux/v1/entities/component/default/orders/deployments',
  );
  expect(answer.status).toBe(200);
  const document = await answer.json();
  expect(
    document.environments.map(
      (environment: {
        name: string;
        targets: Array<{ cluster: string; deployed?: { version: string } }>;
      }) => [
        environment.name,
        environment.targets.map(({ cluster, deployed }) => [
          cluster,
          deployed?.version,
        ]),
      ],
    ),
  ).toEqual([
    ['dev', [['aks-dev-weu', '1.5.0']]],
    ['staging', [['aks-staging-weu', '1.4.2']]],
    [
      'prod',
      [
        ['aks-prod-weu', '1.4.1'],
        ['aks-prod-neu', '1.4.1'],
      ],
    ],
  ]);
});

test('a change in the cluster is on the open page without a reload', async ({
  signIn,
  portal,
}) => {
  const page = await signIn('dev-a', ORDERS);
  await expect(page.getByRole('main').getByText('1.5.0').first()).toBeVisible();
  await page.evaluate(() => {
    document.body.dataset.sameDocument = 'yes';
  });
  const [devCluster] = portal.urls.clusters;
  const patched = await fetch(
    `${devCluster}/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/team-a/kustomizations/orders?fieldManager=flux`,
    {
      method: 'PATCH',
      headers: { ...ADMIN, 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ spec: { suspend: true } }),
    },
  );
  expect(patched.status).toBe(200);
  await expect(
    page
      .getByRole('main')
      .getByText(/paused|suspended/i)
      .first(),
  ).toBeVisible();
  await expect
    .poll(async () => {
      const answer = await portal.api(
        'dev-a',
        '/api/fairway-flux/v1/entities/component/default/orders/deployments',
      );
      return (await answer.json()).environments[0].verdict.state;
    })
    .toBe('suspended');
  expect(await page.evaluate(() => document.body.dataset.sameDocument)).toBe(
    'yes',
  );
});

test("team-b's developer gets 404 for team-a's service, also over the stream", async ({
  portal,
}) => {
  const route =
    '/api/fairway-flux/v1/entities/component/default/orders/deployments';
  const foreign = await portal.api('dev-b', route);
  const unknown = await portal.api('dev-b', route.replace('orders', 'no-such'));
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect((await portal.api('dev-a', route)).status).toBe(200);
  expect((await fetch(portal.url + route)).status).toBe(401);

  const stream = await portal.api(
    'dev-b',
    '/api/fairway-delivery/v1/stream?topic=fairway-flux.deployments:component:default/orders&etag=',
  );
  const reader = stream.body!.getReader();
  let heard = '';
  while (!heard.includes('event: gone')) {
    const { value, done } = await reader.read();
    expect(done).toBe(false);
    heard += new TextDecoder().decode(value);
  }
  await reader.cancel();
  expect(heard).not.toContain('event: snapshot');
});

test('a cluster that does not answer leaves the page with what it still knows', async ({
  signIn,
  portal,
}) => {
  await portal.setFault({ system: 'cluster/aks-staging-weu', kind: 'down' });
  try {
    const page = await signIn(
      'dev-a',
      '/catalog/default/component/cart/deployments',
    );
    const body = page.getByRole('main');
    await expect(body.getByText('3.2.0').first()).toBeVisible();
    await expect
      .poll(
        async () => {
          const answer = await portal.api(
            'dev-a',
            '/api/fairway-flux/v1/entities/component/default/cart/deployments',
          );
          const { environments } = await answer.json();
          return environments.map(
            (environment: { targets: Array<{ source: { state: string } }> }) =>
              environment.targets[0].source.state,
          );
        },
        { timeout: 60_000 },
      )
      .toEqual(['current', 'stale', 'current']);
  } finally {
    await portal.clearFaults();
  }
});
