// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';
import {
  type DemoService,
  type EnvironmentName,
  imageOf,
  kustomizationOf,
  namespaceOf,
} from '../DemoWorld';

/** Files of `apps/<team>/<service>/base`. */
export function baseFiles(demo: DemoService): Map<string, string> {
  const folder = `apps/${demo.team}/${demo.name}/base`;
  const resources = ['workload.yaml'];
  const files = new Map<string, string>();
  files.set(`${folder}/workload.yaml`, stringify(workload(demo)));
  if (demo.kind !== 'CronJob') {
    resources.push('service.yaml');
    files.set(`${folder}/service.yaml`, stringify(networkService(demo)));
  }
  if (demo.kind === 'Deployment') {
    resources.push('pdb.yaml');
    files.set(`${folder}/pdb.yaml`, stringify(disruptionBudget(demo)));
  }
  files.set(
    `${folder}/kustomization.yaml`,
    stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources,
      labels: [
        {
          pairs: { 'app.kubernetes.io/name': demo.name },
          includeTemplates: true,
        },
        // What Flux adds to the objects of a Kustomization, a shared one cannot.
        ...(demo.appliedBy
          ? [
              {
                pairs: {
                  'backstage.io/kubernetes-id': demo.name,
                  'fairway.dev/team': demo.team,
                },
              },
            ]
          : []),
      ],
    }),
  );
  return files;
}

/** `apps/<team>/<service>/overlays/<environment>/kustomization.yaml` at one version. */
export function overlayFile(
  demo: DemoService,
  environment: EnvironmentName,
  version: string,
  trouble: boolean,
): [path: string, content: string] {
  const patches: unknown[] = [];
  if (demo.kind !== 'CronJob') {
    patches.push({
      target: { kind: demo.kind, name: demo.name },
      patch: stringify([
        {
          op: 'add',
          path: '/spec/replicas',
          value: demo.replicas[environment],
        },
      ]),
    });
  }
  const behaviour = trouble ? demo.trouble[environment] : undefined;
  if (behaviour && behaviour !== 'image-quarantined') {
    patches.push({
      target: { kind: demo.kind, name: demo.name },
      patch: stringify({
        apiVersion: 'apps/v1',
        kind: demo.kind,
        metadata: { name: demo.name },
        spec: {
          template: {
            metadata: {
              annotations: { 'sandbox.fairway.dev/behaviour': behaviour },
            },
          },
        },
      }),
    });
  }
  return [
    `${overlayFolder(demo, environment)}/kustomization.yaml`,
    stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base'],
      images: [{ name: imageOf(demo), newTag: version }],
      ...(patches.length > 0 ? { patches } : {}),
    }),
  ];
}

export function overlayFolder(
  demo: DemoService,
  environment: EnvironmentName,
): string {
  return `apps/${demo.team}/${demo.name}/overlays/${environment}`;
}

/** Where an environment's Flux finds the Kustomization of a service. */
export function fluxPath(
  demo: DemoService,
  environment: EnvironmentName,
): string {
  return `clusters/${environment}/apps/${
    demo.appliedBy ?? `${demo.team}-${demo.name}`
  }.yaml`;
}

/** What Flux reconciles for a service in an environment. */
export function fluxFile(
  demo: DemoService,
  environment: EnvironmentName,
): [path: string, content: string] {
  const namespace = namespaceOf(demo);
  return [
    fluxPath(demo, environment),
    stringify({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name: kustomizationOf(demo),
        namespace,
        ...(demo.appliedBy
          ? {}
          : { labels: { 'backstage.io/kubernetes-id': demo.name } }),
      },
      spec: {
        interval: '10m',
        retryInterval: '2m',
        timeout: '5m',
        prune: true,
        ...(demo.healthChecked ? { wait: true } : {}),
        path: `./${
          demo.appliedBy
            ? sharedFolder(demo, environment)
            : overlayFolder(demo, environment)
        }`,
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
        targetNamespace: namespace,
        serviceAccountName: `${namespace}-reconciler`,
        commonMetadata: {
          labels: {
            ...(demo.appliedBy
              ? {}
              : { 'backstage.io/kubernetes-id': demo.name }),
            'fairway.dev/team': demo.team,
          },
        },
        dependsOn: [{ name: 'platform-configs', namespace: 'flux-system' }],
      },
    }),
  ];
}

function sharedFolder(demo: DemoService, environment: EnvironmentName): string {
  return `apps/${demo.team}/overlays/${environment}`;
}

/** The list by which one Kustomization applies several services of a team. */
export function sharedFile(
  demos: DemoService[],
  environment: EnvironmentName,
): [path: string, content: string] {
  return [
    `${sharedFolder(demos[0], environment)}/kustomization.yaml`,
    stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: demos.map(
        ({ name }) => `../../${name}/overlays/${environment}`,
      ),
    }),
  ];
}

function workload(demo: DemoService): object {
  const container = {
    name: demo.name,
    image: imageOf(demo),
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '256Mi' },
    },
    readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
  };
  if (demo.kind === 'CronJob') {
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: demo.name },
      spec: {
        schedule: demo.schedule,
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  {
                    name: container.name,
                    image: container.image,
                    resources: container.resources,
                  },
                ],
              },
            },
          },
        },
      },
    };
  }
  return {
    apiVersion: 'apps/v1',
    kind: demo.kind,
    metadata: { name: demo.name },
    spec: {
      ...(demo.kind === 'StatefulSet' ? { serviceName: demo.name } : {}),
      selector: { matchLabels: { 'app.kubernetes.io/name': demo.name } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': demo.name } },
        spec: { containers: [container] },
      },
    },
  };
}

function networkService(demo: DemoService): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: demo.name },
    spec: {
      selector: { 'app.kubernetes.io/name': demo.name },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  };
}

function disruptionBudget(demo: DemoService): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: demo.name },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': demo.name } },
    },
  };
}
