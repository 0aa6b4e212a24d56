// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Page } from '@playwright/test';
import { Clone } from './Clone';
import { fillCreateForm, openCreateForm } from './createForm';
import { expect, test } from './portal';
import type { RunningPortal } from './runningPortal';
import { serviceInventory, type ServiceInventory } from './serviceInventory';
import { goodValues, startTask, taskEnd } from './templateTask';

/** What a template run for three environments leaves behind, whatever happened on the way. */
const UNDISTURBED: ServiceInventory = {
  repositories: ['team-a/<name>: Create <name> by Alex'],
  pipelines: ['<name>: manual succeeded'],
  policies: [
    'Build on refs/heads/main',
    'Comment requirements on refs/heads/main',
    'Minimum number of reviewers on refs/heads/main',
    'Require a merge strategy on refs/heads/main',
  ],
  pullRequests: ['completed: Add <name> of team-a'],
  branches: [],
  gitOps: [
    ...[
      'base/deployment.yaml',
      'base/hpa.yaml',
      'base/kustomization.yaml',
      'base/networkpolicy.yaml',
      'base/pdb.yaml',
      'base/service.yaml',
      'base/serviceaccount.yaml',
      'overlays/dev/kustomization.yaml',
      'overlays/prod/kustomization.yaml',
      'overlays/staging/kustomization.yaml',
    ].map(file => `A apps/team-a/<name>/${file}`),
    ...['dev', 'prod', 'staging'].map(
      environment => `A clusters/${environment}/apps/team-a-<name>.yaml`,
    ),
  ],
  catalog: ['<name> of group:default/team-a in team-a/<name>'],
};

/** From the merge to healthy pods in dev, on an open page. */
const HEALTHY_WITHIN_MS = 90_000;

function dev(page: Page) {
  return page.getByRole('region', { name: 'dev', exact: true });
}

async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.dataset.sameDocument = 'yes';
  });
}

async function expectHealthyWithoutReload(page: Page): Promise<void> {
  await expect(dev(page)).toContainText('Live and healthy', {
    timeout: HEALTHY_WITHIN_MS,
  });
  await expect(dev(page)).toContainText('0.1.0');
  expect(await page.evaluate(() => document.body.dataset.sameDocument)).toBe(
    'yes',
  );
}

/** Approves the service's pull request as a person does; it completes by itself then. */
async function approve(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('completed by')).toBeVisible({ timeout: 1000 });
  }).toPass();
}

async function pullRequestUrl(
  portal: RunningPortal,
  name: string,
): Promise<string> {
  const open = await portal.control<Array<{ title: string; url: string }>>(
    'GET',
    '/pull-requests',
  );
  const own = open.filter(({ title }) => title === `Add ${name} of team-a`);
  expect(own).toHaveLength(1);
  return own[0].url;
}

/** Merges the pull request in a tab of its own and watches dev on the open page. */
async function mergeAndWatch(
  portal: RunningPortal,
  page: Page,
  name: string,
): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto(await pullRequestUrl(portal, name));
  await approve(tab, `Add ${name} of team-a`);
  await tab.close();
  await expectHealthyWithoutReload(page);
}

test('from the form to healthy pods on an open page, by hand', async ({
  signIn,
  portal,
}) => {
  const page = await signIn('dev-a');
  await openCreateForm(page);
  await fillCreateForm(page, {
    name: 'checkout',
    description: 'Takes the customer through payment',
  });
  await page.getByRole('button', { name: 'Create service' }).click();

  // The task page: its log to the end, and where to go from here.
  await expect(
    page.getByRole('heading', { name: 'checkout is on its way' }),
  ).toBeVisible({ timeout: 90_000 });
  await expect(
    page.getByText('Finished step Add it to the catalog'),
  ).toBeVisible();
  const pullRequestTab = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /^Pull request/ }).click();
  const pullRequest = await pullRequestTab;

  await page.getByRole('link', { name: /^Open checkout/ }).click();
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  await expect(dev(page)).toContainText('Nothing yet');
  await markDocument(page);

  await approve(pullRequest, 'Add checkout of team-a');
  await expectHealthyWithoutReload(page);
  expect(await serviceInventory(portal, 'team-a', 'checkout')).toEqual(
    UNDISTURBED,
  );
});

test('the new repository can be cloned, has one commit, and its tests pass', async ({
  portal,
}) => {
  await Clone.of(
    `${portal.urls.organization}/team-a/_git/checkout`,
    async clone => {
      expect(await clone.git('log', '--all', '--format=%s')).toEqual([
        'Create checkout',
      ]);
      const output = await clone.run('npm', 'test');
      expect(output.join('\n')).toMatch(/pass [1-9]\d*\n.*fail 0\n/);
    },
  );
});

test("the dev cluster's API is down in the middle", async ({
  signIn,
  portal,
}) => {
  const cluster = 'cluster/aks-dev-weu';
  const id = await startTask(portal, 'dev-a', goodValues('basket'));
  await portal.setFault({ system: cluster, kind: 'down' });
  try {
    expect(await taskEnd(portal, 'dev-a', id)).toEqual({ status: 'completed' });
    const page = await signIn(
      'dev-a',
      '/catalog/default/component/basket/deployments',
    );
    await markDocument(page);
    // Unknown is not "nothing": the page says which cluster does not answer.
    await expect(dev(page)).toContainText(
      /aks-dev-weu.*(not answer|not reach|unreachable)/i,
    );
    const tab = await page.context().newPage();
    await tab.goto(await pullRequestUrl(portal, 'basket'));
    await approve(tab, 'Add basket of team-a');
    await tab.close();
    await expect(
      page.getByRole('region', { name: 'staging', exact: true }),
    ).toContainText('Live and healthy', { timeout: HEALTHY_WITHIN_MS });
    await expect(dev(page)).not.toContainText('Live and healthy');

    await portal.clearFaults();
    await expectHealthyWithoutReload(page);
  } finally {
    await portal.clearFaults();
  }
  expect(await serviceInventory(portal, 'team-a', 'basket')).toEqual(
    UNDISTURBED,
  );
});

test('Azure DevOps answers 503 for 10 s in the middle of the task', async ({
  signIn,
  portal,
}) => {
  // From the step that makes the pipeline on, so that it surely is the middle.
  await portal.setFault({
    system: 'devops',
    kind: '503',
    pathPrefix: '/fairway/team-a/_apis/build',
  });
  const id = await startTask(portal, 'dev-a', goodValues('vouchers'));
  const page = await signIn('dev-a', `/create/tasks/${id}`);
  // Who waits sees for what.
  await expect(
    page.getByText(/answered 503.*Trying again in/).first(),
  ).toBeVisible({ timeout: 60_000 });
  await portal.setFault({
    system: 'devops',
    kind: '503',
    until: new Date(Date.now() + 10_000).toISOString(),
  });
  await expect(
    page.getByRole('heading', { name: 'vouchers is on its way' }),
  ).toBeVisible({ timeout: 90_000 });
  await page.goto('/catalog/default/component/vouchers/deployments');
  await markDocument(page);
  await mergeAndWatch(portal, page, 'vouchers');
  expect(await serviceInventory(portal, 'team-a', 'vouchers')).toEqual(
    UNDISTURBED,
  );
});

test('the backend is killed between two steps and started again', async ({
  signIn,
  portal,
}) => {
  // The step before is done, and this one does not come to anything.
  await portal.setFault({
    system: 'devops',
    kind: 'hang',
    pathPrefix: '/fairway/team-a/_apis/build/definitions',
  });
  const id = await startTask(portal, 'dev-a', goodValues('receipts'));
  const page = await signIn('dev-a', `/create/tasks/${id}`);
  await expect(page.getByText('Step 7 of 11: Make the pipeline')).toBeVisible({
    timeout: 60_000,
  });
  await portal.killBackend();
  await expect(
    page.getByRole('heading', { name: 'The portal does not answer' }),
  ).toBeVisible();
  await portal.clearFaults();
  await portal.startBackend();

  // The page that was open all the time.
  await expect(
    page.getByRole('heading', { name: 'receipts is on its way' }),
  ).toBeVisible({ timeout: 120_000 });
  expect(await taskEnd(portal, 'dev-a', id)).toEqual({ status: 'completed' });

  await page.goto('/catalog/default/component/receipts/deployments');
  await markDocument(page);
  await mergeAndWatch(portal, page, 'receipts');
  expect(await serviceInventory(portal, 'team-a', 'receipts')).toEqual(
    UNDISTURBED,
  );
});
