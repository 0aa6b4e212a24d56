import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { Metrics } from './metrics.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP service: your routes, and those that the platform asks. */
export class Service {
  readonly #config: Config;
  readonly #log: Log;
  readonly #metrics = new Metrics();
  readonly #server: Server;
  readonly #routes: Record<string, Handler>;
  #isReady = false;
  #stopping: Promise<void> | undefined;

  constructor(config: Config, log: Log) {
    this.#config = config;
    this.#log = log;
    this.#routes = {
      'GET /': (_request, response) => {
        sendJson(response, 200, { message: 'Hello from your new service' });
      },
      // Alive: the process answers. A failure restarts the pod.
      'GET /healthz': (_request, response) => {
        sendJson(response, 200, { status: 'ok' });
      },
      // Ready: requests may be sent here. A failure takes the pod out of the Service.
      'GET /readyz': (_request, response) => {
        sendJson(response, this.#isReady ? 200 : 503, {
          status: this.#isReady ? 'ready' : 'not ready',
        });
      },
      'GET /metrics': (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
        response.end(this.#metrics.text());
      },
    };
    this.#server = createServer((request, response) =>
      this.#serve(request, response),
    );
  }

  /** @returns the port */
  async start(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#config.port, resolve);
    });
    this.#isReady = true;
    const { port } = this.#server.address() as AddressInfo;
    this.#log.info('listening', { port });
    return port;
  }

  /** Ends gracefully: not ready at once, closed when open requests are answered. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { drainMs, shutdownMs } = this.#config;
    this.#isReady = false;
    this.#log.info('stopping');
    // The cluster needs a moment to learn that this pod is not ready.
    await new Promise(resolve => setTimeout(resolve, drainMs));
    const closed = new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => {
      this.#log.warn('requests did not end in time');
      this.#server.closeAllConnections();
    }, shutdownMs);
    await closed;
    clearTimeout(timer);
    this.#log.info('stopped');
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const began = process.hrtime.bigint();
    const { method = 'GET' } = request;
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const handler = this.#routes[`${method === 'HEAD' ? 'GET' : method} ${path}`];
    const route = handler ? path : 'unknown';
    response.once('finish', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
      const verb = known.includes(method) ? method : 'other';
      this.#metrics.observe(verb, route, response.statusCode, seconds);
      this.#log.debug('request', { method, path, status: response.statusCode });
    });
    if (this.#stopping) {
      // Lets a client take its next request to another pod.
      response.setHeader('Connection', 'close');
    }
    try {
      if (handler) {
        handler(request, response);
      } else {
        sendJson(response, 404, { error: `there is no ${method} ${path}` });
      }
    } catch (error) {
      this.#log.error('request failed', { method, path, error: String(error) });
      sendJson(response, 500, { error: 'internal error' });
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
