// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { GitChange, GitPerson } from '../git/types';
import {
  CLUSTERS,
  ENVIRONMENTS,
  type DemoService,
  type DemoWorld,
  type EnvironmentName,
  instant,
  namespaceOf,
} from './DemoWorld';
import {
  platformBases,
  platformFiles,
  type Tenant,
  tenantFiles,
  tenantsOverlay,
} from './manifests/platform';
import {
  baseFiles,
  fluxFile,
  overlayFile,
  sharedFile,
} from './manifests/service';

/** One commit of the past. */
export interface PastCommit {
  author: GitPerson & { date: string };
  message: string;
  changes: GitChange[];
}

/** One rollout of the past: what the clusters of an environment got and when. */
export interface PastRollout {
  at: Date;
  demo: DemoService;
  environment: EnvironmentName;
  clusters: string[];
  version: string;
}

const AFTER_MERGE_MS = 90_000;
/** What reached two environments on the same day reached one after the other. */
const STEP_MS = 10 * 60_000;

export function person(name: string): GitPerson {
  return { name, email: `${name}@example.com` };
}

/** All rollouts of the demo world, oldest first. */
export function pastRollouts(world: DemoWorld, birth: Date): PastRollout[] {
  const rollouts: PastRollout[] = [];
  for (const demo of world.services) {
    for (const environment of demo.environments) {
      for (const release of demo.releases) {
        const ageText = release[environment];
        if (ageText) {
          rollouts.push({
            at: new Date(
              instant(ageText, birth).getTime() +
                ENVIRONMENTS.indexOf(environment) * STEP_MS,
            ),
            demo,
            environment,
            clusters: CLUSTERS[environment],
            version: release.version,
          });
        }
      }
    }
  }
  return rollouts.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Where the newest release of a service stands in an environment, if anywhere. */
export function deployedVersion(
  demo: DemoService,
  environment: EnvironmentName,
): string | undefined {
  return demo.releases.filter(release => release[environment]).at(-1)?.version;
}

/** The commits of the GitOps repository, oldest first. */
export function gitopsHistory(
  world: DemoWorld,
  birth: Date,
  gitopsUrl: string,
): PastCommit[] {
  const began = new Date(birth.getTime() - 120 * 86_400_000);
  const rollouts = pastRollouts(world, birth);
  const commits: PastCommit[] = [
    {
      author: { ...person('platform-a'), date: began.toISOString() },
      message: 'Lay out clusters, platform and tenants',
      changes: toChanges(platformTree(world, gitopsUrl)),
    },
  ];
  const seen = new Set<DemoService>();
  for (const rollout of rollouts) {
    const { demo, environment, version, at } = rollout;
    const changes: GitChange[] = [];
    if (!seen.has(demo)) {
      seen.add(demo);
      changes.push(...toChanges(baseFiles(demo)));
    }
    if (isFirst(rollouts, rollout)) {
      changes.push(...registration(rollouts, rollout));
    }
    const isLast = deployedVersion(demo, environment) === version;
    const [path, content] = overlayFile(demo, environment, version, isLast);
    changes.push({ path, content });
    const release = demo.releases.find(other => other.version === version);
    const automatic = environment === 'dev';
    commits.push({
      author: {
        ...person(automatic ? 'fluxcdbot' : release!.author),
        date: new Date(at.getTime() - AFTER_MERGE_MS).toISOString(),
      },
      message: automatic
        ? `Update ${demo.name} to ${version} in dev\n\n${release!.subject}`
        : `Promote ${demo.name} ${version} to ${environment}\n\n${
            release!.subject
          }`,
      changes,
    });
  }
  return commits;
}

/** Commits of a service's own repository: one per release. */
export function serviceHistory(
  demo: DemoService,
  birth: Date,
  files: (version: string) => Map<string, string>,
): PastCommit[] {
  return demo.releases.map(release => ({
    author: {
      ...person(release.author),
      date: new Date(
        instant(release.dev, birth).getTime() - 20 * 60_000,
      ).toISOString(),
    },
    message: release.subject,
    changes: toChanges(files(release.version)),
  }));
}

/** Namespaces that tenants have, with the group that owns each; one that nobody claimed has none. */
export function tenants(world: DemoWorld): Tenant[] {
  const found = new Map<string, Tenant>();
  for (const demo of world.services) {
    const namespace = namespaceOf(demo);
    found.set(namespace, {
      namespace,
      ...(demo.granted ? { owner: `group:default/${demo.team}` } : {}),
      services: (found.get(namespace)?.services ?? 0) + 1,
    });
  }
  return [...found.values()];
}

function isFirst(rollouts: PastRollout[], rollout: PastRollout): boolean {
  return (
    rollouts.find(
      other =>
        other.demo === rollout.demo &&
        other.environment === rollout.environment,
    ) === rollout
  );
}

function registration(
  rollouts: PastRollout[],
  { demo, environment, at }: PastRollout,
): GitChange[] {
  const files = new Map([fluxFile(demo, environment)]);
  if (demo.appliedBy) {
    const present = rollouts
      .filter(
        other =>
          other.environment === environment &&
          other.demo.appliedBy === demo.appliedBy &&
          other.at <= at,
      )
      .map(other => other.demo);
    files.set(...sharedFile([...new Set(present)], environment));
  }
  return toChanges(files);
}

function platformTree(
  world: DemoWorld,
  gitopsUrl: string,
): Map<string, string> {
  const all = tenants(world);
  const files = new Map(platformBases());
  for (const tenant of all) {
    for (const [path, content] of tenantFiles(tenant, gitopsUrl)) {
      files.set(path, content);
    }
  }
  for (const environment of ENVIRONMENTS) {
    for (const [path, content] of platformFiles(environment)) {
      files.set(path, content);
    }
    const [path, content] = tenantsOverlay(
      environment,
      all.map(tenant => tenant.namespace),
    );
    files.set(path, content);
  }
  return files;
}

function toChanges(files: Map<string, string>): GitChange[] {
  return [...files].map(([path, content]) => ({ path, content }));
}
