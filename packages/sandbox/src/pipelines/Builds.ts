// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import { DevOpsError, notFound } from '../devops/http/DevOpsError';
import type { PullRequestRecord } from '../devops/pulls/model';
import { isMeant, type Policies, POLICY } from '../devops/pulls/Policies';
import type { Repositories } from '../devops/state/Repositories';
import { Table } from '../devops/state/Table';
import type { PushEvent } from '../git';
import type { StateStore } from '../state';
import type { BuildRunner } from './BuildRunner';
import { compilePipeline } from './compilePipeline';
import type { Definitions } from './Definitions';
import type {
  BuildRecord,
  DefinitionRecord,
  PipelinePlan,
  Trigger,
} from './model';
import { PipelineValidationError } from './PipelineValidationError';
import { planTimeline } from './planTimeline';

export interface QueueInput {
  branch: string;
  commit: string;
  reason: BuildRecord['reason'];
  requestedFor: string;
  pullRequestId?: number;
  parameters?: Record<string, unknown>;
  tags?: string[];
}

export interface BuildsOptions {
  state: StateStore;
  clock: Clock;
  repositories: Repositories;
  policies: Policies;
  definitions: Definitions;
  runner: BuildRunner;
}

const REASONS: Record<BuildRecord['reason'], string> = {
  individualCI: 'IndividualCI',
  pullRequest: 'PullRequest',
  manual: 'Manual',
};

/** Runs of pipelines: when they start, and what they are. */
export class Builds {
  readonly #options: BuildsOptions;
  readonly #records: Table<BuildRecord>;

  constructor(options: BuildsOptions) {
    this.#options = options;
    this.#records = new Table(options.state, 'devops/builds');
    options.runner.onChange(build => this.#records.put(build));
  }

  all(): BuildRecord[] {
    return this.#records.all();
  }

  /** @throws DevOpsError 404 */
  get(project: string | undefined, id: number): BuildRecord {
    const name = project && this.#options.repositories.project(project).name;
    const found = this.#records.get(id);
    if (!found || (name && found.project !== name)) {
      throw notFound(
        'BuildNotFoundException',
        `The requested build ${id} could not be found.`,
      );
    }
    return found;
  }

  save(build: BuildRecord): void {
    this.#records.put(build);
  }

  delete(build: BuildRecord): void {
    this.#options.runner.cancel(build);
    this.#records.delete(build.id);
  }

  cancel(build: BuildRecord): void {
    this.#options.runner.cancel(build);
  }

  /** The newest build of a pull request's present head by a definition. */
  latestFor(
    pull: PullRequestRecord,
    definitionId: number,
  ): BuildRecord | undefined {
    return this.#records
      .all()
      .findLast(
        build =>
          build.definitionId === definitionId &&
          build.pullRequestId === pull.id &&
          build.tags.includes(headTag(pull)),
      );
  }

  /** Starts a run. A file that is wrong gives a failed run that says so. */
  async queue(
    definition: DefinitionRecord,
    input: QueueInput,
  ): Promise<BuildRecord> {
    const { clock, runner } = this.#options;
    if (definition.queueStatus === 'disabled') {
      throw new DevOpsError(
        400,
        'DefinitionDisabledException',
        `VS403341: The definition ${definition.name} is disabled: enable it to queue a build.`,
      );
    }
    const now = clock.now();
    const build: BuildRecord = {
      id: this.#records.nextId(),
      definitionId: definition.id,
      project: definition.project,
      repository: definition.repository,
      repositoryId: definition.repositoryId,
      buildNumber: this.#buildNumber(definition, now),
      sourceBranch: input.branch,
      sourceVersion: input.commit,
      reason: input.reason,
      pullRequestId: input.pullRequestId,
      requestedFor: input.requestedFor,
      status: 'notStarted',
      queueTime: now.toISOString(),
      parameters: input.parameters ?? {},
      validationErrors: [],
      timeline: [],
      tags: input.tags ?? [],
      artifacts: [],
      keepForever: false,
    };
    this.#records.put(build);
    try {
      const plan = await this.compile(definition, input);
      build.timeline = planTimeline(build.id, plan);
      await runner.start(build, plan);
    } catch (error) {
      if (!(error instanceof PipelineValidationError)) {
        throw error;
      }
      build.validationErrors = error.errors;
      build.status = 'completed';
      build.result = 'failed';
      build.startTime = build.queueTime;
      build.finishTime = build.queueTime;
    }
    this.#records.put(build);
    return build;
  }

  /**
   * Expands a definition's file at a commit.
   *
   * @throws PipelineValidationError
   */
  async compile(
    definition: DefinitionRecord,
    input: Pick<QueueInput, 'branch' | 'commit' | 'reason' | 'parameters'>,
    override?: string,
  ): Promise<PipelinePlan> {
    const { repositories } = this.#options;
    const own = repositories.repository(definition);
    const text =
      override ?? (await own.readTree(input.commit)).get(definition.yamlPath);
    if (text === undefined) {
      throw new PipelineValidationError([
        `/${definition.yamlPath}: File /${definition.yamlPath} not found in repository ${definition.repository} branch ${input.branch} version ${input.commit}.`,
      ]);
    }
    return compilePipeline({
      text,
      path: definition.yamlPath,
      variables: {
        'Build.Reason': REASONS[input.reason],
        'Build.SourceBranch': input.branch,
        'Build.SourceBranchName': input.branch.split('/').at(-1) ?? '',
        'Build.SourceVersion': input.commit,
        'Build.Repository.Name': definition.repository,
        'System.TeamProject': definition.project,
      },
      parameters: input.parameters ?? {},
      readFile: async (path, from) => {
        if (!from) {
          return (await own.readTree(input.commit)).get(path);
        }
        const [project, name] = from.repository.includes('/')
          ? from.repository.split('/')
          : [definition.project, from.repository];
        const ref = { project, repository: name };
        if (!repositories.git.exists(ref)) {
          return undefined;
        }
        const other = repositories.repository(ref);
        const commit = await other.resolve(from.ref);
        return commit ? (await other.readTree(commit)).get(path) : undefined;
      },
    });
  }

  /** Starts what a push triggers. */
  async onPush(event: PushEvent, pusher: string): Promise<void> {
    if (!event.newSha || !event.ref.startsWith('refs/heads/')) {
      return;
    }
    const triggered = this.#options.definitions
      .all()
      .filter(
        definition =>
          definition.project === event.project &&
          definition.repository === event.repository &&
          definition.queueStatus === 'enabled',
      );
    if (triggered.length === 0) {
      return;
    }
    const repository = this.#options.repositories.repository(event);
    const [head] = await repository.log(event.newSha, { limit: 1 });
    if (/\[(skip ci|ci skip)\]/i.test(head.message)) {
      return;
    }
    const input: QueueInput = {
      branch: event.ref,
      commit: event.newSha,
      reason: 'individualCI',
      requestedFor: head.author.name || pusher,
    };
    for (const definition of triggered) {
      const files = await repository.readTree(event.newSha);
      if (!files.has(definition.yamlPath)) {
        continue;
      }
      // A file that cannot be read has no trigger of its own: it runs, and says what is wrong.
      const trigger = await this.compile(definition, input).then(
        plan => plan.trigger,
        (): Trigger => ({ include: ['*'], exclude: [] }),
      );
      if (triggers(trigger, event.ref)) {
        await this.queue(definition, input);
      }
    }
  }

  /** Starts the builds that policies ask of a pull request's new head. */
  async onHead(
    pull: PullRequestRecord,
    changedPaths: () => Promise<string[]>,
  ): Promise<void> {
    const { policies, definitions } = this.#options;
    const wanted = policies
      .on({ project: pull.project, id: pull.repositoryId }, pull.target)
      .filter(
        policy =>
          policy.type === POLICY.build &&
          policy.settings.manualQueueOnly !== true,
      );
    if (wanted.length === 0) {
      return;
    }
    const paths = await changedPaths();
    for (const policy of wanted) {
      const meant = paths.some(path =>
        isMeant(policy.settings.filenamePatterns, path),
      );
      const definition = definitions
        .all()
        .find(one => one.id === policy.settings.buildDefinitionId);
      if (!meant || !definition || this.latestFor(pull, definition.id)) {
        continue;
      }
      await this.queue(definition, {
        branch: `refs/pull/${pull.id}/merge`,
        commit: pull.mergeCommit ?? pull.sourceCommit!,
        reason: 'pullRequest',
        requestedFor: pull.createdBy,
        pullRequestId: pull.id,
        tags: [headTag(pull)],
      });
    }
  }

  /** Goes on with what a restart interrupted. */
  async resume(): Promise<void> {
    for (const build of this.#records.all()) {
      if (build.status === 'completed') {
        continue;
      }
      try {
        const definition = this.#options.definitions.get(
          build.project,
          build.definitionId,
        );
        const plan = await this.compile(definition, {
          branch: build.sourceBranch,
          commit: build.sourceVersion,
          reason: build.reason,
          parameters: build.parameters,
        });
        if (build.timeline.length === 0) {
          build.timeline = planTimeline(build.id, plan);
        }
        await this.#options.runner.start(build, plan);
      } catch {
        // Its definition or repository is gone: nothing can finish it.
        this.#options.runner.cancel(build);
      }
    }
  }

  #buildNumber(definition: DefinitionRecord, now: Date): string {
    const day = now.toISOString().slice(0, 10).replace(/-/g, '');
    const today = this.#records
      .all()
      .filter(
        build =>
          build.definitionId === definition.id &&
          build.buildNumber.startsWith(`${day}.`),
      );
    return `${day}.${today.length + 1}`;
  }
}

/** Says for which head of a pull request a build ran. */
function headTag(pull: PullRequestRecord): string {
  return `head-${pull.sourceCommit}`;
}

function triggers(trigger: Trigger, ref: string): boolean {
  const branch = ref.replace('refs/heads/', '');
  const matches = (pattern: string) => {
    const plain = pattern.replace('refs/heads/', '');
    const expression = plain
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${expression}$`).test(branch);
  };
  return trigger.include.some(matches) && !trigger.exclude.some(matches);
}
