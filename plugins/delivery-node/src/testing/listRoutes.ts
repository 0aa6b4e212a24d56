// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Server } from 'node:http';

/** What Express 4 keeps of each handler, as far as it is read here. */
interface Layer {
  regexp: RegExp & { fast_slash?: boolean };
  keys: Array<{ name: string | number }>;
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Routes that the framework adds to each plugin. */
const FRAMEWORK = /^[A-Z]+ \/api\/[^/]+\/\.(backstage|well-known)\//;

/**
 * Finds the routes of a running backend, by looking into its Express routers.
 *
 * @param prefix - what their paths begin with, such as `/api/fairway-`
 * @returns `GET /api/fairway-things/v1/things/:name` and so on, in the order of registration
 * @throws when there is none: a test without routes would prove nothing
 */
export function listRoutes(server: Server, prefix: string): string[] {
  const app = server.listeners('request')[0] as unknown as {
    _router: { stack: Layer[] };
  };
  const routes = routesIn(app._router.stack, '')
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    .filter(route => !FRAMEWORK.test(route));
  if (routes.length === 0) {
    throw new Error(`no routes were found under ${prefix}`);
  }
  return [...new Set(routes)];
}

function routesIn(
  stack: Layer[],
  base: string,
): Array<{ method: string; path: string }> {
  return stack.flatMap(({ regexp, keys, route, handle }) => {
    if (route) {
      return [route.path].flat().flatMap(path =>
        Object.keys(route.methods).map(method => ({
          method,
          path: base + path,
        })),
      );
    }
    return handle.stack
      ? routesIn(handle.stack, base + mountOf(regexp, keys))
      : [];
  });
}

/** The path under which a router is mounted, which Express keeps as an expression only. */
function mountOf(regexp: Layer['regexp'], keys: Layer['keys']): string {
  if (regexp.fast_slash) {
    return '';
  }
  let key = 0;
  return regexp.source
    .replace(/^\^/, '')
    .replace(/\\\/\?\(\?=\\\/\|\$\)$/, '')
    .replace(/\(\?:\\\/\(\[\^\/\]\+\?\)\)/g, () => `/:${keys[key++]?.name}`)
    .replace(/\\(.)/g, '$1');
}
