// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { sendDocument, type AccessGuard } from '@fairway/plugin-delivery-node';
import { fluxResourceReadPermission } from '@fairway/plugin-flux-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { documentTag } from './services/documentTag';
import type { DeploymentsModel } from './services/DeploymentsModel';

/** Names as the catalog allows them (`backstage/backstage:packages/catalog-model/src/validation`). */
const entityParams = z.object({
  kind: z
    .string()
    .max(63)
    .regex(/^[a-zA-Z][a-z0-9A-Z]*$/, 'must be the kind of an entity'),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/i, 'must be the namespace of an entity'),
  name: z
    .string()
    .max(63)
    .regex(
      /^[a-z0-9A-Z]+([-_.][a-z0-9A-Z]+)*$/,
      'must be the name of an entity',
    ),
});

/** The document has no variants: what is asked for beyond it is a mistake, not ignored. */
const noQuery = z.strictObject({});

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(issue => {
    const field =
      issue.code === 'unrecognized_keys'
        ? issue.keys.join(', ')
        : issue.path.join('.');
    return `${where} ${field}: ${
      issue.code === 'unrecognized_keys'
        ? 'is not known here, leave it out'
        : issue.message
    }`;
  });
  throw new InputError(problems.join('; '));
}

/** The routes of `/api/fairway-flux`. Only users: what is answered depends on who asks. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  guard: AccessGuard;
  model: DeploymentsModel;
}): Router {
  const { httpAuth, guard, model } = options;
  const router = PromiseRouter();

  router.get(
    '/v1/entities/:kind/:namespace/:name/deployments',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      parse(noQuery, request.query, 'query');
      const params = parse(entityParams, request.params, 'path');
      const entity = await guard.entity(
        stringifyEntityRef(params),
        fluxResourceReadPermission,
        credentials,
      );
      const document = await model.document(entity);
      sendDocument(request, response, document, documentTag(document));
    },
  );

  return router;
}
