// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Clock } from '../clock';
import { FAULT_KINDS, faultKindsOf, type Faults } from '../faults';
import type { Stories } from './Stories';

/** A system that can be broken, as the sandbox page names it. */
export interface ControlledSystem {
  name: string;
  title: string;
}

/** An open pull request to the GitOps repository. */
export interface OpenPullRequest {
  id: number;
  title: string;
  author: string;
  createdAt: string;
  url: string;
  sourceBranch: string;
  canComplete: boolean;
}

export interface PullRequests {
  listOpen(): Promise<OpenPullRequest[]>;
  /** Approves and completes as a person would. @throws when it does not exist or cannot be merged */
  complete(id: number): Promise<void>;
}

export interface ControlOptions {
  port: number;
  clock: Clock;
  faults: Faults;
  systems: ControlledSystem[];
  /** How many services the world has: who waits for the portal's catalog compares. */
  services: number;
  stories: Stories;
  pullRequests: PullRequests;
  /** Request counters by system, for measurements. */
  counters(): Record<string, unknown>;
}

const faultInput = z.strictObject({
  system: z.string(),
  kind: z.enum(FAULT_KINDS),
  delayMs: z.number().int().min(1).max(120_000).optional(),
  pathPrefix: z.string().startsWith('/').optional(),
  until: z.iso.datetime().optional(),
});

const speedInput = z.strictObject({ factor: z.number().min(0.1).max(1000) });

class BadRequest extends Error {}
class NotFound extends Error {}

const LARGEST_BODY = 100_000;

/**
 * The sandbox's own API, for the page in the portal and for tests: state,
 * faults, speed, stories, pull requests.
 */
export class ControlServer {
  readonly #options: ControlOptions;
  readonly #server: Server;
  readonly #startedAt: string;

  private constructor(options: ControlOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now().toISOString();
    this.#server = createServer((request, response) => {
      this.#answer(request)
        .then(body => send(response, 200, body ?? {}))
        .catch(error => {
          const status = statusOf(error);
          send(response, status, { error: { message: String(error.message) } });
        });
    });
  }

  static async start(options: ControlOptions): Promise<ControlServer> {
    const control = new ControlServer(options);
    await new Promise<void>((resolve, reject) => {
      control.#server.once('error', reject);
      control.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return control;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const { clock, faults, stories, pullRequests } = this.#options;
    const url = new URL(request.url ?? '/', 'http://control');
    const route = `${request.method} ${url.pathname.replace(/\/$/, '')}`;
    const pull = /^POST \/pull-requests\/(\d+)\/complete$/.exec(route);
    if (pull) {
      await pullRequests.complete(Number(pull[1]));
      return {};
    }
    const story = /^POST \/stories\/([a-z-]+)\/start$/.exec(route);
    if (story) {
      if (!stories.has(story[1])) {
        throw new NotFound(`There is no story "${story[1]}".`);
      }
      await stories.start(story[1]);
      return {};
    }
    switch (route) {
      case 'GET /state':
        return this.#state();
      case 'GET /counters':
        return this.#options.counters();
      case 'PUT /faults': {
        const fault = await input(request, faultInput);
        if (!this.#options.systems.some(({ name }) => name === fault.system)) {
          throw new BadRequest(
            `system: "${fault.system}" is not one of ${this.#options.systems
              .map(({ name }) => name)
              .join(', ')}`,
          );
        }
        if (!faultKindsOf(fault.system).includes(fault.kind)) {
          throw new BadRequest(
            `kind: "${fault.kind}" is not one of ${faultKindsOf(
              fault.system,
            ).join(', ')}, which ${fault.system} can have`,
          );
        }
        faults.set(fault);
        return {};
      }
      case 'DELETE /faults':
        faults.clear(url.searchParams.get('system') ?? undefined);
        return {};
      case 'PUT /speed':
        clock.setSpeed((await input(request, speedInput)).factor);
        return {};
      case 'GET /pull-requests':
        return pullRequests.listOpen();
      default:
        throw new NotFound(`There is no ${route}.`);
    }
  }

  #state() {
    const { clock, faults, stories, systems } = this.#options;
    return {
      systems: systems.map(system => ({
        ...system,
        fault: faults.get(system.name),
        faultKinds: faultKindsOf(system.name),
      })),
      services: this.#options.services,
      speed: clock.speed(),
      startedAt: this.#startedAt,
      stories: stories.list(),
    };
  }
}

async function input<T>(
  request: IncomingMessage,
  schema: z.ZodType<T>,
): Promise<T> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) {
      throw new BadRequest('The body is larger than 100 kB.');
    }
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  } catch {
    throw new BadRequest('The body is not JSON.');
  }
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new BadRequest(z.prettifyError(result.error));
  }
  return result.data;
}

function statusOf(error: unknown): number {
  if (error instanceof BadRequest) {
    return 400;
  }
  return error instanceof NotFound ? 404 : 409;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
