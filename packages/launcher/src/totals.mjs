// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './places.mjs';
import { duration } from './progress.mjs';

const SHOWN = 8;

/** Passed and failed of a TAP stream as Node's test runner ends it. */
export function tapTotals(output) {
  const count = word =>
    Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') };
}

/** Totals and slowest files of a Jest JSON report; a suite that did not run counts as one failure. */
export function jestTotals(file) {
  if (!existsSync(file)) {
    return { passed: 0, failed: 1 };
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const slowest = report.testResults
    .map(result => ({
      name: path.relative(ROOT, result.name),
      ms: result.endTime - result.startTime,
    }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SHOWN)
    .map(({ name, ms }) => `${duration(ms).padStart(8)}  ${name}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    slowest,
  };
}

/** Totals and slowest tests of a Playwright JSON report. */
export function playwrightTotals(file) {
  if (!existsSync(file)) {
    return { passed: 0, failed: 1 };
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = [];
  const visit = suite => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        tests.push({
          name: `${spec.file}: ${spec.title}`,
          ms: test.results.reduce((sum, result) => sum + result.duration, 0),
        });
      }
    }
    (suite.suites ?? []).forEach(visit);
  };
  report.suites.forEach(visit);
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
    slowest: tests
      .sort((a, b) => b.ms - a.ms)
      .slice(0, SHOWN)
      .map(({ name, ms }) => `${duration(ms).padStart(8)}  ${name}`),
  };
}
