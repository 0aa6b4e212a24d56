// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../../clock';
import type { PushEvent } from '../../git';
import type { StateStore } from '../../state';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import type { Json } from '../http/Locations';
import type { Identities } from '../state/Identities';
import type { Repositories, RepositoryRecord } from '../state/Repositories';
import { Table } from '../state/Table';
import { evaluate, type PullRequestBuild } from './evaluate';
import type { Evaluation, PullRequestRecord, Reviewer } from './model';
import { branchName, checkDescription, newPullRequest } from './newPullRequest';
import type { Policies } from './Policies';
import { PullRequestMerger, rejectedPullRequest } from './PullRequestMerger';

export interface PullRequestsOptions {
  state: StateStore;
  clock: Clock;
  repositories: Repositories;
  identities: Identities;
  policies: Policies;
  /** The newest build of a pull request's head by a definition. */
  buildOf(
    pull: PullRequestRecord,
    definitionId: number,
  ): PullRequestBuild | undefined;
}

type Listener = (pull: PullRequestRecord) => void;

const AUTO_COMPLETE_AFTER_MS = 3_000;

const PULL_STATUS: Record<string, string> = {
  1: 'active',
  2: 'abandoned',
  3: 'completed',
};

/** Pull requests: merging, voting, gating by policies, auto-complete. */
export class PullRequests {
  readonly #options: PullRequestsOptions;
  readonly #records: Table<PullRequestRecord>;
  readonly #merger: PullRequestMerger;
  readonly #headListeners = new Set<Listener>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #timers = new Map<number, Timer>();

  constructor(options: PullRequestsOptions) {
    this.#options = options;
    this.#records = new Table(options.state, 'devops/pullRequests');
    this.#merger = new PullRequestMerger(options);
  }

  all(): PullRequestRecord[] {
    return this.#records.all();
  }

  /** @throws DevOpsError 404 */
  get(id: number): PullRequestRecord {
    const found = this.#records.get(id);
    if (!found) {
      throw notFound(
        'GitPullRequestNotFoundException',
        `TF401180: The requested pull request was not found.`,
      );
    }
    return found;
  }

  /** Hears of a new pull request, and of a new head of one. */
  onHead(listener: Listener): void {
    this.#headListeners.add(listener);
  }

  async create(
    repository: RepositoryRecord,
    input: Json,
    user: string,
  ): Promise<PullRequestRecord> {
    const draft = newPullRequest(repository, input, {
      id: this.#records.nextId(),
      user,
      at: this.#options.clock.now().toISOString(),
      identities: this.#options.identities,
    });
    const { source, target } = draft;
    const refs = await this.#options.repositories.repository(repository).refs();
    for (const name of [source, target]) {
      if (!refs.has(name)) {
        throw invalid(
          `TF401398: The pull request cannot be activated because the branch ${name} does not exist.`,
        );
      }
    }
    const twin = this.#records
      .all()
      .find(
        other =>
          other.status === 'active' &&
          other.repositoryId === repository.id &&
          other.source === source &&
          other.target === target,
      );
    if (twin) {
      throw new DevOpsError(
        409,
        'GitPullRequestExistsException',
        `TF401179: An active pull request for the source and target branch already exists.`,
      );
    }
    // The id again, because another one may have come while the refs were read.
    const pull = this.#records.put({ ...draft, id: this.#records.nextId() });
    await this.refresh(pull);
    this.#tellHead(pull);
    this.settle(pull);
    return pull;
  }

  async update(
    pull: PullRequestRecord,
    input: Json,
    user: string,
  ): Promise<PullRequestRecord> {
    const { identities } = this.#options;
    if (input.status && pull.status === 'completed') {
      throw invalid('TF401181: The pull request is completed already.');
    }
    checkDescription(input.description);
    pull.title = input.title ?? pull.title;
    pull.description = input.description ?? pull.description;
    pull.isDraft = input.isDraft ?? pull.isDraft;
    pull.completionOptions = {
      ...pull.completionOptions,
      ...input.completionOptions,
    };
    if (input.targetRefName) {
      pull.target = branchName('targetRefName', input.targetRefName);
      pull.targetCommit = undefined;
    }
    if (input.autoCompleteSetBy !== undefined) {
      const id = input.autoCompleteSetBy?.id;
      pull.autoCompleteSetBy =
        id && !/^[0-]+$/.test(id) ? identities.nameOf(id) : undefined;
    }
    const status = PULL_STATUS[input.status] ?? input.status;
    if (status === 'completed') {
      await this.complete(pull, user, input.lastMergeSourceCommit?.commitId);
    } else if (status === 'abandoned') {
      this.#close(pull, 'abandoned', user);
    } else if (status === 'active') {
      pull.status = 'active';
      pull.closedAt = undefined;
      pull.closedBy = undefined;
    }
    await this.refresh(pull);
    this.save(pull);
    return pull;
  }

  /** Records a vote; asks policies again. */
  vote(
    pull: PullRequestRecord,
    name: string,
    vote: number,
    isRequired = false,
  ): Reviewer {
    if (![10, 5, 0, -5, -10].includes(vote)) {
      throw invalid(`vote must be 10, 5, 0, -5 or -10, got ${vote}`);
    }
    const known = pull.reviewers.find(reviewer => reviewer.name === name);
    const reviewer = known ?? { name, vote, isRequired };
    reviewer.vote = vote;
    reviewer.isRequired ||= isRequired;
    if (!known) {
      pull.reviewers.push(reviewer);
    }
    this.save(pull);
    return reviewer;
  }

  /** Writes what a caller changed, and completes by itself what may complete. */
  save(pull: PullRequestRecord): void {
    this.#records.put(pull);
    this.settle(pull);
  }

  async evaluations(pull: PullRequestRecord): Promise<Evaluation[]> {
    const { policies, identities, buildOf } = this.#options;
    const standing = policies.on(
      { project: pull.project, id: pull.repositoryId },
      pull.target,
    );
    const paths =
      standing.length > 0 && pull.status === 'active'
        ? await this.changedPaths(pull)
        : [];
    return standing.map(policy =>
      evaluate(policy, {
        pull,
        paths,
        identities,
        buildOf: id => buildOf(pull, id),
      }),
    );
  }

  /** Files that a pull request changes against where it left the target. */
  changedPaths(pull: PullRequestRecord): Promise<string[]> {
    return this.#merger.changedPaths(pull);
  }

  /** Looks at both branches again and tries the merge. */
  async refresh(pull: PullRequestRecord): Promise<void> {
    if (pull.status === 'active' && (await this.#merger.refresh(pull))) {
      this.#records.put(pull);
    }
  }

  /**
   * Merges, when every blocking policy agrees.
   *
   * @throws DevOpsError 409 when the head moved, there are conflicts, or a policy does not agree
   */
  complete(
    pull: PullRequestRecord,
    user: string,
    expectedSource?: string,
  ): Promise<void> {
    return this.#inTurn(pull.repositoryId, async () => {
      if (pull.status !== 'active') {
        return;
      }
      await this.refresh(pull);
      if (expectedSource && expectedSource !== pull.sourceCommit) {
        throw new DevOpsError(
          409,
          'GitPullRequestStaleException',
          'TF401192: The source branch has been modified since the last merge attempt.',
        );
      }
      const bypass = pull.completionOptions.bypassPolicy === true;
      const failing = (await this.evaluations(pull)).filter(
        ({ policy, status }) =>
          policy.isBlocking && !['approved', 'notApplicable'].includes(status),
      );
      if (pull.isDraft) {
        throw rejectedPullRequest(
          'TF401506: A draft pull request cannot be completed.',
        );
      }
      if (failing.length > 0 && !bypass) {
        throw rejectedPullRequest(
          `TF401190: This pull request requires an explicit override to bypass policies that aren't currently passing: ${failing
            .map(
              ({ policy, reason }) =>
                `${this.#options.policies.title(policy)} (${reason})`,
            )
            .join('; ')}.`,
        );
      }
      try {
        await this.#merger.merge(pull, user);
      } finally {
        this.#records.put(pull);
      }
      this.#close(pull, 'completed', user);
    });
  }

  /** After a push: heads, merge states, and what completes by itself. */
  async onPush(event: PushEvent): Promise<void> {
    for (const pull of this.#records.all()) {
      if (
        pull.status !== 'active' ||
        pull.project !== event.project ||
        pull.repository !== event.repository ||
        ![pull.source, pull.target].includes(event.ref)
      ) {
        continue;
      }
      await this.refresh(pull);
      if (event.ref === pull.source && event.newSha) {
        this.#resetVotes(pull);
        this.#tellHead(pull);
      }
      this.settle(pull);
    }
  }

  /** Completes soon what has auto-complete and all policies behind it. */
  settle(pull: PullRequestRecord): void {
    if (pull.status !== 'active' || !pull.autoCompleteSetBy) {
      return;
    }
    this.#timers.get(pull.id)?.cancel();
    this.#timers.set(
      pull.id,
      this.#options.clock.after(AUTO_COMPLETE_AFTER_MS, () => {
        this.#timers.delete(pull.id);
        if (pull.autoCompleteSetBy) {
          // A policy that does not agree yet will have us asked again.
          this.complete(pull, pull.autoCompleteSetBy).catch(() => {});
        }
      }),
    );
  }

  /** Completes nothing more by itself, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#timers.forEach(timer => timer.cancel());
    await Promise.all(this.#turns.values());
  }

  /** Takes up what a restart interrupted. */
  resume(): void {
    this.#records.all().forEach(pull => this.settle(pull));
  }

  #close(
    pull: PullRequestRecord,
    status: 'completed' | 'abandoned',
    user: string,
  ): void {
    pull.status = status;
    pull.closedBy = user;
    pull.closedAt = this.#options.clock.now().toISOString();
    this.#records.put(pull);
  }

  #resetVotes(pull: PullRequestRecord): void {
    const { policies } = this.#options;
    const resets = policies
      .on({ project: pull.project, id: pull.repositoryId }, pull.target)
      .some(policy => policy.settings.resetOnSourcePush === true);
    if (resets) {
      pull.reviewers.forEach(reviewer => {
        reviewer.vote = 0;
      });
      this.#records.put(pull);
    }
  }

  #tellHead(pull: PullRequestRecord): void {
    for (const listener of this.#headListeners) {
      listener(pull);
    }
  }

  #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    this.#turns.set(
      key,
      turn.catch(() => {}),
    );
    return turn;
  }
}
