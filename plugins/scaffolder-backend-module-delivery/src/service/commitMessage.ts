// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const SERVICE = 'Fairway-Service';
const TASK = 'Fairway-Task';

/**
 * Message of a commit that a template writes. Its trailers prove later for which
 * service and by which task it was made.
 */
export function commitMessage(
  title: string,
  marks: { service: string; task: string },
): string {
  return `${title}\n\n${SERVICE}: ${marks.service}\n${TASK}: ${marks.task}\n`;
}

/** Whether a message says that a template made this for the service `<team>/<name>`. */
export function isOriginOf(
  message: string | undefined,
  service: string,
): boolean {
  return trailer(message, SERVICE) === service;
}

/** Whether a message says that this task made it. */
export function isMadeBy(message: string | undefined, task: string): boolean {
  return trailer(message, TASK) === task;
}

function trailer(
  message: string | undefined,
  name: string,
): string | undefined {
  const line = (message ?? '')
    .split('\n')
    .find(text => text.startsWith(`${name}: `));
  return line?.slice(name.length + 2).trim();
}
