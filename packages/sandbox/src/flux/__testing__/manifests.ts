// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';

/** A Deployment as it stands in git. */
export function deployment(
  name: string,
  tag: string,
  more: { annotations?: object; selector?: Record<string, string> } = {},
): string {
  const labels = more.selector ?? { app: name };
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      ...(more.annotations ? { annotations: more.annotations } : {}),
    },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name, image: `registry.example.com/${name}:${tag}` }],
        },
      },
    },
  });
}

export function service(name: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });
}

export function autoscaler(name: string): string {
  return stringify({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 6,
    },
  });
}

/** A child Kustomization as it stands in git. */
export function child(name: string, namespace: string, spec: object): string {
  return stringify({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: {
      interval: '5m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'store' },
      targetNamespace: namespace,
      ...spec,
    },
  });
}

/** Any other object as it stands in git. */
export function manifest(
  apiVersion: string,
  kind: string,
  name: string,
  fields: object = {},
  metadata: object = {},
): string {
  return stringify({
    apiVersion,
    kind,
    metadata: { name, ...metadata },
    ...fields,
  });
}
