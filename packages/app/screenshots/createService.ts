// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const PATIENCE_MS = 120_000;

/**
 * Runs the template as Alex would, so that there is a task to show.
 *
 * @returns the id of the task, which is done
 */
export async function createService(portalUrl: string): Promise<string> {
  const signedIn = await fetch(`${portalUrl}/api/auth/sandbox/refresh`, {
    headers: {
      'x-fairway-persona': 'dev-a',
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  const { backstageIdentity } = (await signedIn.json()) as {
    backstageIdentity: { token: string };
  };
  const call = async <T>(route: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${portalUrl}/api/scaffolder/v2${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${backstageIdentity.token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${route}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  };
  const { id } = await call<{ id: string }>('/tasks', {
    templateRef: 'template:default/node-service',
    values: {
      name: 'checkout',
      description: 'Takes the customer through payment',
      owner: 'group:default/team-a',
      environments: ['dev', 'staging', 'prod'],
      exposure: 'none',
    },
  });
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await call<{ status: string }>(`/tasks/${id}`);
    if (status === 'completed') {
      return id;
    }
    if (status === 'failed' || Date.now() > end) {
      throw new Error(`The task that should be shown is ${status}.`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 200);
    });
  }
}
