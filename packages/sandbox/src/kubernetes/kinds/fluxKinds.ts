// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject, ResourceKind } from '../types';

type Row = [kind: string, plural: string, shortNames: string];

function kinds(
  group: string,
  version: string,
  categories: string[],
  rows: Row[],
): ResourceKind[] {
  return rows.map(([kind, plural, shortNames]) => ({
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    ...(shortNames ? { shortNames: [shortNames] } : {}),
    ...(categories.length ? { categories } : {}),
    namespaced: true,
    status: true,
  }));
}

/** The custom resources that Flux 2.9 installs. */
export const FLUX_KINDS: ResourceKind[] = [
  ...kinds(
    'source.toolkit.fluxcd.io',
    'v1',
    ['all', 'fluxcd', 'fluxcd-sources'],
    [
      ['Bucket', 'buckets', ''],
      ['ExternalArtifact', 'externalartifacts', 'ea'],
      ['GitRepository', 'gitrepositories', 'gitrepo'],
      ['HelmChart', 'helmcharts', 'hc'],
      ['HelmRepository', 'helmrepositories', 'helmrepo'],
      ['OCIRepository', 'ocirepositories', 'ocirepo'],
    ],
  ),
  ...kinds(
    'kustomize.toolkit.fluxcd.io',
    'v1',
    ['all', 'fluxcd', 'fluxcd-appliers'],
    [['Kustomization', 'kustomizations', 'ks']],
  ),
  ...kinds(
    'helm.toolkit.fluxcd.io',
    'v2',
    [],
    [['HelmRelease', 'helmreleases', 'hr']],
  ),
];

/** The kinds that a CustomResourceDefinition asks to be served. */
export function kindsOfDefinition(definition: KubeObject): ResourceKind[] {
  const { group, names, scope, versions } = definition.spec;
  return (versions as Array<Record<string, any>>) // eslint-disable-line @typescript-eslint/no-explicit-any -- free-form by kind
    .filter(({ served }) => served)
    .map(({ name, subresources }) => ({
      group,
      version: name,
      kind: names.kind,
      plural: names.plural,
      singular: names.singular ?? names.kind.toLowerCase(),
      ...(names.shortNames ? { shortNames: names.shortNames } : {}),
      ...(names.categories ? { categories: names.categories } : {}),
      namespaced: scope === 'Namespaced',
      status: Boolean(subresources?.status),
      ...(subresources?.scale ? { scale: true } : {}),
    }));
}
