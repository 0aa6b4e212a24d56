// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  hideInternalErrors,
  sendDocument,
  type AccessGuard,
} from '@fairway/plugin-delivery-node';
import { fluxResourceReadPermission } from '@fairway/plugin-flux-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { HistoryReader } from './history/HistoryReader';
import {
  readEntityParams,
  readHistoryQuery,
  readNoQuery,
} from './input/readInput';
import type { DeploymentsModel } from './model/DeploymentsModel';
import { documentTag } from './model/documentTag';

const DEPLOYMENTS = '/v1/entities/:kind/:namespace/:name/deployments';

/** The routes of `/api/fairway-flux`. Only users: what is answered depends on who asks. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  guard: AccessGuard;
  model: DeploymentsModel;
  history: HistoryReader;
  logger: LoggerService;
}): Router {
  const { httpAuth, guard, model, history, logger } = options;
  const router = PromiseRouter();

  /** Who calls comes first: nobody learns from a mistake of theirs what there is. */
  async function read<T>(
    request: Request,
    readQuery: (query: unknown) => T,
  ): Promise<{ entity: Entity; query: T }> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = readQuery(request.query);
    const ref = stringifyEntityRef(readEntityParams(request.params));
    return {
      entity: await guard.entity(ref, fluxResourceReadPermission, credentials),
      query,
    };
  }

  router.get(DEPLOYMENTS, async (request, response) => {
    const { entity } = await read(request, readNoQuery);
    const { document } = await model.read(entity);
    sendDocument(request, response, document, documentTag(document));
  });

  router.get(`${DEPLOYMENTS}/history`, async (request, response) => {
    const { entity, query } = await read(request, readHistoryQuery);
    sendDocument(request, response, await history.read(entity, query));
  });

  router.use(hideInternalErrors(logger));
  return router;
}
