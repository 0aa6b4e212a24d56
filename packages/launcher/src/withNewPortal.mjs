// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkPorts, portsOf } from './ports.mjs';
import { Portal } from './portal.mjs';
import { buildApp } from './prepare.mjs';

/**
 * Runs work against a portal on a new world of its own, and leaves nothing behind.
 *
 * @param options `configs` are files of configuration beyond those of the embedded portal
 * @param {(ports: object) => Promise<T>} work
 * @returns {Promise<T>} what the work returns
 */
export async function withNewPortal({ progress, tools, configs }, work) {
  const ports = portsOf();
  await checkPorts(ports);
  const state = mkdtempSync(path.join(os.tmpdir(), 'fairway-portal-'));
  const portal = new Portal({ tools, ports, state, configs });
  try {
    await buildApp(progress, tools, portal.env);
    await progress.step('Sandbox', () => portal.startSandbox());
    await progress.step('Portal', () => portal.startBackend());
    return await work(ports);
  } finally {
    await portal.stop();
    rmSync(state, { recursive: true, force: true });
  }
}
