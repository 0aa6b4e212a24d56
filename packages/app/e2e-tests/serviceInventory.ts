// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Clone } from './Clone';
import type { RunningPortal } from './runningPortal';

/** Everything that a template run leaves behind, in a form that two services can be compared by. */
export interface ServiceInventory {
  /** `<project>/<repository>: <commits on main, newest first>`. */
  repositories: string[];
  /** `<name>: <runs, oldest first>`. */
  pipelines: string[];
  /** What protects the main branch. */
  policies: string[];
  /** `<status>: <title>`. */
  pullRequests: string[];
  /** Branches of the GitOps repository. */
  branches: string[];
  /** What the merge changed in the GitOps repository: `<A|M|D> <path>`. */
  gitOps: string[];
  /** Catalog entity: name, owner, source. */
  catalog: string[];
}

interface List<T> {
  value: T[];
}

/**
 * The inventory of one service, with `<name>` for its name. Counts everything, so
 * that what was made twice cannot hide.
 */
export async function serviceInventory(
  portal: RunningPortal,
  team: string,
  name: string,
): Promise<ServiceInventory> {
  const isOwn = (text: string) => new RegExp(`\\b${name}\\b`).test(text);
  const plain = (texts: string[]) =>
    texts.map(text => text.replaceAll(name, '<name>')).sort();
  const { organization } = portal.urls;

  const repositories = (
    await portal.devOps<List<{ id: string; name: string }>>(
      `${team}/_apis/git/repositories`,
    )
  ).value.filter(repository => isOwn(repository.name));
  const commits = await Promise.all(
    repositories.map(repository =>
      Clone.of(`${organization}/${team}/_git/${repository.name}`, clone =>
        clone.git('log', '--format=%s by %an', 'main'),
      ),
    ),
  );

  const definitions = (
    await portal.devOps<List<{ id: number; name: string }>>(
      `${team}/_apis/build/definitions`,
    )
  ).value.filter(definition => isOwn(definition.name));
  const runs = await Promise.all(
    definitions.map(({ id }) =>
      portal.devOps<List<{ id: number; reason: string; result?: string }>>(
        `${team}/_apis/build/builds?definitions=${id}`,
      ),
    ),
  );

  const ids = repositories.map(({ id }) => id);
  const policies = (
    await portal.devOps<
      List<{
        type: { displayName: string };
        settings: { scope: Array<{ repositoryId: string; refName: string }> };
      }>
    >(`${team}/_apis/policy/configurations`)
  ).value.filter(({ settings }) =>
    settings.scope.some(({ repositoryId }) => ids.includes(repositoryId)),
  );

  const pulls = (
    await portal.devOps<List<{ status: string; title: string }>>(
      'platform/_apis/git/repositories/gitops/pullrequests?searchCriteria.status=all&$top=1000',
    )
  ).value.filter(({ title }) => isOwn(title));
  const gitOps = await Clone.of(
    `${organization}/platform/_git/gitops`,
    async clone => ({
      branches: await clone.git('branch', '--remotes', '--format=%(refname)'),
      changes: (
        await clone.git(
          'log',
          '--first-parent',
          '--diff-merges=first-parent',
          '--name-status',
          '--format=',
          '-F',
          `--grep=Add ${name} of ${team}`,
          'main',
        )
      ).map(line => line.replace('\t', ' ')),
    }),
  );

  const entities = await portal.api(
    'platform-a',
    `/api/catalog/entities?filter=kind=component,metadata.name=${name}`,
  );
  const catalog = (await entities.json()) as Array<{
    metadata: { name: string; annotations: Record<string, string> };
    spec: { owner: string };
  }>;

  return {
    repositories: plain(
      repositories.map(
        (repository, index) =>
          `${team}/${repository.name}: ${commits[index].join(', ')}`,
      ),
    ),
    pipelines: plain(
      definitions.map(
        (definition, index) =>
          `${definition.name}: ${runs[index].value
            .map(({ reason, result }) => `${reason} ${result}`)
            .join(', ')}`,
      ),
    ),
    policies: plain(
      policies.map(
        ({ type, settings }) =>
          `${type.displayName} on ${settings.scope
            .map(({ refName }) => refName)
            .join()}`,
      ),
    ),
    pullRequests: plain(
      pulls.map(({ status, title }) => `${status}: ${title}`),
    ),
    branches: plain(gitOps.branches.filter(isOwn)),
    gitOps: plain(gitOps.changes),
    catalog: plain(
      catalog.map(
        ({ metadata, spec }) =>
          `${metadata.name} of ${spec.owner} in ${metadata.annotations['dev.azure.com/project-repo']}`,
      ),
    ),
  };
}

/** How many things of each kind the whole world has: what bad input must not change. */
export async function worldCounts(
  portal: RunningPortal,
): Promise<Record<string, number>> {
  const count = async (route: string) =>
    (await portal.devOps<List<unknown>>(route)).value.length;
  const entities = await portal.api(
    'platform-a',
    '/api/catalog/entity-facets?facet=kind',
  );
  const { facets } = (await entities.json()) as {
    facets: { kind: Array<{ count: number }> };
  };
  return {
    repositories: await count('_apis/git/repositories'),
    pipelines: await count('team-a/_apis/build/definitions'),
    policies: await count('team-a/_apis/policy/configurations'),
    branches: await count(
      'platform/_apis/git/repositories/gitops/refs?filter=heads/',
    ),
    pullRequests: await count(
      'platform/_apis/git/repositories/gitops/pullrequests?searchCriteria.status=all&$top=1000',
    ),
    entities: facets.kind.reduce((sum, { count: some }) => sum + some, 0),
  };
}
