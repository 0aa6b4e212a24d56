// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { WorkspaceFile } from '../files/readFiles';
import type { Manifest, ManifestProblem, ManifestScope } from './Manifest';

/** Kinds that a service may have, with the one version that is written. */
const KINDS: Record<string, string> = {
  Deployment: 'apps/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  ConfigMap: 'v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PodDisruptionBudget: 'policy/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
};

/** Every file lies where only this service's files lie, and holds what belongs there. */
export function checkPaths(
  files: WorkspaceFile[],
  scope: ManifestScope,
): ManifestProblem[] {
  const { team, service, environments } = scope;
  const folder = `apps/${team}/${service}`;
  const needed = [
    `${folder}/base/kustomization.yaml`,
    ...environments.flatMap(name => [
      `${folder}/overlays/${name}/kustomization.yaml`,
      `clusters/${name}/apps/${team}-${service}.yaml`,
    ]),
  ];
  const allowed = [
    `${folder}/base/`,
    ...environments.map(name => `${folder}/overlays/${name}/`),
  ];
  const paths = new Set(files.map(({ path }) => path));
  return [
    ...files
      .filter(
        ({ path }) =>
          !needed.includes(path) &&
          !allowed.some(prefix => path.startsWith(prefix)),
      )
      .map(({ path }) => ({
        path,
        message: `lies outside of ${folder}/ and the service's own file in clusters/`,
      })),
    ...needed
      .filter(path => !paths.has(path))
      .map(path => ({ path, message: 'is missing' })),
  ];
}

/** Only kinds of the list, in the folder where they belong. */
export function checkKinds(manifests: Manifest[]): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const names = new Set<string>();
  for (const { path, kind, apiVersion, name } of manifests) {
    const say = (message: string) => problems.push({ path, message });
    const expected = expectedVersion(path, kind);
    if (!expected) {
      say(`${kind} is not allowed here`);
    } else if (apiVersion !== expected) {
      say(`${kind} must be of ${expected}, not ${apiVersion}`);
    }
    if (name && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(?![\s\S])/.test(name)) {
      say(`metadata.name "${name}" is not a DNS-1123 label`);
    }
    const key = `${path.split('/').slice(0, -1).join('/')} ${kind}/${name}`;
    if (name && names.has(key)) {
      say(`${kind} ${name} is there twice`);
    }
    names.add(key);
  }
  return problems;
}

function expectedVersion(path: string, kind: string): string | undefined {
  if (path.startsWith('clusters/')) {
    return kind === 'Kustomization'
      ? 'kustomize.toolkit.fluxcd.io/v1'
      : undefined;
  }
  if (path.endsWith('/kustomization.yaml')) {
    return kind === 'Kustomization'
      ? 'kustomize.config.k8s.io/v1beta1'
      : undefined;
  }
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}
