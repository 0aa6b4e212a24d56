// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { DiskGitStore } from '../git';
import type { ImageRegistry } from '../registry/types';
import {
  type DemoService,
  type DemoWorld,
  imageOf,
  instant,
} from './DemoWorld';
import { GITOPS } from '../pipelines/ImageUpdates';
import { gitopsHistory, person, serviceHistory } from './history';
import { catalogFiles } from './manifests/catalog';
import { repositoryFiles } from './manifests/repository';

export interface BirthOptions {
  world: DemoWorld;
  birth: Date;
  git: DiskGitStore;
  registry: ImageRegistry;
  /** `http://localhost:<port>/fairway` */
  organisationUrl: string;
  /** Files of the platform's pipeline templates, by path. */
  pipelineTemplates: Map<string, string>;
}

/** Makes all git repositories and published images of the demo world, with their past. */
export async function bearRepositories(options: BirthOptions): Promise<void> {
  const { world, birth, git, registry, organisationUrl } = options;
  const began = new Date(birth.getTime() - 150 * 86_400_000).toISOString();
  const platform = { ...person('platform-a'), date: began };

  const single = async (
    repository: string,
    message: string,
    files: Map<string, string>,
  ) => {
    const ref = { project: 'platform', repository };
    git.create(ref);
    return git.importHistory(ref, [
      {
        author: platform,
        message,
        changes: [...files].map(([path, content]) => ({ path, content })),
      },
    ]);
  };
  const templates = await single(
    'pipeline-templates',
    'Pipeline for container services',
    options.pipelineTemplates,
  );
  await git.tag(
    { project: 'platform', repository: 'pipeline-templates' },
    'v1',
    templates,
  );
  await single(
    'catalog',
    'People, teams, systems and services',
    catalogFiles(world, organisationUrl),
  );

  git.create(GITOPS);
  await git.importHistory(
    GITOPS,
    gitopsHistory(world, birth, `${organisationUrl}/platform/_git/gitops`),
  );

  for (const demo of world.services) {
    if (!demo.ownRepository) {
      publishReleases(
        registry,
        demo,
        birth,
        demo.releases.map(({ version }) =>
          createHash('sha1').update(`${demo.name}:${version}`).digest('hex'),
        ),
      );
      continue;
    }
    const ref = { project: demo.team, repository: demo.name };
    git.create(ref);
    await git.importHistory(
      ref,
      serviceHistory(demo, birth, version => repositoryFiles(demo, version)),
    );
    const commits = await git.log(ref, 'main');
    publishReleases(
      registry,
      demo,
      birth,
      commits.map(({ sha }) => sha).reverse(),
    );
  }
}

/** Publishes an image for each release; the newest of a story may be in quarantine. */
export function publishReleases(
  registry: ImageRegistry,
  demo: DemoService,
  birth: Date,
  commits: string[],
): void {
  const scanned = Object.values(demo.trouble).includes('image-quarantined');
  demo.releases.forEach((release, index) => {
    const commit = commits[index];
    const repository = imageOf(demo).split('/').slice(1).join('/');
    registry.publish({
      repository,
      digest: `sha256:${createHash('sha256')
        .update(`${repository}:${release.version}`)
        .digest('hex')}`,
      tags: [
        release.version,
        `${release.version}-${commit.slice(0, 7)}`,
        commit,
      ],
      createdAt: new Date(
        instant(release.dev, birth).getTime() - 10 * 60_000,
      ).toISOString(),
      annotations: {
        'org.opencontainers.image.revision': commit,
        'org.opencontainers.image.version': release.version,
      },
      ...(scanned && index === demo.releases.length - 1
        ? { quarantined: true }
        : {}),
    });
  });
}
