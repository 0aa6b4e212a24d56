// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TaskStream } from '@backstage/plugin-scaffolder-react';

/** Something that the task has made and that can be opened. */
export interface TaskLink {
  title: string;
  /** Reference of an entity, or an address. */
  entityRef?: string;
  url?: string;
}

/** Where a template run stands, for a person. */
export type TaskPhase =
  | { phase: 'loading' }
  | {
      phase: 'running';
      step: { number: number; total: number; name: string };
      /** What it waits for, in its own words. */
      waiting?: string;
      links: TaskLink[];
    }
  | { phase: 'unreachable' }
  | { phase: 'cancelled' }
  /** Refused before anything was made: what is wrong, by field. */
  | { phase: 'refused'; problems: string[] }
  | {
      phase: 'failed';
      step?: string;
      removed: string[];
      left: string[];
    }
  | { phase: 'completed'; title?: string; text?: string; links: TaskLink[] };

/** Steps of Fairway's templates that have a meaning of their own. */
const VALIDATE = 'validate';
const CLEAN_UP = 'cleanup';

type Step = TaskStream['steps'][string] & { id: string; name: string };

/**
 * What a template run has come to, from its stream of events.
 *
 * Links appear as soon as the step that makes their target has ended: the template
 * says which step that is (`spec.output.links`), and the step's log says the address.
 */
export function describeTask(stream: TaskStream): TaskPhase {
  const { task, stepLogs, output } = stream;
  if (!task) {
    return stream.error ? { phase: 'unreachable' } : { phase: 'loading' };
  }
  const steps: Step[] = task.spec.steps.map(({ id, name }) => ({
    ...stream.steps[id],
    id,
    name,
  }));
  const failed = steps.find(({ status }) => status === 'failed');
  if (stream.cancelled) {
    return { phase: 'cancelled' };
  }
  if (failed && stream.completed) {
    return failed.id === VALIDATE
      ? { phase: 'refused', problems: messageLines(stream.error) }
      : {
          phase: 'failed',
          step: failed.name,
          ...undone(stepLogs[CLEAN_UP] ?? []),
        };
  }
  if (stream.error) {
    // A task that fails before its first step names no step, but has ended.
    return output || !stream.completed || isConnectionTrouble(steps)
      ? { phase: 'unreachable' }
      : { phase: 'failed', removed: [], left: [] };
  }
  if (stream.completed) {
    const [text] = output?.text ?? [];
    return {
      phase: 'completed',
      title: text?.title,
      text: text?.content,
      links: (output?.links ?? []).flatMap(({ title, entityRef, url }) =>
        title && (entityRef || url) ? [{ title, entityRef, url }] : [],
      ),
    };
  }
  // What runs only after a failure is no step of the way.
  const way = steps.filter(({ id }) => id !== CLEAN_UP);
  const begun = way.findLastIndex(({ status }) => status !== 'open');
  const current = way[Math.max(begun, 0)];
  return {
    phase: 'running',
    step: {
      number: Math.max(begun, 0) + 1,
      total: way.length,
      name: current?.name ?? '',
    },
    waiting:
      current?.status === 'processing'
        ? waitingOf(stepLogs[current.id] ?? [])
        : undefined,
    links: linksSoFar(stream, steps),
  };
}

/** Steps that never began, or are under way, say that the stream broke, not the task. */
function isConnectionTrouble(steps: Step[]): boolean {
  return steps.some(
    ({ status }) => status === 'open' || status === 'processing',
  );
}

function messageLines(error: Error | undefined): string[] {
  return (error?.message ?? '').split('\n').filter(Boolean);
}

/** A line of the log without time, level and colour. */
function plainLine(line: string): string {
  return line
    .replace(/\p{Cc}\[\d+m/gu, '')
    .replace(/^\S+ (?:(?:info|warn|error|debug): )?/, '');
}

/** As `azdo:cleanup` says it. */
function undone(log: string[]): { removed: string[]; left: string[] } {
  const lines = log.map(plainLine);
  const after = (word: string) =>
    lines
      .filter(line => line.startsWith(`${word} `))
      .map(line => line.slice(word.length + 1).replace(/\.$/, ''));
  return { removed: after('Removed'), left: after('Left') };
}

function waitingOf(log: string[]): string | undefined {
  const last = plainLine(log.at(-1) ?? '');
  return /Trying again in/.test(last) ? last : undefined;
}

function linksSoFar(stream: TaskStream, steps: Step[]): TaskLink[] {
  const wanted = stream.task?.spec.output?.links;
  if (!Array.isArray(wanted)) {
    return [];
  }
  // The schema of a template holds them to this shape.
  return (wanted as unknown as TaskLink[]).flatMap(({ title, url }) => {
    const [, id] = /steps\.(\w+)\.output/.exec(url ?? '') ?? [];
    const step = steps.find(other => other.id === id);
    if (step?.status !== 'completed') {
      return [];
    }
    const [address] =
      /https?:\/\/[^\s"'<>]+/.exec(
        (stream.stepLogs[step.id] ?? []).map(plainLine).join('\n'),
      ) ?? [];
    return address ? [{ title, url: address.replace(/[.,;:]$/, '') }] : [];
  });
}
