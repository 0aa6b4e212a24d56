// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { expect, test } from './portal';

test('from template to healthy pods on an open page, without a reload', async ({
  signIn,
  portal,
}) => {
  const created = await portal.api('dev-a', '/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      templateRef: 'template:default/node-service',
      values: {
        name: 'checkout',
        description: 'Takes the customer through payment',
        owner: 'group:default/team-a',
        environments: ['dev', 'staging', 'prod'],
        exposure: 'none',
      },
    }),
  });
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  await expect
    .poll(
      async () => {
        const task = await portal.api(
          'dev-a',
          `/api/scaffolder/v2/tasks/${id}`,
        );
        return (await task.json()).status;
      },
      { timeout: 60_000 },
    )
    .toBe('completed');

  const page = await signIn(
    'dev-a',
    '/catalog/default/component/checkout/deployments',
  );
  const body = page.getByRole('main');
  await expect(body.getByText(/nothing/i).first()).toBeVisible();
  await page.evaluate(() => {
    document.body.dataset.sameDocument = 'yes';
  });

  const open = await portal.control<Array<{ id: number; title: string }>>(
    'GET',
    '/pull-requests',
  );
  expect(open.map(({ title }) => title)).toEqual(['Add checkout of team-a']);
  await portal.control('POST', `/pull-requests/${open[0].id}/complete`);

  await expect(body.getByText('0.1.0').first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(body.getByText(/healthy/i).first()).toBeVisible({
    timeout: 60_000,
  });
  expect(await page.evaluate(() => document.body.dataset.sameDocument)).toBe(
    'yes',
  );
});
