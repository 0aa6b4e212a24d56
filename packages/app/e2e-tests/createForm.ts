// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { expect, type Page } from '@playwright/test';

/** Opens the form of template node-service as a person does, from the home page. */
export async function openCreateForm(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Create a service' }).first().click();
  await page.getByRole('button', { name: 'Choose' }).click();
  await expect(nameField(page)).toBeVisible();
}

export function nameField(page: Page) {
  return page.getByRole('textbox', { name: /^Name/ });
}

export function descriptionField(page: Page) {
  return page.getByRole('textbox', { name: /^What it does/ });
}

/** Fills in the form, with everything else as it is offered, up to the review. */
export async function fillCreateForm(
  page: Page,
  service: { name: string; description: string },
): Promise<void> {
  await nameField(page).fill(service.name);
  await descriptionField(page).fill(service.description);
  await expect(page.getByText(`${service.name} is free.`)).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('checkbox', { name: 'prod' })).toBeChecked();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(
    page.getByRole('button', { name: 'Create service' }),
  ).toBeVisible();
}
