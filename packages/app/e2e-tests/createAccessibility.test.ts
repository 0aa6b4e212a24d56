// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Page } from '@playwright/test';
import { findViolations } from './findViolations';
import { descriptionField, nameField } from './createForm';
import { expect, test } from './portal';
import { goodValues, startTask, taskEnd } from './templateTask';

/**
 * What axe finds in the stock parts of these pages, as `<page>: <rule> in <part>`: a
 * record of what others have to mend, which may only shrink.
 */
const STOCK: string[] = [
  'form with errors: aria-valid-attr-value in the tabs',
  'form, where it runs: aria-valid-attr-value in the tabs',
  'form: aria-valid-attr-value in the tabs',
  'review: aria-valid-attr-value in the tabs',
  'task that was refused: aria-progressbar-name in Material UI',
  'task that was refused: aria-required-children in the log',
  'task that was refused: aria-required-parent in the log',
  'task that was refused: aria-valid-attr-value in the tabs',
  'task that was refused: button-name in Material UI',
  'task that was refused: color-contrast in the log',
  'task: aria-progressbar-name in Material UI',
  'task: aria-required-children in the log',
  'task: aria-required-parent in the log',
  'task: aria-valid-attr-value in the tabs',
  'task: button-name in Material UI',
  'task: color-contrast in the log',
  'templates: aria-valid-attr-value in the tabs',
  'templates: link-name in Material UI',
  'templates: nested-interactive in the card',
];

/** The stock part that a place lies in; what is ours has none of these marks, and stands for itself. */
function partOf(target: string): string {
  const [, part] = [
    [/#line-|\.jss/, 'the log'],
    [/-tab-/, 'the tabs'],
    [/viewDetail-/, 'the card'],
    [/\.Mui/, 'Material UI'],
  ].find(([mark]) => (mark as RegExp).test(target)) ?? [undefined, target];
  return String(part);
}

const found = new Set<string>();

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing new on the pages of a template, ${colorScheme}, ${width} px`, async ({
      signIn,
      portal,
      page,
    }) => {
      const news: string[] = [];
      const look = async (name: string, at: Page) => {
        for (const { rule, target } of await findViolations(at)) {
          const entry = `${name}: ${rule} in ${partOf(target)}`;
          found.add(entry);
          if (!STOCK.includes(entry)) {
            news.push(`${entry} (${target})`);
          }
        }
      };
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await signIn('dev-a', '/create');
      await expect(page.getByRole('button', { name: 'Choose' })).toBeVisible();
      await look('templates', page);

      await page.getByRole('button', { name: 'Choose' }).click();
      await expect(nameField(page)).toBeVisible();
      await look('form', page);
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(
        page.getByRole('listitem').filter({ hasText: 'needs one sentence' }),
      ).toBeVisible();
      await look('form with errors', page);
      await nameField(page).fill('never-made');
      await descriptionField(page).fill('Takes the customer through payment');
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByRole('checkbox', { name: 'prod' })).toBeChecked();
      await look('form, where it runs', page);
      await page.getByRole('button', { name: 'Review' }).click();
      await expect(
        page.getByRole('button', { name: 'Create service' }),
      ).toBeVisible();
      await look('review', page);

      const done = await startTask(portal, 'dev-a', {
        ...goodValues('well-read'),
        environments: ['dev'],
      });
      await taskEnd(portal, 'dev-a', done);
      await page.goto(`/create/tasks/${done}`);
      await expect(
        page.getByRole('heading', { name: 'well-read is on its way' }),
      ).toBeVisible();
      await look('task', page);

      const refused = await startTask(
        portal,
        'dev-a',
        goodValues('monitoring'),
      );
      await taskEnd(portal, 'dev-a', refused);
      await page.goto(`/create/tasks/${refused}`);
      await expect(
        page.getByRole('heading', { name: 'monitoring was not made' }),
      ).toBeVisible();
      await look('task that was refused', page);
      expect(news).toEqual([]);
    });
  }
}

test('the record of what axe finds in stock parts holds nothing that is mended', () => {
  expect(STOCK.filter(entry => !found.has(entry))).toEqual([]);
});
