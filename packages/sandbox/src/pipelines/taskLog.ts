// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BuildRecord, TimelineRecord } from './model';

/** What an agent would have written for one step. */
export function taskLog(
  build: BuildRecord,
  task: TimelineRecord,
  script: string | undefined,
): string[] {
  const started = Date.parse(task.startTime ?? build.queueTime);
  const finished = Date.parse(task.finishTime ?? build.queueTime);
  const lines: string[] = [`##[section]Starting: ${task.name}`];
  lines.push(
    '==============================================================================',
    `Task         : ${task.task || 'Job'}`,
    '==============================================================================',
  );
  if (script) {
    lines.push(
      'Generating script.',
      '========================== Starting Command Output',
    );
    lines.push(
      ...script
        .trimEnd()
        .split('\n')
        .map(line => `+ ${line}`),
    );
  }
  lines.push(...body(build, task));
  for (const issue of task.issues) {
    lines.push(`##[${issue.type}]${issue.message}`);
  }
  lines.push(`##[section]Finishing: ${task.name}`);
  return lines.map((line, index) => {
    const share = lines.length > 1 ? index / (lines.length - 1) : 0;
    const at = new Date(started + (finished - started) * share);
    return `${at.toISOString().replace('Z', '0000Z')} ${line}`;
  });
}

function body(build: BuildRecord, task: TimelineRecord): string[] {
  if (task.name === 'Initialize job') {
    return [
      "Agent name: 'Hosted Agent'",
      'Preparing the agent.',
      `Run ${build.buildNumber}`,
    ];
  }
  if (/^checkout/i.test(task.name)) {
    return [
      `git checkout --progress --force ${build.sourceVersion}`,
      `HEAD is now at ${build.sourceVersion.slice(0, 7)}`,
    ];
  }
  if (task.name === 'Test' && build.tests) {
    const { passed, total } = build.tests;
    return [`tests ${total}`, `pass ${passed}`, `fail ${total - passed}`];
  }
  if (build.image?.version && task.name === 'Decide the version') {
    return [build.image.version];
  }
  if (build.image?.digest && task.name === 'Push tags') {
    return [
      `pushed ${build.image.repository}:${build.image.version}`,
      `digest ${build.image.digest}`,
    ];
  }
  return [];
}
