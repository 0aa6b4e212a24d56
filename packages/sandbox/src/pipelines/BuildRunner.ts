// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../clock';
import type { Repositories } from '../devops/state/Repositories';
import { digestOf } from '../registry';
import type { ImageRegistry } from '../registry/types';
import type { Collection, StateStore } from '../state';
import { parse } from 'yaml';
import { asBoolean, evaluateExpression } from './evaluateExpression';
import type {
  BuildRecord,
  PipelinePlan,
  PlannedStep,
  TaskResult,
  TimelineRecord,
} from './model';
import { nextVersion } from './nextVersion';
import { taskLog } from './taskLog';

export interface BuildRunnerOptions {
  state: StateStore;
  clock: Clock;
  repositories: Repositories;
  registry: ImageRegistry;
}

interface Run {
  build: BuildRecord;
  plan: PipelinePlan;
  timer?: Timer;
}

const QUEUE_MS = 5_000;

/**
 * Plays the agent: moves a run from step to step on the clock, writes its
 * timeline and logs, and pushes the image. It never deploys.
 */
export class BuildRunner {
  readonly #options: BuildRunnerOptions;
  readonly #logs: Collection<string[]>;
  readonly #logLines = new Map<string, string[]>();
  readonly #runs = new Map<number, Run>();
  readonly #changed = new Set<(build: BuildRecord) => void>();
  readonly #finished = new Set<(build: BuildRecord) => void>();

  constructor(options: BuildRunnerOptions) {
    this.#options = options;
    this.#logs = options.state.collection('devops/logs');
    for (const [key, lines] of this.#logs.entries()) {
      this.#logLines.set(key, lines);
    }
  }

  onChange(listener: (build: BuildRecord) => void): void {
    this.#changed.add(listener);
  }

  onFinished(listener: (build: BuildRecord) => void): void {
    this.#finished.add(listener);
  }

  log(buildId: number, logId: number): string[] | undefined {
    return this.#logLines.get(`${buildId}/${logId}`);
  }

  /** Begins a run, or goes on with one where it stood. */
  async start(build: BuildRecord, plan: PipelinePlan): Promise<void> {
    const files = await this.#options.repositories
      .repository(build)
      .readTree(build.sourceVersion);
    build.failAt = failAtOf(files.get('.sandbox/pipeline.yaml'));
    build.tests = testsOf(files);
    const imageName = plan.parameters.imageName;
    if (typeof imageName === 'string' && build.reason !== 'pullRequest') {
      build.image ??= { repository: imageName };
    }
    const run: Run = { build, plan };
    this.#runs.set(build.id, run);
    const wait = build.status === 'notStarted' ? QUEUE_MS : 0;
    run.timer = this.#options.clock.after(wait, () => {
      build.status = 'inProgress';
      build.startTime ??= this.#now();
      this.#advance(run, declaredVersion(files));
    });
  }

  cancel(build: BuildRecord): void {
    this.#runs.get(build.id)?.timer?.cancel();
    if (build.status === 'completed') {
      return;
    }
    for (const record of build.timeline) {
      if (record.state !== 'completed') {
        this.#finishRecord(record, 'canceled');
      }
    }
    this.#finish(build, 'canceled');
  }

  /** Leaves all runs where they stand; the next start goes on with them. */
  stop(): void {
    for (const { timer } of this.#runs.values()) {
      timer?.cancel();
    }
    this.#runs.clear();
  }

  /** Does the next step, then waits for it, until there is none. */
  #advance(run: Run, declared: string): void {
    const { build, plan } = run;
    const task = this.#nextTask(run);
    if (!task) {
      const failed = build.timeline.some(
        record => record.type === 'Stage' && record.result === 'failed',
      );
      this.#finish(build, failed ? 'failed' : 'succeeded');
      return;
    }
    const stage = stageOf(build, task);
    for (const record of ancestry(build, task)) {
      record.state = 'inProgress';
      record.startTime ??= this.#now();
    }
    if (build.image && !build.image.version && stage.identifier === 'package') {
      build.image.version = nextVersion(declared, this.#usedVersions(build));
    }
    this.#tell(build);
    run.timer = this.#options.clock.after(task.durationMs ?? 0, () => {
      const fails =
        build.failAt === stage.identifier && task === longest(build, stage);
      const step = stepOf(plan, build, task);
      if (!fails && /push tags/i.test(task.name)) {
        this.#push(build);
      }
      if (fails) {
        task.issues.push({
          type: 'error',
          message: "Bash exited with code '1'.",
        });
      }
      this.#finishRecord(task, fails ? 'failed' : 'succeeded');
      this.#keepLog(build, task, step);
      this.#closeParents(build, task);
      this.#advance(run, declared);
    });
  }

  /** The next task that may run; those that may not are skipped on the way. */
  #nextTask({ build, plan }: Run): TimelineRecord | undefined {
    for (const task of build.timeline) {
      if (task.type !== 'Task' || task.state === 'completed') {
        continue;
      }
      const stage = stageOf(build, task);
      const planned = plan.stages.find(one => one.name === stage.identifier);
      const earlier = build.timeline.filter(
        record => record.type === 'Stage' && record.order < stage.order,
      );
      const stageMay =
        stage.state === 'inProgress' ||
        this.#holds(planned?.condition, earlier, build);
      const siblings = build.timeline.filter(
        record =>
          record.parentId === task.parentId && record.order < task.order,
      );
      const taskMay =
        stageMay &&
        this.#holds(stepOf(plan, build, task)?.condition, siblings, build);
      if (taskMay) {
        return task;
      }
      this.#finishRecord(task, 'skipped');
      this.#closeParents(build, task);
    }
    return undefined;
  }

  /** Evaluates a run-time condition; without one, all before must have succeeded. */
  #holds(
    condition: string | undefined,
    before: TimelineRecord[],
    build: BuildRecord,
  ): boolean {
    const failed = before.some(record =>
      ['failed', 'canceled'].includes(record.result ?? ''),
    );
    const skipped = before.some(
      record => record.type === 'Stage' && record.result === 'skipped',
    );
    if (!condition) {
      return !failed && !skipped;
    }
    return asBoolean(
      evaluateExpression(condition, {
        values: {
          variables: {
            'Build.Reason': build.reason,
            'Build.SourceBranch': build.sourceBranch,
          },
        },
        functions: {
          succeeded: () => !failed,
          failed: () => failed,
          succeededOrFailed: () => true,
          always: () => true,
          canceled: () => false,
        },
      }),
    );
  }

  /** Ends jobs, phases and stages whose children have all ended. */
  #closeParents(build: BuildRecord, record: TimelineRecord): void {
    const parent = build.timeline.find(other => other.id === record.parentId);
    if (!parent) {
      return;
    }
    const children = build.timeline.filter(
      other => other.parentId === parent.id,
    );
    if (children.some(child => child.state !== 'completed')) {
      return;
    }
    let result: TaskResult = 'succeeded';
    if (children.some(child => child.result === 'failed')) {
      result = 'failed';
    } else if (children.every(child => child.result === 'skipped')) {
      result = 'skipped';
    }
    this.#finishRecord(parent, result);
    this.#closeParents(build, parent);
  }

  #finishRecord(record: TimelineRecord, result: TaskResult): void {
    record.state = 'completed';
    record.result = result;
    if (result !== 'skipped') {
      record.startTime ??= this.#now();
      record.finishTime = this.#now();
    }
  }

  #push(build: BuildRecord): void {
    if (!build.image?.version) {
      return;
    }
    const { repository, version } = build.image;
    const { registry, repositories } = this.#options;
    const digest = digestOf(`${repository}@${build.sourceVersion}#${build.id}`);
    build.image.digest = digest;
    registry.publish({
      repository,
      digest,
      createdAt: this.#now(),
      tags: [
        version,
        `${version}-${build.sourceVersion.slice(0, 7)}`,
        build.sourceVersion,
      ],
      annotations: {
        'org.opencontainers.image.source': repositories.webUrl(build),
        'org.opencontainers.image.revision': build.sourceVersion,
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.created': this.#now(),
      },
    });
    build.tags.push(version);
    build.artifacts.push({
      id: build.artifacts.length + 1,
      name: 'digest',
      files: { 'digest.txt': `${digest}\n` },
    });
  }

  /** Versions that exist, or that another run is about to push. */
  #usedVersions(build: BuildRecord): string[] {
    const repository = build.image?.repository ?? '';
    const pushed = this.#options.registry
      .images(repository)
      .flatMap(image => image.tags);
    const underway = [...this.#runs.values()]
      .filter(
        run =>
          run.build !== build && run.build.image?.repository === repository,
      )
      .map(run => run.build.image?.version ?? '');
    return [...pushed, ...underway];
  }

  #keepLog(
    build: BuildRecord,
    task: TimelineRecord,
    step: PlannedStep | undefined,
  ): void {
    const key = `${build.id}/${task.logId}`;
    const lines = taskLog(build, task, step?.script);
    this.#logLines.set(key, lines);
    this.#logs.put(key, lines);
  }

  #finish(build: BuildRecord, result: BuildRecord['result']): void {
    build.status = 'completed';
    build.result = result;
    build.startTime ??= this.#now();
    build.finishTime = this.#now();
    this.#runs.delete(build.id);
    this.#tell(build);
    for (const listener of this.#finished) {
      listener(build);
    }
  }

  #tell(build: BuildRecord): void {
    for (const listener of this.#changed) {
      listener(build);
    }
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}

function ancestry(
  build: BuildRecord,
  record: TimelineRecord,
): TimelineRecord[] {
  const parent = build.timeline.find(other => other.id === record.parentId);
  return parent ? [...ancestry(build, parent), record] : [record];
}

function stageOf(build: BuildRecord, task: TimelineRecord): TimelineRecord {
  return ancestry(build, task)[0];
}

function longest(build: BuildRecord, stage: TimelineRecord): TimelineRecord {
  const tasks = build.timeline.filter(
    record =>
      record.type === 'Task' &&
      record.identifier.startsWith(`${stage.identifier}.`),
  );
  return tasks.reduce((a, b) =>
    (b.durationMs ?? 0) > (a.durationMs ?? 0) ? b : a,
  );
}

function stepOf(
  plan: PipelinePlan,
  build: BuildRecord,
  task: TimelineRecord,
): PlannedStep | undefined {
  const [stage, phase] = ancestry(build, task);
  const job = plan.stages
    .find(one => one.name === stage.identifier)
    ?.jobs.find(one => `${stage.identifier}.${one.name}` === phase.identifier);
  // The first task initializes the job and stands in no file.
  return job?.steps[task.order - 2];
}

function failAtOf(text: string | undefined): string | undefined {
  const value = text === undefined ? undefined : parse(text)?.failAt;
  return typeof value === 'string' ? value : undefined;
}

function testsOf(files: ReadonlyMap<string, string>): {
  total: number;
  passed: number;
} {
  let total = 0;
  for (const [path, text] of files) {
    if (/test|spec/i.test(path)) {
      total += text.match(/\b(?:test|it)\(/g)?.length ?? 0;
    }
  }
  return { total, passed: total };
}

/** What the repository says its version is. */
function declaredVersion(files: ReadonlyMap<string, string>): string {
  const own = files.get('.fairway/version')?.trim();
  if (own) {
    return own;
  }
  try {
    return String(JSON.parse(files.get('package.json') ?? '{}').version ?? '');
  } catch {
    return '';
  }
}
