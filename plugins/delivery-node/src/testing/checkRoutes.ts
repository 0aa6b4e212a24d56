// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listRoutes } from './listRoutes';

/**
 * Who calls, as every table has to say: nobody; a member of another team; a
 * member and the lead of the owning team; a platform engineer; another plugin.
 *
 * @public
 */
export const CALLERS = [
  'anonymous',
  'otherTeam',
  'member',
  'lead',
  'platform',
  'service',
] as const;

/** @public */
export type Caller = (typeof CALLERS)[number];

/** One route and the status that each caller gets. @public */
export interface RouteRow {
  /** As it is registered: `GET /api/fairway-things/v1/entities/:kind/:namespace/:name/things`. */
  route: string;
  /** What is called: the path with its parameters filled in, and a query. The path of `route` when left out. */
  path?: string;
  /** Sent as JSON. */
  body?: unknown;
  status: Record<Caller, number>;
}

/** What differs between the table and the backend. @public */
export interface RouteFindings {
  /** Routes that no row names. */
  notInTable: string[];
  /** Rows whose route the backend does not have. */
  notInBackend: string[];
  /** `GET /api/fairway-things/v1/things as otherTeam: 200 instead of 404`. */
  wrong: string[];
}

/**
 * Calls every route of a table as every caller. A test expects that nothing
 * differs; a route that the table does not name is a difference, so that none
 * comes to be without somebody having thought about who may use it.
 *
 * @param options.prefix - what the paths of all routes that belong into the table begin with
 * @param options.callers - the `authorization` header of each caller
 * @public
 */
export async function checkRoutes(options: {
  server: Server;
  prefix: string;
  callers: Record<Caller, string>;
  table: RouteRow[];
}): Promise<RouteFindings> {
  const { server, prefix, callers, table } = options;
  const routes = listRoutes(server, prefix);
  const named = new Set(table.map(({ route }) => route));
  const wrong: string[] = [];
  for (const row of table.filter(({ route }) => routes.includes(route))) {
    for (const caller of CALLERS) {
      const status = await call(server, row, callers[caller]);
      if (status !== row.status[caller]) {
        wrong.push(
          `${row.route} as ${caller}: ${status} instead of ${row.status[caller]}`,
        );
      }
    }
  }
  return {
    notInTable: routes.filter(route => !named.has(route)),
    notInBackend: [...named].filter(route => !routes.includes(route)),
    wrong,
  };
}

/** The status alone: a stream would never end. */
function call(
  server: Server,
  row: RouteRow,
  authorization: string,
): Promise<number> {
  const [method, pattern] = row.route.split(' ');
  const { port } = server.address() as AddressInfo;
  const body = row.body === undefined ? undefined : JSON.stringify(row.body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        method,
        path: row.path ?? pattern,
        headers: {
          authorization,
          ...(body && { 'content-type': 'application/json' }),
        },
      },
      response => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}
