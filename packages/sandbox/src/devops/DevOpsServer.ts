// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import type { Faults } from '../faults';
import { isPush, serveGit, StaleReferenceError } from '../git';
import type { DevOps } from './DevOps';
import { DevOpsError, errorBody, notFound } from './http/DevOpsError';
import { Answer, type Json, type Locations } from './http/Locations';
import { servePage } from './pages/servePage';
import { staleReference } from './routes/repositoryRoutes';
import { Identities } from './state/Identities';

/** The token that the sandbox accepts, and one that has run out. */
export const PAT = 'sandbox-pat';
export const EXPIRED_PAT = 'expired-pat';

/** Name of the organisation. */
export const ORGANISATION = 'fairway';

/** A REST push may be this large (Azure DevOps limit, 25 MiB). */
const LARGEST_BODY = 26_214_400;

const GIT_ACTION =
  /^\/([^/]+)\/(?:_git\/)?([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

const SIGN_IN = `<!DOCTYPE html><html lang="en"><head><title>Azure DevOps Services | Sign In</title></head><body><h1>Sign in</h1><p>The personal access token has expired.</p></body></html>`;

/** HTTP of the sandbox's Azure DevOps: REST, git, and pages for people. */
export class DevOpsServer {
  readonly #devops: DevOps;
  readonly #locations: Locations;
  readonly #faults: Faults;
  readonly #server: Server;

  private constructor(devops: DevOps, locations: Locations, faults: Faults) {
    this.#devops = devops;
    this.#locations = locations;
    this.#faults = faults;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(error => {
        if (response.headersSent) {
          response.destroy();
        } else {
          sendError(response, error);
        }
      });
    });
  }

  static async start(
    devops: DevOps,
    locations: Locations,
    options: { port: number; faults: Faults },
  ): Promise<DevOpsServer> {
    const server = new DevOpsServer(devops, locations, options.faults);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const prefix = `/${ORGANISATION}`;
    if (url.pathname === '/') {
      response.writeHead(302, { Location: prefix }).end();
      return;
    }
    if (!`${url.pathname}/`.startsWith(`${prefix}/`)) {
      throw notFound(
        'OrganizationNotFoundException',
        `The organization in ${url.pathname} does not exist: it is called ${ORGANISATION}.`,
      );
    }
    const path = url.pathname.slice(prefix.length) || '/';
    const git = GIT_ACTION.exec(path);
    if (git) {
      await this.#serveGit(request, response, url, git);
      return;
    }
    const system = 'devops';
    if (await this.#faults.intercept(system, request, response, writeFault)) {
      return;
    }
    response.setHeader(
      'X-TFS-ProcessId',
      '00000000-0000-0000-0000-000000000001',
    );
    if (/(^|\/)_apis(\/|$)/.test(path)) {
      await this.#serveRest(request, response, url, path);
      return;
    }
    await servePage(this.#devops, request, response, url, path);
  }

  async #serveGit(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    [, project, name, action]: RegExpExecArray,
  ): Promise<void> {
    if (await this.#faults.intercept('git', request, response, writeFault)) {
      return;
    }
    const { repositories, policies } = this.#devops;
    const credentials = credentialsOf(request);
    const isAllowed = credentials?.password === PAT;
    if (credentials ? !isAllowed : isPush(action, url.searchParams)) {
      response.writeHead(401, {
        'WWW-Authenticate': 'Basic realm="Azure DevOps sandbox"',
        'Content-Type': 'text/plain',
      });
      response.end('TF400813: A personal access token is needed to push.\n');
      return;
    }
    const record = repositories.readable(
      decodeURIComponent(project),
      decodeURIComponent(name),
    );
    const user = Identities.accountOf(credentials?.user ?? '');
    await serveGit({
      request,
      response,
      repository: repositories.repository(record),
      action,
      query: url.searchParams,
      refusalOf: ({ refName, oldSha }) =>
        /^0+$/.test(oldSha)
          ? undefined
          : policies.pushRefusal(record, refName, user),
    });
  }

  async #serveRest(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    path: string,
  ): Promise<void> {
    if (request.method === 'OPTIONS') {
      const area = /^\/_apis\/([^/]+)\/?$/.exec(path)?.[1] ?? '';
      send(response, 200, this.#locations.describe(area));
      return;
    }
    const credentials = credentialsOf(request);
    if (credentials?.password === EXPIRED_PAT) {
      response.writeHead(203, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(SIGN_IN);
      return;
    }
    if (credentials?.password !== PAT) {
      response.setHeader(
        'WWW-Authenticate',
        'Basic realm="Azure DevOps sandbox"',
      );
      throw new DevOpsError(
        401,
        'UnauthorizedRequestException',
        "TF400813: The user '' is not authorized to access this resource.",
      );
    }
    const match = this.#locations.match(request.method ?? 'GET', path);
    if (!match) {
      throw notFound(
        'VssResourceNotFoundException',
        `The controller for path '${path}' was not found or does not implement IController.`,
      );
    }
    if (!match.handler) {
      throw new DevOpsError(
        405,
        'VssRequestContentTypeNotSupportedException',
        `The requested resource does not support http method '${request.method}'.`,
      );
    }
    const result = await match.handler({
      method: request.method ?? 'GET',
      params: match.params,
      query: url.searchParams,
      body: await readJson(request),
      user: Identities.accountOf(credentials.user),
      request,
    });
    if (result instanceof Answer) {
      send(response, result.status, result.body, result.headers);
    } else {
      send(response, 200, result as object);
    }
  }
}

function credentialsOf(
  request: IncomingMessage,
): { user: string; password: string } | undefined {
  const header = request.headers.authorization ?? '';
  const bearer = /^Bearer (.+)$/i.exec(header);
  if (bearer) {
    return { user: '', password: bearer[1] };
  }
  const basic = /^Basic (.+)$/i.exec(header);
  if (!basic) {
    return undefined;
  }
  const [user, ...password] = Buffer.from(basic[1], 'base64')
    .toString()
    .split(':');
  return { user, password: password.join(':') };
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const packed = request.headers['content-encoding'] === 'gzip';
  const stream = packed ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= LARGEST_BODY) {
      chunks.push(chunk);
    }
  }
  if (size > LARGEST_BODY) {
    throw new DevOpsError(
      413,
      'RequestContentTooLargeException',
      `TF400898: The request is ${size} bytes, at most ${LARGEST_BODY} are allowed.`,
    );
  }
  if (size === 0) {
    return {};
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) ?? {};
  } catch (error) {
    throw new DevOpsError(
      400,
      'VssPropertyValidationException',
      `The body is not JSON: ${(error as Error).message}`,
    );
  }
}

function writeFault(
  status: number,
  _request: IncomingMessage,
  response: ServerResponse,
): void {
  const message = `TF400898: The sandbox was told to answer ${status}.`;
  send(response, status, errorBody('SandboxFaultException', message));
}

function sendError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof StaleReferenceError ? staleReference(error) : error;
  if (known instanceof DevOpsError) {
    send(response, known.status, known.body());
    return;
  }
  send(
    response,
    500,
    errorBody(
      'Exception',
      `TF400898: An Internal Error Occurred. ${
        known instanceof Error ? known.message : String(known)
      }`,
    ),
  );
}

function send(
  response: ServerResponse,
  status: number,
  body?: Buffer | string | object,
  headers: Record<string, string> = {},
): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  response.statusCode = status;
  if (body === undefined) {
    response.end();
  } else if (Buffer.isBuffer(body) || typeof body === 'string') {
    response.end(body);
  } else {
    response.setHeader(
      'Content-Type',
      'application/json; charset=utf-8; api-version=7.1',
    );
    response.end(JSON.stringify(body));
  }
}
