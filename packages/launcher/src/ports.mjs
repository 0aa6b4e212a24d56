// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import net from 'node:net';
import { Failure } from './failure.mjs';

/** All ports of one portal, from its two base ports. */
export function portsOf(env = process.env) {
  const portal = numberOf('FAIRWAY_PORT', env.FAIRWAY_PORT ?? '7007');
  const sandbox = numberOf(
    'FAIRWAY_SANDBOX_PORT',
    env.FAIRWAY_SANDBOX_PORT ?? '7100',
  );
  return {
    portal,
    control: sandbox,
    clusters: [1, 2, 3, 4].map(offset => sandbox + offset),
    devops: sandbox + 10,
    registry: sandbox + 11,
  };
}

function numberOf(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1024 || value > 65_500) {
    throw new Failure(
      `${name} must be a whole number from 1024 to 65500, but is "${text}".`,
    );
  }
  return value;
}

/** The environment that app-config.sandbox.yaml and the processes read. */
export function portsEnvironment(ports) {
  return {
    FAIRWAY_PORT: String(ports.portal),
    FAIRWAY_SANDBOX_PORT: String(ports.control),
    FAIRWAY_DEVOPS_PORT: String(ports.devops),
    ...Object.fromEntries(
      ports.clusters.map((port, at) => [
        `FAIRWAY_CLUSTER_PORT_${at + 1}`,
        String(port),
      ]),
    ),
  };
}

function isFree(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @throws Failure that names the first port that another program holds */
export async function checkPorts(ports) {
  if (!(await isFree(ports.portal))) {
    throw new Failure(
      `Port ${ports.portal} is taken by another program. Stop it, or choose another port: FAIRWAY_PORT=7008 npm start`,
    );
  }
  const rest = [ports.control, ...ports.clusters, ports.devops, ports.registry];
  for (const port of rest) {
    if (!(await isFree(port))) {
      throw new Failure(
        `Port ${port}, which the sandbox needs, is taken by another program. Stop it, or choose another range: FAIRWAY_SANDBOX_PORT=7200 npm start`,
      );
    }
  }
}
