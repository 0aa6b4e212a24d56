// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';
import type { EnvironmentName } from '../DemoWorld';

function fluxKustomization(name: string, spec: object): object {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...spec,
    },
  };
}

function documents(...objects: object[]): string {
  return objects.map(object => stringify(object)).join('---\n');
}

/** What the platform team keeps in Git for one environment: controllers, configuration, tenants. */
export function platformFiles(
  environment: EnvironmentName,
): Map<string, string> {
  return new Map([
    [
      `clusters/${environment}/platform.yaml`,
      documents(
        fluxKustomization('platform-controllers', {
          path: `./platform/controllers/${environment}`,
        }),
        fluxKustomization('platform-configs', {
          path: `./platform/configs/${environment}`,
          dependsOn: [{ name: 'platform-controllers' }],
        }),
      ),
    ],
    [
      `clusters/${environment}/kustomization.yaml`,
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['platform.yaml', 'tenants.yaml', 'apps.yaml'],
      }),
    ],
    [
      `clusters/${environment}/tenants.yaml`,
      documents(
        fluxKustomization('tenants', {
          path: `./tenants/${environment}`,
        }),
      ),
    ],
    [
      `clusters/${environment}/apps.yaml`,
      documents(
        // The folder has no kustomization.yaml: a file more is a service more,
        // and no list must be edited. Namespaces come first, by the tenants.
        fluxKustomization('apps', {
          path: `./clusters/${environment}/apps`,
          wait: false,
          dependsOn: [{ name: 'tenants' }],
        }),
      ),
    ],
    [
      `platform/controllers/${environment}/kustomization.yaml`,
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['../base'],
      }),
    ],
    [
      `platform/configs/${environment}/kustomization.yaml`,
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: 'platform',
        configMapGenerator: [
          {
            name: 'cluster-defaults',
            literals: [`environment=${environment}`, 'region=westeurope'],
          },
        ],
        generatorOptions: { disableNameSuffixHash: true },
      }),
    ],
  ]);
}

/** Bases that all environments share. */
export function platformBases(): Map<string, string> {
  return new Map([
    [
      'platform/controllers/base/kustomization.yaml',
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: 'platform',
        resources: ['config-reloader.yaml', 'tenant-deployer.yaml'],
      }),
    ],
    [
      'platform/controllers/base/tenant-deployer.yaml',
      // What a team's Flux may make in the team's namespace: never cluster-admin.
      stringify({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'tenant-deployer' },
        rules: [
          {
            apiGroups: [
              '',
              'apps',
              'batch',
              'autoscaling',
              'policy',
              'networking.k8s.io',
              'gateway.networking.k8s.io',
            ],
            resources: ['*'],
            verbs: ['*'],
          },
        ],
      }),
    ],
    [
      'platform/controllers/base/config-reloader.yaml',
      stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'config-reloader' },
        spec: {
          replicas: 1,
          selector: {
            matchLabels: { 'app.kubernetes.io/name': 'config-reloader' },
          },
          template: {
            metadata: {
              labels: { 'app.kubernetes.io/name': 'config-reloader' },
            },
            spec: {
              containers: [
                {
                  name: 'config-reloader',
                  image: 'mcr.example.com/platform/config-reloader:2.4.1',
                  resources: {
                    requests: { cpu: '50m', memory: '64Mi' },
                    limits: { memory: '128Mi' },
                  },
                },
              ],
            },
          },
        },
      }),
    ],
  ]);
}

/** A namespace of a team. */
export interface Tenant {
  namespace: string;
  /** Nobody, for a namespace that nobody claimed. */
  owner?: string;
  /** How many services run in it: its quota grows with them. */
  services: number;
}

/**
 * The object set of one tenant: Namespace with its owner, the service account
 * that Flux uses, quota, and the source. Made by the platform, so that what it
 * says about ownership can be believed.
 */
export function tenantFiles(
  { namespace, owner, services }: Tenant,
  gitopsUrl: string,
): Map<string, string> {
  const folder = `tenants/base/${namespace}`;
  return new Map([
    [
      `${folder}/kustomization.yaml`,
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['tenant.yaml'],
      }),
    ],
    [
      `${folder}/tenant.yaml`,
      documents(
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: namespace,
            labels: {
              'toolkit.fluxcd.io/tenant': namespace,
              'pod-security.kubernetes.io/enforce': 'restricted',
            },
            ...(owner ? { annotations: { 'fairway.dev/owner': owner } } : {}),
          },
        },
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: `${namespace}-reconciler`, namespace },
        },
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: `${namespace}-reconciler`, namespace },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: 'tenant-deployer',
          },
          subjects: [
            {
              kind: 'ServiceAccount',
              name: `${namespace}-reconciler`,
              namespace,
            },
          ],
        },
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'tenant', namespace },
          spec: {
            hard: {
              'requests.cpu': String(Math.max(20, services)),
              'requests.memory': `${Math.max(40, services)}Gi`,
              pods: String(Math.max(200, 5 * services)),
            },
          },
        },
        {
          apiVersion: 'source.toolkit.fluxcd.io/v1',
          kind: 'GitRepository',
          metadata: { name: 'gitops', namespace },
          spec: {
            interval: '1m',
            timeout: '60s',
            url: gitopsUrl,
            ref: { branch: 'main' },
          },
        },
      ),
    ],
  ]);
}

/** `tenants/<environment>`: which tenants an environment has. */
export function tenantsOverlay(
  environment: EnvironmentName,
  namespaces: string[],
): [string, string] {
  return [
    `tenants/${environment}/kustomization.yaml`,
    stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: namespaces.map(namespace => `../base/${namespace}`),
    }),
  ];
}

/** The two objects that a bootstrap leaves in every cluster. */
export function bootstrapObjects(
  environment: EnvironmentName,
  gitopsUrl: string,
): object[] {
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: {
        interval: '1m',
        timeout: '60s',
        url: gitopsUrl,
        ref: { branch: 'main' },
      },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: {
        interval: '10m',
        prune: true,
        path: `./clusters/${environment}`,
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      },
    },
  ];
}
