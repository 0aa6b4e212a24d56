// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { Faults } from '../faults';
import { DiskGitStore } from '../git';
import { BuildRunner } from '../pipelines/BuildRunner';
import { Builds } from '../pipelines/Builds';
import { Definitions } from '../pipelines/Definitions';
import { GITOPS, ImageUpdates } from '../pipelines/ImageUpdates';
import type { ImageRegistry } from '../registry/types';
import type { StateStore } from '../state';
import type { DevOps } from './DevOps';
import { DevOpsServer, ORGANISATION } from './DevOpsServer';
import { Locations } from './http/Locations';
import { APPROVERS } from './pulls/evaluate';
import { Policies, POLICY } from './pulls/Policies';
import { PullRequests } from './pulls/PullRequests';
import { pullRequestWebUrl } from './pulls/pullRequestWire';
import { addBuildRoutes } from './routes/buildRoutes';
import { addCommitRoutes } from './routes/commitRoutes';
import { addContentRoutes } from './routes/contentRoutes';
import { addCoreRoutes } from './routes/coreRoutes';
import { addPipelineRoutes } from './routes/pipelineRoutes';
import { addPolicyRoutes } from './routes/policyRoutes';
import { addPullRequestPartRoutes } from './routes/pullRequestPartRoutes';
import { addPullRequestRoutes } from './routes/pullRequestRoutes';
import { addPushRoutes } from './routes/pushRoutes';
import { addRepositoryRoutes } from './routes/repositoryRoutes';
import { addResourceRoutes } from './routes/resourceRoutes';
import { Identities, PORTAL, REVIEWER } from './state/Identities';
import { Repositories } from './state/Repositories';

export interface DevOpsOptions {
  /** Where the repositories lie. */
  dir: string;
  /** 0 takes any free port. */
  port: number;
  clock: Clock;
  state: StateStore;
  faults: Faults;
  registry: ImageRegistry;
  /** Hears of an error that nobody waits for; default: standard error. */
  onError?: (error: unknown) => void;
}

/** An open pull request, as the sandbox's control API shows it. */
export interface OpenPullRequest {
  id: number;
  title: string;
  author: string;
  createdAt: string;
  url: string;
  sourceBranch: string;
  /** No conflict; policies that wait for a person do not count. */
  canComplete: boolean;
}

export interface RunningDevOps {
  git: DiskGitStore;
  /** Address of the organisation: `http://localhost:7110/fairway`. */
  url: string;
  /** The organisation's parts, for the birth of a world and for tests. */
  devops: DevOps;
  pullRequests: {
    /** Open pull requests to the GitOps repository. */
    listOpen(): Promise<OpenPullRequest[]>;
    /** Approves and completes as a person would. */
    complete(id: number): Promise<void>;
  };
  /** Makes a pipeline definition without running it; the one that is there when there is one. */
  ensureDefinition(input: {
    project: string;
    repository: string;
    yamlPath?: string;
    name?: string;
  }): { id: number };
  /**
   * Takes over repositories that were made in git itself, as a world is born:
   * a pipeline for each that has a pipeline file, and the GitOps repository's
   * policy. Safe to repeat.
   */
  adopt(): Promise<void>;
  stop(): Promise<void>;
}

const PIPELINE_FILE = 'azure-pipelines.yml';

/**
 * Paths of the GitOps repository that reach no further than dev: the last
 * pattern that matches a file decides.
 */
const MORE_THAN_DEV = [
  '*',
  '!/clusters/dev/*',
  '!/apps/*/base/*',
  '!/apps/*/overlays/dev/*',
];

/** Starts Azure DevOps: git, REST, pipelines, pages. */
export async function startDevOps(
  options: DevOpsOptions,
): Promise<RunningDevOps> {
  const { clock, state, faults, registry } = options;
  const now = () => clock.now();
  let origin = `http://localhost:${options.port}`;
  const url = () => `${origin}/${ORGANISATION}`;
  const onError =
    options.onError ??
    ((error: unknown) => process.stderr.write(`sandbox devops: ${error}\n`));

  const git = DiskGitStore.open(options.dir, { now });
  const identities = new Identities(url);
  const repositories = new Repositories({ git, state, url, now });
  const policies = new Policies({ state, repositories, identities, url, now });
  const definitions = new Definitions({ state, repositories, now });
  const runner = new BuildRunner({ state, clock, repositories, registry });
  const builds = new Builds({
    state,
    clock,
    repositories,
    policies,
    definitions,
    runner,
  });
  const pulls = new PullRequests({
    state,
    clock,
    repositories,
    identities,
    policies,
    buildOf: (pull, id) => builds.latestFor(pull, id),
  });
  const images = new ImageUpdates({
    state,
    clock,
    git,
    host: registry.host,
    onError,
  });
  const devops: DevOps = {
    url,
    clock,
    state,
    git,
    identities,
    repositories,
    policies,
    pulls,
    definitions,
    builds,
    runner,
  };

  const underway = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>) => {
    const done: Promise<unknown> = work
      .catch(onError)
      .finally(() => underway.delete(done));
    underway.add(done);
  };
  const unsubscribe = git.onPush(event => {
    const isGitOps =
      event.project === GITOPS.project &&
      event.repository === GITOPS.repository;
    if (isGitOps && event.ref === 'refs/heads/main') {
      protectGitOps(policies, repositories);
      later(images.run());
    }
    later(builds.onPush(event, PORTAL));
    later(pulls.onPush(event));
  });
  pulls.onHead(pull =>
    later(builds.onHead(pull, () => pulls.changedPaths(pull))),
  );
  runner.onFinished(build => {
    if (build.pullRequestId) {
      pulls.settle(pulls.get(build.pullRequestId));
    }
    const isMain = build.sourceBranch === 'refs/heads/main';
    if (isMain && build.result === 'succeeded' && build.image?.digest) {
      images.add({
        repository: build.image.repository,
        tag: build.image.version!,
      });
    }
  });

  const ensureDefinition: RunningDevOps['ensureDefinition'] = input => {
    const yamlPath = input.yamlPath ?? PIPELINE_FILE;
    const repository = repositories.find(input.project, input.repository);
    return (
      definitions
        .list(repository.project)
        .find(
          one =>
            one.repositoryId === repository.id && one.yamlPath === yamlPath,
        ) ??
      definitions.create(
        { name: input.name ?? input.repository, repository, yamlPath },
        PORTAL,
      )
    );
  };

  const locations = new Locations();
  addCoreRoutes(locations, devops);
  addRepositoryRoutes(locations, devops);
  addPushRoutes(locations, devops, state);
  addContentRoutes(locations, devops);
  addCommitRoutes(locations, devops);
  addPullRequestRoutes(locations, devops);
  addPullRequestPartRoutes(locations, devops);
  addPolicyRoutes(locations, devops);
  addBuildRoutes(locations, devops);
  addPipelineRoutes(locations, devops);
  addResourceRoutes(locations, devops);
  const server = await DevOpsServer.start(devops, locations, {
    port: options.port,
    faults,
  });
  origin = `http://localhost:${server.port}`;

  if (git.exists(GITOPS)) {
    protectGitOps(policies, repositories);
  }
  pulls.resume();
  later(builds.resume());
  later(images.run());

  return {
    git,
    url: url(),
    devops,
    pullRequests: {
      listOpen: async () => {
        const open = pulls
          .all()
          .filter(
            pull =>
              pull.status === 'active' &&
              pull.project === GITOPS.project &&
              pull.repository === GITOPS.repository,
          );
        await Promise.all(open.map(pull => pulls.refresh(pull)));
        return open.map(pull => ({
          id: pull.id,
          title: pull.title,
          author: pull.createdBy,
          createdAt: pull.createdAt,
          url: pullRequestWebUrl(devops, pull),
          sourceBranch: pull.source.replace('refs/heads/', ''),
          canComplete: pull.mergeStatus === 'succeeded' && !pull.isDraft,
        }));
      },
      complete: async id => {
        const pull = pulls.get(id);
        pulls.vote(pull, REVIEWER, 10);
        await pulls.complete(pull, REVIEWER);
      },
    },
    ensureDefinition,
    adopt: async () => {
      for (const ref of git.list()) {
        const tip = await git.resolve(ref, 'main');
        const files = tip && (await git.repository(ref).tree(tip));
        if (files && files.some(({ path }) => path === PIPELINE_FILE)) {
          ensureDefinition(ref);
        }
      }
      if (git.exists(GITOPS)) {
        protectGitOps(policies, repositories);
      }
    },
    stop: async () => {
      unsubscribe();
      await server.stop();
      while (underway.size > 0) {
        await Promise.all(underway);
      }
      runner.stop();
      await images.stop();
      await pulls.stop();
    },
  };
}

/** Changes that reach beyond dev need a person's approval. */
function protectGitOps(policies: Policies, repositories: Repositories): void {
  const record = repositories.byRef(GITOPS);
  const stands = policies
    .list(GITOPS.project)
    .some(
      policy =>
        policy.type === POLICY.requiredReviewers &&
        policy.settings.scope[0]?.repositoryId === record.id,
    );
  if (stands) {
    return;
  }
  policies.create(
    GITOPS.project,
    {
      type: { id: POLICY.requiredReviewers },
      isEnabled: true,
      isBlocking: true,
      settings: {
        requiredReviewerIds: [APPROVERS],
        filenamePatterns: MORE_THAN_DEV,
        message: 'Changes beyond dev need an approval.',
        displayName: 'Approval for everything beyond dev',
        scope: [
          {
            repositoryId: record.id,
            refName: 'refs/heads/main',
            matchKind: 'Exact',
          },
        ],
      },
    },
    PORTAL,
  );
}
