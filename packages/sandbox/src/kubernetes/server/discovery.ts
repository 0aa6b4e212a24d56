// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ResourceKind } from '../types';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export interface Answer {
  body: unknown;
  contentType?: string;
}

interface Group {
  name: string;
  versions: Map<string, ResourceKind[]>;
}

function groupsOf(kinds: ResourceKind[]): Group[] {
  const groups = new Map<string, Group>();
  for (const kind of kinds) {
    const group = groups.get(kind.group) ?? {
      name: kind.group,
      versions: new Map<string, ResourceKind[]>(),
    };
    group.versions.set(kind.version, [
      ...(group.versions.get(kind.version) ?? []),
      kind,
    ]);
    groups.set(kind.group, group);
  }
  return [...groups.values()];
}

/** `/version` as an AKS cluster answers. */
export const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-10-14T10:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Discovery in both forms. @returns undefined for a group or version that is not served */
export function discover(
  pathname: string,
  accept: string,
  kinds: ResourceKind[],
): Answer | undefined {
  const groups = groupsOf(kinds);
  const parts = pathname.split('/').filter(Boolean);
  if (pathname === '/api' || pathname === '/apis') {
    const core = pathname === '/api';
    if (accept.includes('as=APIGroupDiscoveryList')) {
      return {
        body: aggregated(groups.filter(group => (group.name === '') === core)),
        contentType: AGGREGATED,
      };
    }
    return core
      ? {
          body: {
            kind: 'APIVersions',
            versions: ['v1'],
            serverAddressByClientCIDRs: [
              { clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1' },
            ],
          },
        }
      : {
          body: {
            kind: 'APIGroupList',
            apiVersion: 'v1',
            groups: groups.filter(({ name }) => name).map(groupEntry),
          },
        };
  }
  const name = parts[0] === 'api' ? '' : parts[1];
  const group = groups.find(other => other.name === name);
  if (!group) {
    return undefined;
  }
  const version = parts[0] === 'api' ? parts[1] : parts[2];
  if (version === undefined) {
    return {
      body: { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) },
    };
  }
  const members = group.versions.get(version);
  return (
    members && {
      body: {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: name ? `${name}/${version}` : version,
        resources: members.flatMap(resources),
      },
    }
  );
}

function groupEntry(group: Group): Record<string, unknown> {
  const versions = [...group.versions.keys()].map(version => ({
    groupVersion: `${group.name}/${version}`,
    version,
  }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

function subresourcesOf(kind: ResourceKind): Array<[string, string[]]> {
  const write = ['get', 'patch', 'update'];
  return [
    ...(kind.scale ? [['scale', write] as [string, string[]]] : []),
    ...(kind.status ? [['status', write] as [string, string[]]] : []),
    ...(kind.kind === 'Pod' ? [['log', ['get']] as [string, string[]]] : []),
  ];
}

function resources(kind: ResourceKind): Array<Record<string, unknown>> {
  const entry = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: VERBS,
    ...(kind.shortNames ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories ? { categories: kind.categories } : {}),
  };
  return [
    entry,
    ...subresourcesOf(kind).map(([name, verbs]) => ({
      name: `${kind.plural}/${name}`,
      singularName: '',
      namespaced: kind.namespaced,
      ...(name === 'scale' ? { group: 'autoscaling', version: 'v1' } : {}),
      kind: name === 'scale' ? 'Scale' : kind.kind,
      verbs,
    })),
  ];
}

function aggregated(groups: Group[]): unknown {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(group => ({
      metadata: group.name ? { name: group.name } : {},
      versions: [...group.versions].map(([version, members]) => ({
        version,
        resources: members.map(kind => ({
          resource: kind.plural,
          responseKind: { group: '', version: '', kind: kind.kind },
          scope: kind.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: kind.singular,
          verbs: VERBS,
          ...(kind.shortNames ? { shortNames: kind.shortNames } : {}),
          ...(kind.categories ? { categories: kind.categories } : {}),
          ...(subresourcesOf(kind).length
            ? {
                subresources: subresourcesOf(kind).map(([name, verbs]) => ({
                  subresource: name,
                  responseKind:
                    name === 'scale'
                      ? { group: 'autoscaling', version: 'v1', kind: 'Scale' }
                      : { group: '', version: '', kind: kind.kind },
                  verbs,
                })),
              }
            : {}),
        })),
        freshness: 'Current',
      })),
    })),
  };
}
