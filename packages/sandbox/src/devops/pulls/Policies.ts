// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { StateStore } from '../../state';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import type { Json } from '../http/Locations';
import type { Identities } from '../state/Identities';
import type { Repositories, RepositoryRecord } from '../state/Repositories';
import { Table } from '../state/Table';
import type { PolicyRecord, PullRequestRecord } from './model';

/** Ids of the policy types that Azure DevOps has (REST reference, Policy). */
export const POLICY = {
  minimumReviewers: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  build: '0609b952-1397-4640-95ec-e00a01b2c241',
  requiredReviewers: 'fd2167ab-b0be-447a-8ec8-39368250530e',
  comments: 'c6a1889d-b943-4856-b76f-9e46bb6b0df2',
  workItems: '40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e',
  mergeTypes: 'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab',
  status: 'cbdc66da-9728-4af8-aada-9a5a32e4a226',
} as const;

const TITLES: Record<string, string> = {
  [POLICY.minimumReviewers]: 'Minimum number of reviewers',
  [POLICY.build]: 'Build',
  [POLICY.requiredReviewers]: 'Required reviewers',
  [POLICY.comments]: 'Comment requirements',
  [POLICY.workItems]: 'Work item linking',
  [POLICY.mergeTypes]: 'Require a merge strategy',
  [POLICY.status]: 'Status',
};

/** People who may push where a policy stands: the platform's own hands. */
const MAY_BYPASS = new Set(['platform-a', 'fluxcdbot']);

/** Branch policies: what must hold before a pull request completes. */
export class Policies {
  readonly #records: Table<PolicyRecord>;
  readonly #repositories: Repositories;
  readonly #identities: Identities;
  readonly #url: () => string;
  readonly #now: () => Date;

  constructor(options: {
    state: StateStore;
    repositories: Repositories;
    identities: Identities;
    url: () => string;
    now: () => Date;
  }) {
    this.#records = new Table(options.state, 'devops/policies');
    this.#repositories = options.repositories;
    this.#identities = options.identities;
    this.#url = options.url;
    this.#now = options.now;
  }

  list(project: string): PolicyRecord[] {
    const { name } = this.#repositories.project(project);
    return this.#records.all().filter(policy => policy.project === name);
  }

  /** @throws DevOpsError 404 */
  get(project: string, id: number): PolicyRecord {
    const found = this.list(project).find(policy => policy.id === id);
    if (!found) {
      throw notFound(
        'PolicyConfigurationNotFoundException',
        `TF402463: There is no policy configuration with ID ${id}.`,
      );
    }
    return found;
  }

  create(project: string, input: Json, user: string): PolicyRecord {
    const checked = checkedPolicy(input);
    return this.#records.put({
      id: this.#records.nextId(),
      project: this.#repositories.project(project).name,
      revision: 1,
      createdBy: user,
      createdAt: this.#now().toISOString(),
      ...checked,
    });
  }

  update(project: string, id: number, input: Json): PolicyRecord {
    const known = this.get(project, id);
    return this.#records.put({
      ...known,
      ...checkedPolicy(input),
      revision: known.revision + 1,
    });
  }

  delete(project: string, id: number): void {
    this.#records.delete(this.get(project, id).id);
  }

  /** Forgets what was said about a repository that is gone. */
  deleteFor(record: RepositoryRecord): void {
    for (const policy of this.list(record.project)) {
      const scopes: Json[] = policy.settings.scope;
      if (scopes.every(scope => scope.repositoryId === record.id)) {
        this.#records.delete(policy.id);
      }
    }
  }

  /** Enabled policies that stand on a branch. */
  on(
    repository: { project: string; id: string },
    refName: string,
  ): PolicyRecord[] {
    return this.#records
      .all()
      .filter(
        policy =>
          policy.project === repository.project &&
          policy.isEnabled &&
          policy.settings.scope.some((scope: Json) =>
            inScope(scope, repository.id, refName),
          ),
      );
  }

  /** Why a push must not move an existing branch, if so. */
  pushRefusal(
    repository: { project: string; id: string },
    refName: string,
    user: string,
  ): string | undefined {
    const stands = this.on(repository, refName).some(
      policy => policy.isBlocking,
    );
    return stands && !MAY_BYPASS.has(user)
      ? 'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.'
      : undefined;
  }

  types(): Json[] {
    return Object.entries(TITLES).map(([id, displayName]) => ({
      id,
      displayName,
      description: displayName,
      url: `${this.#url()}/_apis/policy/types/${id}`,
    }));
  }

  wire(policy: PolicyRecord): Json {
    const project = this.#repositories.project(policy.project);
    const type = this.types().find(other => other.id === policy.type);
    return {
      id: policy.id,
      revision: policy.revision,
      type,
      isEnabled: policy.isEnabled,
      isBlocking: policy.isBlocking,
      isDeleted: false,
      isEnterpriseManaged: false,
      createdBy: this.#identities.of(policy.createdBy),
      createdDate: policy.createdAt,
      settings: policy.settings,
      url: `${this.#url()}/${project.id}/_apis/policy/configurations/${
        policy.id
      }`,
    };
  }

  title(policy: PolicyRecord): string {
    return policy.settings.displayName ?? TITLES[policy.type];
  }
}

function checkedPolicy(
  input: Json,
): Pick<PolicyRecord, 'type' | 'isEnabled' | 'isBlocking' | 'settings'> {
  const type = input.type?.id?.toLowerCase();
  if (!TITLES[type]) {
    throw invalid(
      `TF402456: type.id "${input.type?.id}" is not a policy type: GET _apis/policy/types lists them.`,
    );
  }
  const settings: Json = input.settings ?? {};
  if (!Array.isArray(settings.scope) || settings.scope.length === 0) {
    throw wrongSettings('scope must name at least one repository and branch');
  }
  if (
    type === POLICY.minimumReviewers &&
    !(settings.minimumApproverCount >= 1)
  ) {
    throw wrongSettings('minimumApproverCount must be at least 1');
  }
  if (type === POLICY.build && !Number.isInteger(settings.buildDefinitionId)) {
    throw wrongSettings('buildDefinitionId must be the id of a pipeline');
  }
  if (type === POLICY.mergeTypes && settings.filenamePatterns?.length) {
    throw wrongSettings(
      'File patterns are not supported for this policy type.',
    );
  }
  return {
    type,
    isEnabled: input.isEnabled !== false,
    isBlocking: input.isBlocking !== false,
    settings,
  };
}

function wrongSettings(what: string): DevOpsError {
  return invalid(
    `TF402457: The settings for this policy are not correctly formatted. Error: ${what}`,
  );
}

function inScope(scope: Json, repositoryId: string, refName: string): boolean {
  if (scope.repositoryId && scope.repositoryId !== repositoryId) {
    return false;
  }
  if (scope.matchKind === 'DefaultBranch') {
    return refName === 'refs/heads/main';
  }
  if (!scope.refName) {
    return true;
  }
  return String(scope.matchKind).toLowerCase() === 'prefix'
    ? refName.startsWith(scope.refName)
    : refName === scope.refName;
}

/**
 * Whether a changed path is meant by a policy's file patterns: `*` matches
 * anything, a leading `!` excludes, the last pattern that matches decides
 * (Azure Repos documentation, branch policies, path filters).
 */
export function isMeant(patterns: string[] | undefined, path: string): boolean {
  const given = (patterns ?? []).filter(Boolean);
  if (given.length === 0) {
    return true;
  }
  let meant = given.every(pattern => pattern.startsWith('!'));
  for (const pattern of given) {
    const excludes = pattern.startsWith('!');
    const text = excludes ? pattern.slice(1) : pattern;
    const expression = text
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    if (new RegExp(`^${expression}$`, 'i').test(`/${path}`)) {
      meant = !excludes;
    }
  }
  return meant;
}

/** Whether a merge strategy is allowed by a merge-type policy. */
export function allowsStrategy(
  policy: PolicyRecord,
  strategy: string,
): boolean {
  const fields: Record<string, string> = {
    noFastForward: 'allowNoFastForward',
    squash: 'allowSquash',
    rebase: 'allowRebase',
    rebaseMerge: 'allowRebaseMerge',
  };
  // Old clients said only useSquashMerge.
  return (
    policy.settings[fields[strategy]] === true ||
    (policy.settings.useSquashMerge === true && strategy === 'squash')
  );
}

/** The comment threads that nobody has answered for. */
export function openThreads(pull: PullRequestRecord): number {
  return pull.threads.filter(thread =>
    ['active', 'pending'].includes(thread.status),
  ).length;
}
