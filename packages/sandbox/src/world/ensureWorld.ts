// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskGitStore } from '../git';
import { openCluster } from '../kubernetes';
import { GITOPS } from '../pipelines/ImageUpdates';
import type { ImageRegistry } from '../registry/types';
import { StartFailure } from '../StartFailure';
import type { StateStore } from '../state';
import { bearClusters } from './bearClusters';
import { bearRepositories } from './bearRepositories';
import { type DemoWorld, loadDemoWorld } from './DemoWorld';
import { scaledWorld } from './scaledWorld';
import { settleClusters } from './settleClusters';

interface Birth {
  at: string;
  organisationUrl: string;
  services: number;
}

export interface EnsureWorldOptions {
  /** How many services the world is to have; undefined: as it is, or as the demo tells. */
  scale?: number;
  devops: { url: string; git: DiskGitStore; adopt(): Promise<void> };
  registry: ImageRegistry;
  state: StateStore;
}

/**
 * Makes the demo world when the state is empty. A birth that is cut off leaves
 * nothing but its beginning in the state, and the next start begins anew.
 *
 * @returns the world that lies in the state
 * @throws StartFailure when what lies there is not what is asked for, or not whole
 */
export async function ensureWorld(
  options: EnsureWorldOptions,
): Promise<DemoWorld> {
  const { scale, devops, state } = options;
  const births = state.collection<Birth>('world');
  const known = new Map(births.entries());
  const born = known.get('birth');
  const world = scaledWorld(loadDemoWorld(), scale ?? born?.services ?? 0);
  if (born) {
    refuseMismatch(born, world, options);
    return world;
  }
  const repositories = devops.git.list();
  if (!known.has('begun') && repositories.length > 0) {
    throw new StartFailure(
      `There are ${repositories.length} git repositories, but the sandbox's memory of them (state.sqlite) is gone. Put the file back, or begin anew with "npm run sandbox:reset": it deletes the repositories.`,
    );
  }
  for (const ref of repositories) {
    devops.git.delete(ref);
  }
  const birth = new Date();
  const record: Birth = {
    at: birth.toISOString(),
    organisationUrl: devops.url,
    services: world.services.length,
  };
  // The repositories that a birth leaves behind when it is cut off are its own.
  births.put('begun', record);
  await state.batch(async () => {
    await bear(world, birth, options);
    births.put('birth', record);
  });
  return world;
}

async function bear(
  world: DemoWorld,
  birth: Date,
  { devops, registry, state }: EnsureWorldOptions,
): Promise<void> {
  const { git } = devops;
  await bearRepositories({
    world,
    birth,
    git,
    registry,
    organisationUrl: devops.url,
    pipelineTemplates: pipelineTemplates(),
  });
  await devops.adopt();
  await bearClusters({
    world,
    birth,
    registry,
    git,
    gitopsUrl: `${devops.url}/platform/_git/gitops`,
    open: (name, clock) => openCluster({ name, clock, state }),
  });
  await settleClusters({
    git,
    registry,
    state,
    services: world.services.length,
  });
}

function refuseMismatch(
  born: Birth,
  world: DemoWorld,
  { devops, scale }: EnsureWorldOptions,
): void {
  const reset = 'run "npm run sandbox:reset"';
  if (born.organisationUrl !== devops.url) {
    // Its repositories and clusters name the address.
    throw new StartFailure(
      `This sandbox was born at ${born.organisationUrl}, but now starts at ${devops.url}. Start it on the same ports, or ${reset}.`,
    );
  }
  const { length } = world.services;
  if (born.services !== length && scale !== undefined) {
    throw new StartFailure(
      `This sandbox was born with ${born.services} services, but --scale asks for ${scale}. Start it without --scale, or ${reset}.`,
    );
  }
  if (born.services !== length) {
    throw new StartFailure(
      `This sandbox was born by another version of Fairway, whose world is not this one's. To begin anew, ${reset}.`,
    );
  }
  if (!devops.git.exists(GITOPS)) {
    throw new StartFailure(
      `The git repositories of this sandbox are gone, but its memory (state.sqlite) is there. Put the folder "git" back, or ${reset}.`,
    );
  }
}

// eslint-disable-next-line no-restricted-syntax -- the sandbox runs from its sources and is never bundled
const PIPELINE_TEMPLATES = join(__dirname, '../pipelines/templates');

function pipelineTemplates(): Map<string, string> {
  const folder = PIPELINE_TEMPLATES;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter(entry => entry.isFile())
      .map(entry => {
        const place = join(entry.parentPath, entry.name);
        return [place.slice(folder.length + 1), readFileSync(place, 'utf8')];
      }),
  );
}
