import assert from 'node:assert/strict';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createLog } from './log.js';
import { Service } from './service.js';

describe('the service', () => {
  let lines: string[];
  let service: Service;
  let url: string;

  beforeEach(async () => {
    lines = [];
    service = new Service(
      { port: 0, logLevel: 'debug', shutdownMs: 1000, drainMs: 0 },
      createLog('debug', line => lines.push(line)),
    );
    url = `http://127.0.0.1:${await service.start()}`;
  });

  afterEach(() => service.stop());

  it('answers the probes', async () => {
    const alive = await fetch(`${url}/healthz`);
    assert.equal(alive.status, 200);
    assert.deepEqual(await alive.json(), { status: 'ok' });
    const ready = await fetch(`${url}/readyz`);
    assert.equal(ready.status, 200);
    assert.deepEqual(await ready.json(), { status: 'ready' });
  });

  it('answers a request', async () => {
    const response = await fetch(url);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      message: 'Hello from your new service',
    });
  });

  it('says what it does not have', async () => {
    const response = await fetch(`${url}/nothing/here?x=1`);
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {
      error: 'there is no GET /nothing/here',
    });
  });

  it('counts requests for Prometheus, unknown paths as one series', async () => {
    await fetch(`${url}/healthz`);
    await fetch(`${url}/a`);
    await fetch(`${url}/b`);
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(
      text,
      /http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} 1\n/,
    );
    assert.match(
      text,
      /http_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} 2\n/,
    );
    assert.match(text, /process_resident_memory_bytes \d+/);
  });

  it('logs one line of JSON for each event', async () => {
    await fetch(`${url}/healthz`);
    const events = lines.map(line => JSON.parse(line) as { message: string });
    assert.deepEqual(
      events.map(event => event.message),
      ['listening', 'request'],
    );
  });

  it('stops gracefully: the open request is answered, then nobody listens', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const open = request(`${url}/`, response => {
        response.resume();
        response.once('end', () => resolve(response.statusCode));
      });
      open.once('error', reject);
      open.once('socket', socket => {
        socket.once('connect', () => {
          void service.stop();
          open.end();
        });
      });
    });
    assert.equal(status, 200);
    await service.stop();
    await assert.rejects(fetch(url));
  });
});
