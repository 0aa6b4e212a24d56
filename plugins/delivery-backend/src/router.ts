// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { sendDocument } from '@fairway/plugin-delivery-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { HomeDocuments } from './home/HomeDocuments';
import { readKnownTopics } from './stream/readKnownTopics';
import type { StreamServer } from './stream/StreamServer';

/** The routes of `/api/fairway-delivery`. Only users: a document depends on who asks. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  streams: StreamServer;
  home: HomeDocuments;
}): Router {
  const { httpAuth, streams, home } = options;
  const router = PromiseRouter();

  router.get('/v1/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    streams.serve(response, readKnownTopics(request.query), credentials);
  });

  router.get('/v1/home', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    sendDocument(request, response, await home.read(credentials));
  });

  return router;
}
