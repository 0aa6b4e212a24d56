// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const LAUNCHER = path.resolve(__dirname, '../../launcher/src');

interface LauncherPortal {
  startSandbox(): Promise<void>;
  startBackend(): Promise<void>;
  stop(): Promise<void>;
  url: string;
  controlUrl: string;
  backend: { stop(signal: string): Promise<void> };
}

/** Addresses of the outside world that the sandbox plays. */
export interface SandboxUrls {
  /** dev, staging, prod West Europe, prod North Europe. */
  clusters: string[];
  /** The organisation in Azure DevOps. */
  organization: string;
}

/** The portal as `npm start` runs it, with switches for what a test does to it. */
export class RunningPortal {
  readonly #portal: LauncherPortal;
  readonly #state: string;
  readonly urls: SandboxUrls;

  constructor(portal: LauncherPortal, state: string, urls: SandboxUrls) {
    this.#portal = portal;
    this.#state = state;
    this.urls = urls;
  }

  get url(): string {
    return this.#portal.url;
  }

  async setFault(fault: {
    system: string;
    kind: string;
    pathPrefix?: string;
    until?: string;
  }): Promise<void> {
    await this.control('PUT', '/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  async control<T>(method: string, route: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#portal.controlUrl + route, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${route}: ${response.status} ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  }

  /** An API token of a persona, as the browser gets it. */
  async token(persona: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/sandbox/refresh`, {
      headers: {
        'x-fairway-persona': persona,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    const body = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return body.backstageIdentity.token;
  }

  async api(
    persona: string,
    route: string,
    init: RequestInit = {},
  ): Promise<Response> {
    return fetch(this.url + route, {
      ...init,
      headers: {
        ...init.headers,
        authorization: `Bearer ${await this.token(persona)}`,
      },
    });
  }

  /** REST of the organisation in Azure DevOps; POST when there is a body. */
  async devOps<T>(route: string, body?: object): Promise<T> {
    const response = await fetch(`${this.urls.organization}/${route}`, {
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(':sandbox-pat').toString(
          'base64',
        )}`,
        accept: 'application/json;api-version=7.1',
      },
    });
    if (!response.ok) {
      throw new Error(`${route}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  /** Ends the backend as a machine that loses power does: no hook runs. */
  async killBackend(): Promise<void> {
    await this.#portal.backend.stop('SIGKILL');
  }

  async startBackend(): Promise<void> {
    await this.#portal.startBackend();
  }

  async stop(): Promise<void> {
    await this.#portal.stop();
    rmSync(this.#state, { recursive: true, force: true });
  }
}

/** Starts a portal with a new world. */
export async function startPortal(options: {
  speed: number;
}): Promise<RunningPortal> {
  const load = (file: string) =>
    import(pathToFileURL(path.join(LAUNCHER, file)).href);
  const [{ Portal }, { portsOf, checkPorts }, { ensureToolchain }] =
    await Promise.all([
      load('portal.mjs'),
      load('ports.mjs'),
      load('toolchain.mjs'),
    ]);
  const ports = portsOf();
  await checkPorts(ports);
  const state = mkdtempSync(path.join(tmpdir(), 'fairway-portal-'));
  const portal: LauncherPortal = new Portal({
    tools: await ensureToolchain(),
    ports,
    state,
    speed: options.speed,
  });
  try {
    await portal.startSandbox();
    await portal.startBackend();
  } catch (error) {
    await portal.stop();
    const { message, log } = error as Error & { log?: string };
    throw new Error(`${message}\n${log ?? ''}`);
  }
  return new RunningPortal(portal, state, {
    clusters: ports.clusters.map((port: number) => `http://127.0.0.1:${port}`),
    organization: `http://localhost:${ports.devops}/fairway`,
  });
}
