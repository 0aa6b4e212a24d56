// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { expect } from '@playwright/test';
import type { RunningPortal } from './runningPortal';

/** What the form of template node-service sends. */
export interface ServiceValues {
  name: unknown;
  description?: unknown;
  owner?: unknown;
  environments?: unknown;
  exposure?: unknown;
}

/** The values of a good service of team-a. */
export function goodValues(name: string): ServiceValues {
  return {
    name,
    description: 'Takes the customer through payment',
    owner: 'group:default/team-a',
    environments: ['dev', 'staging', 'prod'],
    exposure: 'none',
  };
}

/** Sends the form's values by the API, with a person's token. */
export async function postTask(
  portal: RunningPortal,
  persona: string,
  values: ServiceValues,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await portal.api(persona, '/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      templateRef: 'template:default/node-service',
      values,
    }),
  });
  return { status: response.status, body: await response.json() };
}

/** Starts the template; @returns the task's id */
export async function startTask(
  portal: RunningPortal,
  persona: string,
  values: ServiceValues,
): Promise<string> {
  const { status, body } = await postTask(portal, persona, values);
  expect([status, body.id]).toEqual([201, expect.any(String)]);
  return String(body.id);
}

/** Waits for the end of a task; @returns its state and the error it ended with */
export async function taskEnd(
  portal: RunningPortal,
  persona: string,
  id: string,
): Promise<{ status: string; error?: string }> {
  const task = async () => {
    const answer = await portal.api(persona, `/api/scaffolder/v2/tasks/${id}`);
    return (await answer.json()) as { status: string };
  };
  await expect
    .poll(async () => (await task()).status, { timeout: 90_000 })
    .toMatch(/completed|failed|cancelled/);
  const events = await portal.api(
    persona,
    `/api/scaffolder/v2/tasks/${id}/events`,
  );
  const end = (
    (await events.json()) as Array<{
      type: string;
      body: { error?: { message: string } };
    }>
  ).find(({ type }) => type === 'completion');
  return { status: (await task()).status, error: end?.body.error?.message };
}
