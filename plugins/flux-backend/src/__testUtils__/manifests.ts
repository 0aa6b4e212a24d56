// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '@fairway/sandbox';

export const IMAGE = 'acrfairway.azurecr.io/team-a/orders';

/** What one environment of a service asks for. */
export interface Overlay {
  version: string;
  replicas?: number;
  /** Content of a ConfigMap without a hash in its name: no pod template changes with it. */
  greeting?: string;
  /** How its pods behave, when that is not well. */
  behaviour?: 'crash-loop' | 'never-ready';
}

/** `apps/team-a/<service>/base`: a workload and a component that it refers to. */
export function baseFiles(
  service: string,
  environmentVariable = 'calm',
): Array<{ path: string; content: string }> {
  const folder = `apps/team-a/${service}/base`;
  return [
    {
      path: `${folder}/kustomization.yaml`,
      content: `resources:
  - workload.yaml
components:
  - ../../shared
`,
    },
    {
      path: `${folder}/workload.yaml`,
      content: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  replicas: 2
  selector:
    matchLabels: { app.kubernetes.io/name: ${service} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: ${service} }
    spec:
      containers:
        - name: ${service}
          image: acrfairway.azurecr.io/team-a/${service}
          env:
            - { name: MOOD, value: ${environmentVariable} }
`,
    },
  ];
}

/** What all services refer to. */
export function sharedFile(mark: string): { path: string; content: string } {
  return {
    path: 'apps/team-a/shared/kustomization.yaml',
    content: `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
commonAnnotations: { fairway.dev/shared: "${mark}" }
`,
  };
}

/** `apps/team-a/<service>/overlays/<environment>`. */
export function overlayFile(
  service: string,
  environment: string,
  { version, replicas = 2, greeting = 'hello', behaviour }: Overlay,
): { path: string; content: string } {
  return {
    path: `apps/team-a/${service}/overlays/${environment}/kustomization.yaml`,
    content: `resources:
  - ../../base
images:
  - name: acrfairway.azurecr.io/team-a/${service}
    newTag: ${version}
configMapGenerator:
  - name: ${service}-greeting
    literals: ["greeting=${greeting}"]
generatorOptions:
  disableNameSuffixHash: true
patches:
  - target: { kind: Deployment, name: ${service} }
    patch: |
      - { op: replace, path: /spec/replicas, value: ${replicas} }
${behaviour ? behaviourPatch(service, behaviour) : ''}`,
  };
}

function behaviourPatch(service: string, behaviour: string): string {
  return `  - target: { kind: Deployment, name: ${service} }
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ${service} }
      spec:
        template:
          metadata:
            annotations: { sandbox.fairway.dev/behaviour: ${behaviour} }
`;
}

export function namespace(name: string, owner?: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(owner ? { annotations: { 'fairway.dev/owner': owner } } : {}),
    },
  };
}

export function gitRepository(url: string): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'gitops', namespace: 'team-a' },
    spec: { interval: '1m', url, ref: { branch: 'main' } },
  };
}

export function kustomization(
  service: string,
  environment: string,
  spec: object = {},
): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: service,
      namespace: 'team-a',
      labels: { 'backstage.io/kubernetes-id': service },
    },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '3m',
      prune: true,
      wait: true,
      path: `./apps/team-a/${service}/overlays/${environment}`,
      sourceRef: { kind: 'GitRepository', name: 'gitops' },
      targetNamespace: 'team-a',
      commonMetadata: { labels: { 'backstage.io/kubernetes-id': service } },
      ...spec,
    },
  };
}

/** A workload that somebody put there without Flux. */
export function unmanaged(service: string, version: string): KubeObject {
  const labels = { 'app.kubernetes.io/name': service };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: service,
      namespace: 'team-a',
      labels: { 'backstage.io/kubernetes-id': service },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: service,
              image: `acrfairway.azurecr.io/team-a/${service}:${version}`,
            },
          ],
        },
      },
    },
  };
}

/** One directory for several services, as a team may have it that began before there were templates. */
export function teamFiles(
  versions: Record<string, string>,
): Array<{ path: string; content: string }> {
  const services = Object.entries(versions);
  return [
    {
      path: 'apps/team-wide/kustomization.yaml',
      content: `resources: [${services
        .map(([service]) => `${service}.yaml`)
        .join(', ')}]\n`,
    },
    ...services.map(([service, version]) => ({
      path: `apps/team-wide/${service}.yaml`,
      content: JSON.stringify(unmanaged(service, version)),
    })),
  ];
}
