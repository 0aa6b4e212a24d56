// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  asList,
  asMap,
  at,
  type Manifest,
  type ManifestProblem,
  type ManifestScope,
} from './Manifest';

const LABELS = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/managed-by',
  'fairway.dev/team',
  'fairway.dev/cost-center',
];

/** Fields of a kustomization.yaml that templates use; the rest could load or run anything. */
const FIELDS = new Set([
  'apiVersion',
  'kind',
  'resources',
  'labels',
  'images',
  'patches',
  'configMapGenerator',
  'generatorOptions',
]);

/** Rules for kustomization.yaml files: local resources, labels, a pinned image tag. */
export function checkKustomizations(
  manifests: Manifest[],
  scope: ManifestScope,
): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const files = manifests.filter(({ path }) =>
    path.endsWith('/kustomization.yaml'),
  );
  for (const { path, object } of files) {
    const say = (message: string) => problems.push({ path, message });
    for (const field of Object.keys(object)) {
      if (!FIELDS.has(field)) {
        say(`the field ${field} is not allowed`);
      }
    }
    const isOverlay = path.includes('/overlays/');
    for (const resource of asList(object.resources).map(String)) {
      const isFile = /^[a-z0-9-]+\.yaml$/.test(resource);
      if (!isFile && !(isOverlay && resource === '../../base')) {
        say(
          `resources: "${resource}" is neither a file beside it nor its base`,
        );
      }
    }
    if (isOverlay) {
      checkImage(object, scope).forEach(say);
    } else {
      const labels = asList(object.labels).map(entry =>
        asMap(at(entry, 'pairs')),
      );
      const all = Object.assign({}, ...labels);
      for (const label of LABELS) {
        if (typeof all[label] !== 'string' || all[label] === '') {
          say(`labels: ${label} is needed`);
        }
      }
      if (all['fairway.dev/team'] && all['fairway.dev/team'] !== scope.team) {
        say(`labels: fairway.dev/team must be ${scope.team}`);
      }
    }
  }
  return problems;
}

function checkImage(
  object: Manifest['object'],
  scope: ManifestScope,
): string[] {
  const expected = `${scope.registry}/${scope.team}/${scope.service}`;
  const images = asList(object.images);
  const image = images.find(entry => at(entry, 'name') === expected);
  if (!image) {
    return [`images: ${expected} needs a newTag`];
  }
  const tag = at(image, 'newTag');
  const isVersion =
    typeof tag === 'string' && /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(tag);
  return [
    ...(isVersion
      ? []
      : [`images: the tag ${String(tag)} is no version such as 0.1.0`]),
    ...(images.some(entry => at(entry, 'newName') !== undefined)
      ? ['images: newName is not allowed']
      : []),
  ];
}
