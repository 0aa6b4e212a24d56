// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { expect, type Page } from '@playwright/test';

export interface NewService {
  name: string;
  description: string;
}

/** Fills the form of the template as a developer would, up to the running task. */
export async function fillServiceForm(
  page: Page,
  service: NewService,
): Promise<void> {
  await page.getByRole('link', { name: 'Create a service' }).first().click();
  await page.getByLabel(/^Name/).fill(service.name);
  await page.getByLabel(/^Description/).fill(service.description);
  for (const step of ['Next', 'Review', 'Create']) {
    const button = page.getByRole('button', { name: step, exact: true });
    if (await button.isVisible().catch(() => false)) {
      await button.click();
    }
  }
}

/** Waits until the task page says that all is done. */
export async function taskIsDone(page: Page, timeout = 120_000): Promise<void> {
  await expect(page.getByText('Your service is on its way')).toBeVisible({
    timeout,
  });
}
