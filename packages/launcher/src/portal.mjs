// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, explain, tail } from './failure.mjs';
import { ROOT } from './places.mjs';
import { portsEnvironment } from './ports.mjs';
import { PRELOADS } from './script.mjs';

const STOP_AFTER_MS = 10_000;

/** One child process with its log file. */
class Service {
  constructor(name, { node, args, cwd, env, logs }) {
    this.name = name;
    this.log = path.join(logs, `${name}.log`);
    const out = createWriteStream(this.log);
    this.child = spawn(node, [...PRELOADS, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout.pipe(out);
    this.child.stderr.pipe(out);
    this.ended = new Promise(resolve => {
      this.child.once('exit', (code, signal) => {
        this.exit = signal ?? code ?? 0;
        resolve(this.exit);
      });
      this.child.once('error', error => {
        this.exit = String(error);
        resolve(this.exit);
      });
    });
  }

  get pid() {
    return this.child.pid;
  }

  /** Polls until `url` answers well. @throws Failure when the process ends first */
  async answers(url, { headers, timeoutMs = 180_000 } = {}) {
    const until = Date.now() + timeoutMs;
    for (;;) {
      if (this.exit !== undefined) {
        const output = readFileSync(this.log, 'utf8');
        throw new Failure(
          explain(
            `The ${this.name} ended while it started (${this.exit}) and`,
            output,
          ),
          { log: tail(output) },
        );
      }
      const answer = await fetch(url, {
        headers,
        signal: AbortSignal.timeout(5000),
      }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) {
        return;
      }
      if (Date.now() > until) {
        throw new Failure(
          `The ${this.name} did not get ready within ${
            timeoutMs / 1000
          } s. Its log is ${this.log}`,
          { log: tail(readFileSync(this.log, 'utf8')) },
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, 150);
      });
    }
  }

  async stop(signal = 'SIGTERM') {
    if (this.exit !== undefined) {
      return;
    }
    this.child.kill(signal);
    const killer = setTimeout(() => this.child.kill('SIGKILL'), STOP_AFTER_MS);
    await this.ended;
    clearTimeout(killer);
  }
}

/**
 * The running portal: sandbox and backend, which also serves the app.
 * Tests start several with their own state folders and ports.
 */
export class Portal {
  constructor({ tools, ports, state, speed = 1, scale, configs = [] }) {
    this.ports = ports;
    this.state = state;
    this.url = `http://localhost:${ports.portal}`;
    this.controlUrl = `http://127.0.0.1:${ports.control}`;
    this.node = tools.node;
    this.speed = speed;
    this.scale = scale;
    /** Configuration files beyond those of the embedded portal. */
    this.configs = configs;
    this.env = {
      ...tools.env,
      ...portsEnvironment(ports),
      NODE_ENV: 'production',
      FAIRWAY_STATE: state,
    };
    this.logs = path.join(state, 'logs');
  }

  async startSandbox() {
    mkdirSync(this.logs, { recursive: true });
    this.sandbox = new Service('sandbox', {
      node: this.node,
      args: [
        path.join(ROOT, 'packages/sandbox/src/main.ts'),
        '--speed',
        String(this.speed),
        ...(this.scale ? ['--scale', String(this.scale)] : []),
      ],
      cwd: ROOT,
      env: this.env,
      logs: this.logs,
    });
    await this.sandbox.answers(`${this.controlUrl}/state`);
  }

  /** The folders that the backend needs, and does not make by itself. */
  makeBackendFolders() {
    mkdirSync(this.logs, { recursive: true });
    mkdirSync(path.join(this.state, 'work'), { recursive: true });
    // What the task queue keeps may hold secrets until a task ends.
    mkdirSync(path.join(this.state, 'database'), {
      recursive: true,
      mode: 0o700,
    });
  }

  async startBackend() {
    this.makeBackendFolders();
    this.backend = new Service('backend', {
      node: this.node,
      args: [
        path.join(ROOT, 'packages/backend/src/index.ts'),
        '--config',
        path.join(ROOT, 'app-config.yaml'),
        '--config',
        path.join(ROOT, 'packages/sandbox/app-config.sandbox.yaml'),
        ...this.configs.flatMap(file => ['--config', path.join(ROOT, file)]),
      ],
      cwd: path.join(ROOT, 'packages/backend'),
      env: this.env,
      logs: this.logs,
    });
    await this.backend.answers(`${this.url}/.backstage/health/v1/readiness`);
    // Usable means that a person can sign in: the catalog knows the personas.
    await this.backend.answers(`${this.url}/api/auth/sandbox/refresh`, {
      headers: {
        'x-fairway-persona': 'dev-a',
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    await this.catalogIsFilled();
  }

  /** Waits until the catalog has read the services of the world; a portal that misses some is usable all the same. */
  async catalogIsFilled(timeoutMs = 90_000) {
    const json = async (url, headers = {}) =>
      (await fetch(url, { headers, signal: AbortSignal.timeout(5000) })).json();
    const until = Date.now() + timeoutMs;
    while (Date.now() < until && this.backend.exit === undefined) {
      try {
        const { services } = await json(`${this.controlUrl}/state`);
        const { backstageIdentity } = await json(
          `${this.url}/api/auth/sandbox/refresh`,
          {
            'x-fairway-persona': 'dev-a',
            'x-requested-with': 'XMLHttpRequest',
          },
        );
        const { facets } = await json(
          `${this.url}/api/catalog/entity-facets?facet=kind`,
          { authorization: `Bearer ${backstageIdentity.token}` },
        );
        const known = facets.kind.find(({ value }) => value === 'Component');
        if ((known?.count ?? 0) >= services) {
          return;
        }
      } catch {
        // Not there yet: that is what we wait for.
      }
      await new Promise(resolve => {
        setTimeout(resolve, 300);
      });
    }
  }

  /** Resolves with the name of the first process that ends. */
  firstEnd() {
    return Promise.race(
      [this.sandbox, this.backend].map(service =>
        service.ended.then(exit => ({
          name: service.name,
          exit,
          log: service.log,
        })),
      ),
    );
  }

  async stop() {
    await this.backend?.stop();
    await this.sandbox?.stop();
  }
}
