// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import type { Json } from '../store/fieldSets';
import type { KubeObject } from '../types';

const EVERY_MS = 15_000;
const LARGEST_LINES = 2000;

/**
 * The log of a pod's container, made of what its status says happened: a start,
 * requests while it is ready, and the last words of one that failed.
 *
 * @throws ApiError 400 as the API server words it when there is no log
 */
export function podLog(
  pod: KubeObject,
  query: URLSearchParams,
  now: Date,
): string[] {
  const names = (pod.spec.containers as Json[]).map(({ name }) => name);
  const asked = query.get('container');
  if (!asked && names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${
        pod.metadata.name
      }, choose one of: [${names.join(' ')}]`,
    );
  }
  const name = asked ?? names[0];
  const status = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].find(container => container.name === name);
  if (!status && ![...names, ...initNames(pod)].includes(name)) {
    throw badRequest(
      `container ${name} is not valid for pod ${pod.metadata.name}`,
    );
  }
  const previous = query.get('previous') === 'true';
  const ended = previous
    ? status?.lastState?.terminated
    : status?.state?.terminated ??
      (status?.state?.waiting ? status?.lastState?.terminated : undefined);
  const startedAt = previous
    ? ended?.startedAt
    : status?.state?.running?.startedAt ?? ended?.startedAt;
  if (!startedAt) {
    throw badRequest(
      previous
        ? `previous terminated container "${name}" in pod "${pod.metadata.name}" not found`
        : `container "${name}" in pod "${
            pod.metadata.name
          }" is waiting to start: ${
            status?.state?.waiting?.reason ?? 'ContainerCreating'
          }`,
    );
  }
  const until = ended ? Date.parse(ended.finishedAt) : now.getTime();
  return select(lines(pod, startedAt, until, ended), query, now);
}

function initNames(pod: KubeObject): string[] {
  return (pod.spec.initContainers ?? []).map(({ name }: Json) => name);
}

function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

interface Line {
  at: number;
  text: string;
}

function entry(at: number, level: string, message: string, more = {}): Line {
  return {
    at,
    text: JSON.stringify({
      time: new Date(at).toISOString(),
      level,
      msg: message,
      ...more,
    }),
  };
}

const ROUTES = ['/healthz', '/', '/metrics', '/api/items', '/api/items/17'];

function lines(
  pod: KubeObject,
  startedAt: string,
  until: number,
  ended?: { exitCode: number; reason: string },
): Line[] {
  const start = Date.parse(startedAt);
  const service =
    pod.metadata.labels?.['app.kubernetes.io/name'] ?? pod.metadata.name;
  const result = [
    entry(start, 'info', `${service} starting`, { pid: 1 }),
    entry(start + 400, 'info', 'listening', { port: 8080 }),
  ];
  const first = Math.max(
    Math.ceil((start + 1000) / EVERY_MS),
    Math.floor(until / EVERY_MS) - LARGEST_LINES,
  );
  for (let tick = first; tick * EVERY_MS < until; tick++) {
    result.push(
      entry(tick * EVERY_MS, 'info', 'request', {
        method: 'GET',
        path: ROUTES[tick % ROUTES.length],
        status: 200,
        durationMs: 1 + ((tick * 7919) % 23),
      }),
    );
  }
  if (ended && ended.exitCode !== 0 && ended.reason !== 'OOMKilled') {
    result.push(
      entry(until, 'error', 'cannot start: required configuration is missing', {
        exitCode: ended.exitCode,
      }),
    );
  }
  // What happens at this very moment is told at the next look, and once.
  return result.filter(({ at }) => (ended ? at <= until : at < until));
}

function select(all: Line[], query: URLSearchParams, now: Date): string[] {
  let result = all;
  const since = query.get('sinceSeconds');
  if (since) {
    const from = now.getTime() - Number(since) * 1000;
    result = result.filter(({ at }) => at >= from);
  }
  const sinceTime = query.get('sinceTime');
  if (sinceTime) {
    const from = Date.parse(sinceTime);
    result = result.filter(({ at }) => at >= from);
  }
  const tail = query.get('tailLines');
  if (tail) {
    result = Number(tail) > 0 ? result.slice(-Number(tail)) : [];
  }
  return result.map(({ at, text }) =>
    query.get('timestamps') === 'true'
      ? `${new Date(at).toISOString()} ${text}`
      : text,
  );
}
