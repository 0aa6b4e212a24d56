// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IncomingMessage } from 'node:http';

/**
 * Free-form JSON of the wire: clients of many versions send what they like,
 * and each handler checks the fields that it uses.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

/** One REST call, read. */
export interface Call {
  method: string;
  params: Record<string, string | undefined>;
  query: URLSearchParams;
  body: Json;
  /** Name that came with the credentials. */
  user: string;
  request: IncomingMessage;
}

/** An answer that is not plain 200 JSON. */
export class Answer {
  readonly status: number;
  readonly body: Buffer | string | object | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    body?: Buffer | string | object,
    headers: Record<string, string> = {},
  ) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

type Handler = (call: Call) => unknown;
type Methods = Partial<
  Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>
>;

interface Location {
  id: string;
  area: string;
  resource: string;
  template: string;
  version: number;
  pattern: RegExp;
  params: string[];
  methods: Methods;
}

/** Areas and their ids, as ResourceAreas lists them. */
export const AREAS: Record<string, string> = {
  git: '4e080c62-fa21-4fbc-8fef-2a10a2b38049',
  core: '79134c72-4a58-4b42-976c-04e7115f32bf',
  build: '965220d5-5bb9-42cf-8d67-9b146df2a5a4',
  policy: 'fb13a388-40dd-4a04-b530-013a739c72ef',
  serviceendpoint: '1814ab31-2f4f-4a9f-8761-f4d77dc5a5d7',
  distributedtask: 'a85b8835-c1a1-4aac-ae97-1c3d0ba72dbd',
  pipelines: '2e0bf237-8973-4ec9-a581-9c3d679d1776',
  // The official node client looks for pipelines under this area's id.
  wit: '5264459e-e5e0-4bd8-b118-0985e68a4ec5',
  Test: 'c2aa639c-3ccc-4740-b3b6-ce2a1e1d984e',
};

/**
 * The REST surface: each location has an id, a route template and handlers.
 * The same table answers the OPTIONS discovery of the official clients and
 * finds the handler of a request.
 */
export class Locations {
  readonly #locations: Location[] = [];

  /**
   * Adds a location.
   *
   * @param template - path below the organisation, with `{area}` and
   *   `{resource}` filled in here; `{project}` and trailing parameters are optional
   * @param version - newest resource version, the N of `7.2-preview.N`
   */
  add(
    area: string,
    id: string,
    resource: string,
    template: string,
    version: number,
    methods: Methods,
  ): void {
    const params: string[] = [];
    const path = template
      .replace('{area}', area)
      .replace('{resource}', resource);
    const segments = path.split('/');
    const lastFixed = segments.findLastIndex(
      segment => !segment.startsWith('{'),
    );
    const pattern = segments
      .map((segment, index) => {
        if (!segment.startsWith('{')) {
          return `/${segment}`;
        }
        const name = segment.slice(1, -1);
        params.push(name.replace('*', ''));
        if (name.startsWith('*')) {
          return '(?:/(.*))?';
        }
        const one = name === 'project' ? '((?!_)[^/]+)' : '([^/]+)';
        return index > lastFixed || name === 'project'
          ? `(?:/${one})?`
          : `/${one}`;
      })
      .join('');
    this.#locations.push({
      id,
      area,
      resource,
      template,
      version,
      pattern: new RegExp(`^${pattern}/?$`, 'i'),
      params,
      methods,
    });
  }

  /** What OPTIONS on an area answers. */
  describe(area: string): object {
    const value = this.#locations
      .filter(location => location.area.toLowerCase() === area.toLowerCase())
      .map(location => ({
        id: location.id,
        area: location.area,
        resourceName: location.resource,
        routeTemplate: location.template,
        resourceVersion: location.version,
        minVersion: '1.0',
        maxVersion: '7.2',
        releasedVersion: '7.1',
      }));
    return { count: value.length, value };
  }

  /**
   * The handler of a path, with the path's parameters.
   *
   * @returns `methods` without a handler when the path is known but not the method
   */
  match(
    method: string,
    path: string,
  ):
    | { handler?: Handler; params: Record<string, string | undefined> }
    | undefined {
    let found: { params: Record<string, string | undefined> } | undefined;
    for (const location of this.#locations) {
      const match = location.pattern.exec(path);
      if (match) {
        const params = Object.fromEntries(
          location.params.map((name, index) => [
            name,
            match[index + 1] && decodeURIComponent(match[index + 1]),
          ]),
        );
        const handler = location.methods[method as keyof Methods];
        if (handler) {
          return { handler, params };
        }
        found = { params };
      }
    }
    return found;
  }
}

/** A list as the wire wants it. */
export function list(value: unknown[]): object {
  return { count: value.length, value };
}
