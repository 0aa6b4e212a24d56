// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type ImageRegistry, releasedImages } from '../registry';

export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** Which clusters an environment runs on: prod has two regions. */
export const CLUSTERS: Record<EnvironmentName, string[]> = {
  dev: ['aks-dev-weu'],
  staging: ['aks-staging-weu'],
  prod: ['aks-prod-weu', 'aks-prod-neu'],
};

const age = z.string().regex(/^\d+[mhd]$/, 'an age such as 30m, 2h or 9d');

/** What ails the newest release of a service in an environment; an image in quarantine ails it wherever only released images may be pulled. */
const TROUBLES = [
  'crash-loop',
  'oom',
  'never-ready',
  'image-quarantined',
] as const;

const release = z.strictObject({
  version: z.string(),
  subject: z.string(),
  author: z.string(),
  dev: age,
  staging: age.optional(),
  prod: age.optional(),
});

const service = z.strictObject({
  name: z.string(),
  team: z.string(),
  description: z.string(),
  kind: z.enum(['Deployment', 'StatefulSet', 'CronJob']).default('Deployment'),
  schedule: z.string().optional(),
  namespace: z.string().optional(),
  /** Whether the namespace names its owner: an unowned one is nobody's to see. */
  granted: z.boolean().default(true),
  /** The Kustomization that applies it together with others of its team; by default it has its own. */
  appliedBy: z.string().optional(),
  owner: z.string().optional(),
  /** Whether there is a git repository with its source and catalog-info.yaml. */
  ownRepository: z.boolean().default(true),
  environments: z.array(z.enum(ENVIRONMENTS)).default([...ENVIRONMENTS]),
  healthChecked: z.boolean().default(true),
  replicas: z.record(z.enum(ENVIRONMENTS), z.number()),
  trouble: z.partialRecord(z.enum(ENVIRONMENTS), z.enum(TROUBLES)).default({}),
  suspended: z
    .partialRecord(
      z.enum(ENVIRONMENTS),
      z.strictObject({ by: z.string(), reason: z.string(), age }),
    )
    .default({}),
  releases: z.array(release).min(1),
});

const organisation = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      parent: z.string().optional(),
    }),
  ),
  people: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      group: z.string(),
      persona: z.boolean().default(false),
      leads: z.string().optional(),
    }),
  ),
});

export type DemoService = z.infer<typeof service>;
export type Organisation = z.infer<typeof organisation>;

/** The demo world as the YAML files beside this one tell it. */
export interface DemoWorld {
  services: DemoService[];
  organisation: Organisation;
}

// eslint-disable-next-line no-restricted-syntax -- the sandbox runs from its sources and is never bundled
const DEMO = join(__dirname, 'demo');

/** @throws an error that names the file and the field when a file is not as it must be */
export function loadDemoWorld(folder = DEMO): DemoWorld {
  return {
    services: read(
      folder,
      'services.yaml',
      z.strictObject({ services: z.array(service) }),
    ).services,
    organisation: read(folder, 'org.yaml', organisation),
  };
}

function read<T>(folder: string, file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(
    parse(readFileSync(join(folder, file), 'utf8')),
  );
  if (!result.success) {
    throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

const UNITS: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The instant that an age names, counted back from `birth`. */
export function instant(ageText: string, birth: Date): Date {
  const amount = Number(ageText.slice(0, -1));
  return new Date(birth.getTime() - amount * UNITS[ageText.slice(-1)]);
}

/** The registry as a cluster's pull identity sees it: only dev may pull what the scan has not passed. */
export function imagesFor(
  cluster: string,
  registry: ImageRegistry,
): ImageRegistry {
  return CLUSTERS.dev.includes(cluster) ? registry : releasedImages(registry);
}

/** The namespace in which a service runs. */
export function namespaceOf(demo: DemoService): string {
  return demo.namespace ?? demo.team;
}

/** The Flux Kustomization that applies a service. */
export function kustomizationOf(demo: DemoService): string {
  return demo.appliedBy ?? demo.name;
}

/** Image repository of a service, as manifests name it. */
export function imageOf(demo: DemoService): string {
  return `acrfairway.azurecr.io/${demo.team}/${demo.name}`;
}
