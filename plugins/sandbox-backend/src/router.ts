// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, toError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { sandboxControlUsePermission } from './permissions';
import type { SandboxControl } from './sources/SandboxControl';

/** What {@link createRouter} needs. */
export interface RouterOptions {
  auditor: AuditorService;
  control: SandboxControl;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}

const faultSchema = z.strictObject({
  system: z.string().min(1).max(200),
  kind: z.string().min(1).max(50),
  delayMs: z.number().int().min(1).max(120_000).optional(),
  until: z.iso.datetime().optional(),
});
const clearSchema = z.strictObject({
  system: z.string().min(1).max(200).optional(),
});
const speedSchema = z.strictObject({ factor: z.number().min(0.1).max(1000) });
const storySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,63}$/, 'not the id of a story'),
});
const pullRequestSchema = z.strictObject({
  id: z.coerce.number().int().min(1),
});

/**
 * Routes under `/api/fairway-sandbox`. All need a user with
 * `fairway-sandbox.control.use`; those that change something are audited.
 */
export function createRouter(options: RouterOptions): express.Router {
  const { auditor, control, httpAuth, permissions } = options;
  const router = Router();
  router.use(express.json({ limit: '10kb' }));

  async function authorize(request: Request) {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [{ result }] = await permissions.authorize(
      [{ permission: sandboxControlUsePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The controls of the sandbox need the permission ${sandboxControlUsePermission.name}.`,
      );
    }
  }

  async function show(
    request: Request,
    response: Response,
    read: () => Promise<unknown>,
  ) {
    await authorize(request);
    const body = await read();
    response.setHeader('cache-control', 'private, no-store');
    response.json(body);
  }

  async function change<T extends JsonObject>(
    request: Request,
    response: Response,
    step: {
      action: string;
      schema: z.ZodType<T>;
      from: unknown;
      run(input: T): Promise<void>;
    },
  ) {
    await authorize(request);
    const input = step.schema.safeParse(step.from);
    if (!input.success) {
      throw new InputError(z.prettifyError(input.error));
    }
    const event = await auditor.createEvent({
      eventId: `sandbox-${step.action}`,
      severityLevel: 'low',
      request,
      meta: { ...input.data },
    });
    try {
      await step.run(input.data);
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
    await event.success();
    response.status(204).end();
  }

  router.get('/v1/state', (request, response) =>
    show(request, response, () => control.getState()),
  );
  router.put('/v1/faults', (request, response) =>
    change(request, response, {
      action: 'fault-set',
      schema: faultSchema,
      from: request.body,
      run: fault => control.setFault(fault),
    }),
  );
  router.delete('/v1/faults', (request, response) =>
    change(request, response, {
      action: 'fault-clear',
      schema: clearSchema,
      from: request.query,
      run: ({ system }) => control.clearFaults(system),
    }),
  );
  router.put('/v1/speed', (request, response) =>
    change(request, response, {
      action: 'speed-set',
      schema: speedSchema,
      from: request.body,
      run: ({ factor }) => control.setSpeed(factor),
    }),
  );
  router.post('/v1/stories/:id/start', (request, response) =>
    change(request, response, {
      action: 'story-start',
      schema: storySchema,
      from: request.params,
      run: ({ id }) => control.startStory(id),
    }),
  );
  router.get('/v1/pull-requests', (request, response) =>
    show(request, response, () => control.listPullRequests()),
  );
  router.post('/v1/pull-requests/:id/complete', (request, response) =>
    change(request, response, {
      action: 'pull-request-complete',
      schema: pullRequestSchema,
      from: request.params,
      run: ({ id }) => control.completePullRequest(id),
    }),
  );
  return router;
}
