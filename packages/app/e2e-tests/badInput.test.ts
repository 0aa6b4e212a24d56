// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { descriptionField, nameField, openCreateForm } from './createForm';
import { expect, test } from './portal';
import { worldCounts } from './serviceInventory';
import { goodValues, postTask, taskEnd } from './templateTask';

/** A wrong value, what its field says, and what the form says above when that is not the same. */
type Refusal = [value: string, words: RegExp, above?: RegExp];

const NAMES: Refusal[] = [
  ['', /Name the service/, /needs 3 to 40/],
  ['../x', /Not allowed: \. \//, /needs 3 to 40/],
  ['Checkout', /Use lower case letters: checkout/, /needs 3 to 40/],
  ['ch\u0435ckout', /Not allowed/, /needs 3 to 40/],
  ['x'.repeat(64), /at most 40 characters; this has 64/, /needs 3 to 40/],
  ['checkout-', /End with a letter or a digit/, /needs 3 to 40/],
  ['monitoring', /reserved for the platform/],
  ['payments', /exists already and belongs to team-a/],
];

const DESCRIPTIONS: Refusal[] = [
  ['', /Say in one sentence/, /needs one sentence/],
  ['x'.repeat(201), /at most 200 characters; this has 201/, /needs one/],
  ['${{ secrets.x }}', /no template text/],
  ['check\u202eout', /only plain text/],
];

test('the form names the field that is wrong and does not go on', async ({
  signIn,
  portal,
}) => {
  const before = await worldCounts(portal);
  const page = await signIn('dev-a');
  await openCreateForm(page);
  const next = page.getByRole('button', { name: 'Next' });
  const refused = async (
    field: ReturnType<typeof nameField>,
    [value, words, above = words]: Refusal,
  ) => {
    await field.fill(value);
    await next.click();
    await expect(field).toHaveAccessibleDescription(words);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    // The whole page has been judged: only now can something else be typed.
    await expect(
      page.getByRole('listitem').filter({ hasText: above }),
    ).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'prod' })).toHaveCount(0);
  };

  await descriptionField(page).fill('Takes the customer through payment');
  for (const row of NAMES) {
    await test.step(`name ${JSON.stringify(row[0])}`, () =>
      refused(nameField(page), row));
  }
  await nameField(page).fill('never-made');
  for (const row of DESCRIPTIONS) {
    await test.step(`description ${JSON.stringify(row[0])}`, () =>
      refused(descriptionField(page), row));
  }

  // Put right, it goes on at once.
  await descriptionField(page).fill('Takes the customer through payment');
  await next.click();
  await expect(page.getByRole('checkbox', { name: 'prod' })).toBeChecked();
  await expect(
    page.getByRole('checkbox', { name: 'dev (always)' }),
  ).toBeDisabled();
  expect(await worldCounts(portal)).toEqual(before);
});

/** `[field, wrong values, words of the refusal]`, refused before a task begins. */
const REFUSED: Array<[field: string, wrong: object, words: RegExp]> = [
  ...[
    '../x',
    'a/b',
    '.git',
    '-rf',
    'CON',
    'x'.repeat(64),
    'Checkout',
    'ch\u0435ckout',
    'check\u202eout',
    '1checkout',
    'checkout\n',
    'check\0out',
    '${{ parameters.owner }}',
    '{% raw %}',
    '',
    7,
    ['checkout'],
    { __proto__: { name: 'checkout' } },
  ].map((name): [string, object, RegExp] => [
    'name',
    { name },
    /pattern|length|type/,
  ]),
  ['description', { description: 'x'.repeat(201) }, /length/],
  ['owner', { owner: undefined }, /requires/],
  ['environments', { environments: ['qa'] }, /one of/],
  ['environments', { environments: [] }, /at least|minimum/],
  ['environments', { environments: 'dev' }, /type/],
  ['exposure', { exposure: 'nodeport' }, /one of/],
];

/** What only the task can know. */
const FAILED: Array<[field: string, wrong: object, words: RegExp]> = [
  ['owner', { owner: 'group:default/team-b' }, /not a member/],
  ['owner', { owner: 'user:default/dev-a' }, /is not a group/],
  ['owner', { owner: 'group:default/nobody' }, /not in the catalog/],
  ['environments', { environments: ['prod'] }, /dev must be one/],
  ['name', { name: 'kube-proxy' }, /reserved/],
  ['name', { name: 'products' }, /belongs to group:default\/team-b/],
  ['name', { name: 'payments' }, /exists already/],
  ['description', { description: 'a\nb' }, /one line/],
  ['description', { description: '{{ x }}' }, /template text/],
];

test('the API names the field that is wrong, and nothing is made', async ({
  portal,
}) => {
  const before = await worldCounts(portal);
  for (const [field, wrong, words] of REFUSED) {
    await test.step(`${field} ${JSON.stringify(wrong)}`, async () => {
      const { status, body } = await postTask(portal, 'dev-a', {
        ...goodValues('never-made'),
        ...wrong,
      });
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toContain(field);
      expect(JSON.stringify(body)).toMatch(words);
    });
  }
  for (const [field, wrong, words] of FAILED) {
    await test.step(`${field} ${JSON.stringify(wrong)}`, async () => {
      const { status, body } = await postTask(portal, 'dev-a', {
        ...goodValues('never-made'),
        ...wrong,
      });
      expect(status).toBe(201);
      const end = await taskEnd(portal, 'dev-a', String(body.id));
      expect(end.status).toBe('failed');
      expect(end.error).toMatch(new RegExp(`^${field}: `));
      expect(end.error).toMatch(words);
    });
  }
  expect(await worldCounts(portal)).toEqual(before);
});
