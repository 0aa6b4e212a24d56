// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskGitStore } from '../git';
import { BUILTIN_KINDS, DefaultClusterStore, FLUX_KINDS } from '../kubernetes';
import type { ImageRegistry } from '../registry/types';
import type { StateStore } from '../state';
import { bearClusters } from './bearClusters';
import { bearRepositories } from './bearRepositories';
import type { DemoWorld } from './DemoWorld';
import { settleClusters } from './settleClusters';

interface Birth {
  at: string;
  organisationUrl: string;
}

export interface EnsureWorldOptions {
  world: DemoWorld;
  devops: { url: string; git: DiskGitStore; adopt(): Promise<void> };
  registry: ImageRegistry;
  state: StateStore;
}

/**
 * Makes the demo world when the state is empty. A birth that was cut off is
 * begun anew, because only the last write says that it is whole.
 *
 * @throws when the world was born under another address: its repositories name it
 */
export async function ensureWorld(options: EnsureWorldOptions): Promise<void> {
  const { world, devops, registry, state } = options;
  const births = state.collection<Birth>('world');
  const born = births.entries()[0]?.[1];
  if (born) {
    if (born.organisationUrl !== devops.url) {
      throw new Error(
        `This sandbox was born at ${born.organisationUrl}, but now starts at ${devops.url}. Start it on the same ports, or run "npm run sandbox:reset".`,
      );
    }
    return;
  }
  for (const ref of devops.git.list()) {
    devops.git.delete(ref);
  }
  const birth = new Date();
  await bearRepositories({
    world,
    birth,
    git: devops.git,
    registry,
    organisationUrl: devops.url,
    pipelineTemplates: pipelineTemplates(),
  });
  await devops.adopt();
  state.clear('cluster/');
  await bearClusters({
    world,
    birth,
    registry,
    git: devops.git,
    gitopsUrl: `${devops.url}/platform/_git/gitops`,
    open: (name, clock) =>
      DefaultClusterStore.create({
        name,
        clock,
        state,
        kinds: [...BUILTIN_KINDS, ...FLUX_KINDS],
      }),
  });
  await settleClusters({ git: devops.git, registry, state });
  births.put('birth', {
    at: birth.toISOString(),
    organisationUrl: devops.url,
  });
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
