// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import type { ClusterStore, KubeObject } from '../types';
import { podLog } from './podLogs';
import { commonHeaders } from './respond';

/** Sends logs of pods, once or for as long as somebody follows. */
export class LogStreams {
  constructor(
    private readonly store: ClusterStore,
    private readonly clock: Clock,
  ) {}

  /** @returns bytes written at once */
  send(
    response: ServerResponse,
    pod: KubeObject,
    query: URLSearchParams,
  ): number {
    const lines = podLog(pod, query, this.clock.now());
    const text = lines.map(line => `${line}\n`).join('');
    commonHeaders(response);
    response.setHeader('Content-Type', 'text/plain');
    response.statusCode = 200;
    if (query.get('follow') !== 'true') {
      response.end(text);
      return Buffer.byteLength(text);
    }
    response.write(text);
    this.#follow(response, pod, query);
    return Buffer.byteLength(text);
  }

  /** Writes what comes, until the client or the container has enough. */
  #follow(
    response: ServerResponse,
    pod: KubeObject,
    query: URLSearchParams,
  ): void {
    let since = this.clock.now().getTime();
    const rest = new URLSearchParams(query);
    rest.delete('tailLines');
    rest.delete('sinceSeconds');
    const next = () =>
      this.clock.after(5000, () => {
        if (response.closed || response.destroyed) {
          return;
        }
        const current = this.store.get({
          apiVersion: 'v1',
          kind: 'Pod',
          namespace: pod.metadata.namespace,
          name: pod.metadata.name,
        });
        if (!current || current.metadata.uid !== pod.metadata.uid) {
          response.end();
          return;
        }
        rest.set('sinceTime', new Date(since).toISOString());
        const now = this.clock.now();
        since = now.getTime();
        try {
          for (const line of podLog(current, rest, now)) {
            response.write(`${line}\n`);
          }
        } catch {
          // The container has stopped: its log ends.
          response.end();
          return;
        }
        next();
      });
    next();
  }
}
