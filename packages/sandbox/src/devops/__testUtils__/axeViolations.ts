// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';

/**
 * What axe finds in each page. It runs in a process of its own, because jsdom is
 * an ES module below, which this test runner does not load. Contrast needs a
 * real browser.
 */
export function axeViolations(pages: string[]): string[][] {
  const script = `
    const { JSDOM } = require('jsdom');
    const { source } = require('axe-core');
    const chunks = [];
    process.stdin.on('data', chunk => chunks.push(chunk));
    process.stdin.on('end', async () => {
      const found = [];
      const rules = { 'color-contrast': { enabled: false } };
      for (const page of JSON.parse(Buffer.concat(chunks).toString())) {
        const { window } = new JSDOM(page, { runScripts: 'outside-only' });
        window.eval(source);
        const { violations } = await window.axe.run(window.document, { rules });
        found.push(violations.map(one => one.id));
      }
      process.stdout.write(JSON.stringify(found));
    });
  `;
  const output = execFileSync(process.execPath, ['-e', script], {
    input: JSON.stringify(pages),
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return JSON.parse(output);
}
