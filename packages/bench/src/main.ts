// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { formatTable } from './report/formatTable';
import { type Finding, judge } from './report/Measurement';
import { runOpenBench } from './open/runOpenBench';
import { runWatchBench } from './watch/runWatchBench';

const BENCHES: Record<
  string,
  (note: (text: string) => void) => Promise<Finding[]>
> = { watch: runWatchBench, open: runOpenBench };

/** What the figures were measured on. */
function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${availableParallelism()} cores (${
    cpus()[0]?.model ?? 'unknown'
  }), ${gigabytes} GB, load ${loadavg()[0].toFixed(1)}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name] = positionals;
  const began = Date.now();
  const before = machine();
  const note = (text: string) => {
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    process.stderr.write(`  ${seconds.padStart(4)} s  ${text}\n`);
  };
  const findings = await BENCHES[name](note);
  const measurements = findings.map(finding => judge(name, finding));
  if (values.json) {
    for (const measurement of measurements) {
      process.stdout.write(`${JSON.stringify(measurement)}\n`);
    }
  } else {
    process.stdout.write(
      `\n${formatTable(measurements)}\n\nMeasured in ${(
        (Date.now() - began) /
        1000
      ).toFixed(0)} s on ${before}.\n`,
    );
  }
  process.exit(measurements.every(({ pass }) => pass) ? 0 : 1);
}

main().catch(error => {
  process.stderr.write(`\n${error.stack}\n`);
  process.exit(1);
});
