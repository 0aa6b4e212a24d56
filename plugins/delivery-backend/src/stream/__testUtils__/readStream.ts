// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import http from 'node:http';

/** Reads a stream event by event; `undefined` is its end. */
export function readStream(port: number, query: string, authorization: string) {
  const waiting: Array<() => void> = [];
  let text = '';
  let ended = false;
  const wake = () => waiting.splice(0).forEach(go => go());
  const outgoing = http.get({
    port,
    path: `/api/fairway-delivery/v1/stream?${query}`,
    headers: {
      authorization,
      'accept-encoding': 'gzip',
    },
  });
  const opened = new Promise<http.IncomingMessage>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', response => {
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
        wake();
      });
      response.on('close', () => {
        ended = true;
        wake();
      });
      response.on('error', () => undefined);
      resolve(response);
    });
  });
  async function next(): Promise<unknown> {
    for (;;) {
      const at = text.indexOf('\n\n');
      if (at >= 0) {
        const block = text.slice(0, at);
        text = text.slice(at + 2);
        if (block.startsWith(':')) {
          return block;
        }
        const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
        return { event, ...JSON.parse(data) };
      }
      if (ended) {
        return undefined;
      }
      await new Promise<void>(go => waiting.push(go));
    }
  }
  return { opened, next, leave: () => outgoing.destroy() };
}
