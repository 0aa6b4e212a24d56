// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { FileTree } from './FileTree';
import { KustomizeError } from './KustomizeError';
import { parseYaml } from './loadManifests';

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const strings = z.array(z.string());
const pairs = z.record(z.string(), z.string());

const target = z.strictObject({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  labelSelector: z.string().optional(),
  annotationSelector: z.string().optional(),
});

const patch = z.strictObject({
  path: z.string().optional(),
  patch: z.string().optional(),
  target: target.optional(),
  options: z
    .strictObject({
      allowNameChange: z.boolean().optional(),
      allowKindChange: z.boolean().optional(),
    })
    .optional(),
});

const generatorOptions = z.strictObject({
  labels: pairs.optional(),
  annotations: pairs.optional(),
  disableNameSuffixHash: z.boolean().optional(),
  immutable: z.boolean().optional(),
});

const generator = z.strictObject({
  name: z.string(),
  namespace: z.string().optional(),
  behavior: z.enum(['create', 'replace', 'merge']).optional(),
  files: strings.optional(),
  literals: strings.optional(),
  envs: strings.optional(),
  env: z.string().optional(),
  options: generatorOptions.optional(),
});

const schema = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  resources: strings.nullish(),
  bases: strings.nullish(),
  components: strings.nullish(),
  namespace: z.string().nullish(),
  namePrefix: z.string().nullish(),
  nameSuffix: z.string().nullish(),
  labels: z
    .array(
      z.strictObject({
        pairs: pairs.default({}),
        includeSelectors: z.boolean().optional(),
        includeTemplates: z.boolean().optional(),
      }),
    )
    .nullish(),
  commonLabels: pairs.nullish(),
  commonAnnotations: pairs.nullish(),
  images: z
    .array(
      z.strictObject({
        name: z.string(),
        newName: z.string().optional(),
        newTag: z.string().optional(),
        digest: z.string().optional(),
        tagSuffix: z.string().optional(),
      }),
    )
    .nullish(),
  replicas: z
    .array(z.strictObject({ name: z.string(), count: z.number().int() }))
    .nullish(),
  patches: z.array(patch).nullish(),
  patchesStrategicMerge: strings.nullish(),
  patchesJson6902: z.array(patch).nullish(),
  configMapGenerator: z.array(generator).nullish(),
  secretGenerator: z
    .array(generator.extend({ type: z.string().optional() }))
    .nullish(),
  generatorOptions: generatorOptions.nullish(),
  sortOptions: z.unknown().optional(),
  buildMetadata: strings.nullish(),
});

/** A kustomization.yaml. */
export type KustomizationFile = z.infer<typeof schema>;

/** Fields that kustomize knows and the sandbox does not build. */
const NOT_BUILT = [
  'configurations',
  'crds',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'helmGlobals',
  'openapi',
  'replacements',
  'transformers',
  'validators',
  'vars',
];

/** The kustomization file of a folder, if it has one. */
export function findKustomizationFile(
  tree: FileTree,
  folder: string,
): string | undefined {
  return FILE_NAMES.map(name =>
    folder === '' ? name : `${folder}/${name}`,
  ).find(path => tree.read(path) !== undefined);
}

/**
 * Reads the kustomization file of a folder, strictly.
 *
 * @throws KustomizeError when the folder has none, it is empty, or a field is unknown or of the wrong type
 */
export function readKustomizationFile(
  tree: FileTree,
  folder: string,
): KustomizationFile {
  const path = findKustomizationFile(tree, folder);
  if (path === undefined) {
    throw new KustomizeError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${tree.describe(
        folder,
      )}'`,
    );
  }
  const [value, ...more] = parseYaml(
    tree.read(path) ?? '',
    tree.describe(path),
  );
  if (more.length > 0) {
    throw new KustomizeError(
      `invalid Kustomization: only one document may be in ${tree.describe(
        path,
      )}`,
    );
  }
  return parseKustomizationFile(value ?? {});
}

function parseKustomizationFile(value: unknown): KustomizationFile {
  const notBuilt =
    typeof value === 'object' && value !== null
      ? NOT_BUILT.find(field => field in value)
      : undefined;
  if (notBuilt) {
    throw new KustomizeError(
      `the field '${notBuilt}' of kustomization.yaml is not built by the sandbox; use resources, components, patches, images, replicas, labels or generators instead`,
    );
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new KustomizeError(
      `invalid Kustomization: ${firstProblem(parsed.error)}`,
    );
  }
  const file = parsed.data;
  const component = file.kind === 'Component';
  if (file.kind && file.kind !== 'Kustomization' && !component) {
    throw new KustomizeError('kind should be Kustomization or Component');
  }
  const version = component
    ? 'kustomize.config.k8s.io/v1alpha1'
    : 'kustomize.config.k8s.io/v1beta1';
  if (file.apiVersion && file.apiVersion !== version) {
    throw new KustomizeError(
      `apiVersion for ${
        component ? 'Component' : 'Kustomization'
      } should be ${version}`,
    );
  }
  return file;
}

/** The first problem as Go's JSON decoder words it. */
function firstProblem(error: z.ZodError): string {
  const issue =
    error.issues.find(candidate => candidate.code === 'unrecognized_keys') ??
    error.issues[0];
  if (issue.code === 'unrecognized_keys') {
    return `json: unknown field "${issue.keys[0]}"`;
  }
  const field = issue.path.filter(part => typeof part === 'string').join('.');
  if (issue.code === 'invalid_type') {
    const got = /received (\w+)/.exec(issue.message)?.[1] ?? 'value';
    return `json: cannot unmarshal ${got} into Go struct field Kustomization.${field} of type ${issue.expected}`;
  }
  return `${field}: ${issue.message}`;
}
