// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Failure, tail } from '../failure.mjs';
import { readFileSync } from 'node:fs';
import { stateFolder } from '../places.mjs';
import { checkPorts, portsEnvironment, portsOf } from '../ports.mjs';
import { Portal } from '../portal.mjs';
import { buildApp, prepare } from '../prepare.mjs';
import { duration } from '../progress.mjs';

const PERSONAS = [
  ['dev-a', 'developer in team-a'],
  ['lead-a', 'lead of team-a'],
  ['dev-b', 'developer in team-b'],
  ['platform-a', 'platform engineer'],
];

/** `npm start [-- --speed 30] [--scale 2000]` */
export async function start(progress, options) {
  const began = Date.now();
  const ports = portsOf();
  await checkPorts(ports);
  const tools = await prepare(progress);
  await buildApp(progress, tools, {
    ...portsEnvironment(ports),
    FAIRWAY_STATE: stateFolder(),
  });
  const portal = new Portal({
    tools,
    ports,
    state: stateFolder(),
    speed: options.number('speed', 1),
    scale: options.number('scale'),
  });
  const stopped = untilSignal();
  try {
    await Promise.race([
      (async () => {
        await progress.step('Sandbox', () => portal.startSandbox());
        await progress.step('Portal', () => portal.startBackend());
      })(),
      stopped,
    ]);
    if (!stopped.signal) {
      announce(progress, portal, began);
    }
    const end = await Promise.race([portal.firstEnd(), stopped]);
    if (end?.name) {
      throw new Failure(
        `The ${end.name} ended by itself (${end.exit}). Its log is ${end.log}`,
        { log: tail(readFileSync(end.log, 'utf8')) },
      );
    }
  } finally {
    progress.line('\nStopping ...');
    await portal.stop();
    progress.line(
      'Stopped. Your sandbox is kept; "npm run sandbox:reset" empties it.',
    );
  }
}

function announce(progress, portal, began) {
  progress.line();
  progress.line(
    `Fairway is ready after ${duration(Date.now() - began)}:  ${portal.url}`,
  );
  progress.line('');
  progress.line('Sign in as one of the personas of the demo world:');
  for (const [name, role] of PERSONAS) {
    progress.line(`  ${name.padEnd(11)} ${role}`);
  }
  progress.line('');
  progress.line('Everything is simulated on this machine. Ctrl-C stops it.');
}

/** Settles on the first Ctrl-C or SIGTERM; a second one ends at once. */
function untilSignal() {
  const waiting = new Promise(resolve => {
    const hear = signal => {
      if (waiting.signal) {
        process.exit(130);
      }
      waiting.signal = signal;
      resolve();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
    process.on('SIGHUP', hear);
  });
  return waiting;
}
