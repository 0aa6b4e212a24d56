// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';

/** What the store of the sandbox creates, and the status that a controller then writes. */
export interface NewObject {
  object: {
    apiVersion: string;
    kind: string;
    metadata: {
      name: string;
      namespace: string;
      labels: Record<string, string>;
      [field: string]: unknown;
    };
    spec: Record<string, unknown>;
  };
  status: Record<string, unknown>;
}

/** Namespaces that the objects are spread over. */
export const NAMESPACES = Array.from({ length: 40 }, (_, at) => `team-${at}`);

const BORN = '2026-11-01T08:00:00Z';

function hex(seed: string, length: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

function revision(seed: number): string {
  return `main@sha1:${hex(`commit-${seed}`, 40)}`;
}

/**
 * A Kustomization that has lived for a while: five entries of history, which is
 * what Flux keeps, and eight objects of its own. With what the API server adds it
 * is about as large as the objects behind the reference figures (6.8 KB).
 */
export function makeKustomization(at: number): NewObject {
  const name = `service-${at}`;
  const namespace = NAMESPACES[at % NAMESPACES.length];
  const current = revision(0);
  const ready = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    observedGeneration: 3,
    lastTransitionTime: '2026-11-20T09:15:27Z',
  });
  return {
    object: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name,
        namespace,
        labels: {
          'app.kubernetes.io/name': name,
          'app.kubernetes.io/part-of': `system-${at % 200}`,
          'backstage.io/kubernetes-id': name,
          'kustomize.toolkit.fluxcd.io/name': namespace,
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
        annotations: {
          'kustomize.toolkit.fluxcd.io/ssa': 'Merge',
          'reconcile.fluxcd.io/requestedAt': '2026-11-20T09:15:02.118361Z',
        },
        finalizers: ['finalizers.fluxcd.io'],
      },
      spec: {
        commonMetadata: {
          labels: { 'backstage.io/kubernetes-id': name },
        },
        dependsOn: [{ name: 'platform', namespace: 'flux-system' }],
        force: false,
        interval: '10m0s',
        path: `./apps/${namespace}/${name}/overlays/prod`,
        prune: true,
        retryInterval: '1m0s',
        serviceAccountName: 'deployer',
        sourceRef: {
          kind: 'GitRepository',
          name: 'gitops',
          namespace: 'flux-system',
        },
        targetNamespace: namespace,
        timeout: '5m0s',
        wait: true,
        postBuild: {
          substitute: {
            cluster: 'aks-prod-weu',
            environment: 'prod',
            region: 'westeurope',
          },
          substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-settings' }],
        },
      },
    },
    status: {
      conditions: [
        ready(
          'Ready',
          'ReconciliationSucceeded',
          `Applied revision: ${current}`,
        ),
        ready('Healthy', 'Succeeded', 'Health check passed in 15.119481283s'),
      ],
      history: [0, 1, 2, 3, 4].map(back => ({
        digest: `sha256:${hex(`${name}-${back}`, 64)}`,
        firstReconciled: `2026-11-${20 - back}T09:15:27Z`,
        lastReconciled: `2026-11-${20 - back}T17:45:${10 + (at % 50)}Z`,
        lastReconciledDuration: `${200 + (at % 700)}.8253ms`,
        lastReconciledStatus: 'ReconciliationSucceeded',
        metadata: { revision: revision(back + (at % 7)) },
        totalReconciliations: 40 + back,
      })),
      inventory: {
        entries: [
          '_Namespace',
          '_ServiceAccount',
          '_ConfigMap',
          '_Service',
          'apps_Deployment',
          'autoscaling_HorizontalPodAutoscaler',
          'policy_PodDisruptionBudget',
          'networking.k8s.io_NetworkPolicy',
        ].map(id => ({ id: `${namespace}_${name}_${id}`, v: 'v1' })),
      },
      lastAppliedRevision: current,
      lastAttemptedRevision: current,
      lastHandledReconcileAt: '2026-11-20T09:15:02.118361Z',
      observedGeneration: 3,
    },
  };
}

/** How many pods have one owner. */
export const PODS_OF_AN_OWNER = 3;

/** What owns pods, as each must have an owner that exists: a kind that neither side watches. */
export function makeOwner(at: number) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `service-${at}`,
      namespace: NAMESPACES[at % NAMESPACES.length],
    },
    spec: {
      suspend: true,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'app', image: 'app' }],
        },
      },
    },
  };
}

/** A pod of a service as AKS runs it. */
export function makePod(
  at: number,
  owner: { name: string; uid?: string },
): NewObject {
  const service = Math.floor(at / PODS_OF_AN_OWNER);
  const app = `service-${service}`;
  const namespace = NAMESPACES[service % NAMESPACES.length];
  const hash = hex(app, 10);
  const name = `${app}-${hash}-${hex(`${app}-${at}`, 5)}`;
  const node = `aks-apps-31337042-vmss${String(at % 60).padStart(6, '0')}`;
  const token = `kube-api-access-${hex(name, 5)}`;
  const image = `acrfairway.azurecr.io/${namespace}/${app}:1.${service % 40}.0`;
  const digest = `sha256:${hex(image, 64)}`;
  const container = (containerName: string, from: string) => ({
    name: containerName,
    image: from,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: [
      ...['LOG_LEVEL', 'PORT', 'REGION', 'ENVIRONMENT', 'CLUSTER'].map(key => ({
        name: key,
        value: `${key.toLowerCase()}-of-${app}`,
      })),
      {
        name: 'AZURE_CLIENT_ID',
        value: '00000000-0000-0000-0000-000000000000',
      },
      {
        name: 'POD_NAME',
        valueFrom: {
          fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' },
        },
      },
    ],
    livenessProbe: probe('/healthz'),
    readinessProbe: probe('/readyz'),
    resources: {
      limits: { memory: '256Mi' },
      requests: { cpu: '100m', memory: '128Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [
      {
        name: token,
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ],
  });
  const running = (containerName: string, from: string) => ({
    name: containerName,
    image: from,
    imageID: `${from.split(':')[0]}@${digest}`,
    containerID: `containerd://${hex(`${name}-${containerName}`, 64)}`,
    ready: true,
    started: true,
    restartCount: at % 3,
    state: { running: { startedAt: '2026-11-20T09:15:19Z' } },
    lastState: {},
  });
  return {
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        generateName: `${app}-${hash}-`,
        labels: {
          'app.kubernetes.io/name': app,
          'app.kubernetes.io/part-of': `system-${service % 200}`,
          'backstage.io/kubernetes-id': app,
          'pod-template-hash': hash,
        },
        annotations: {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': '8080',
        },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name: owner.name,
            uid: owner.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {
        containers: [container('app', image)],
        nodeName: node,
        serviceAccountName: app,
        volumes: [
          {
            name: token,
            projected: {
              defaultMode: 420,
              sources: [
                {
                  serviceAccountToken: {
                    expirationSeconds: 3607,
                    path: 'token',
                  },
                },
                {
                  configMap: {
                    name: 'kube-root-ca.crt',
                    items: [{ key: 'ca.crt', path: 'ca.crt' }],
                  },
                },
              ],
            },
          },
        ],
        tolerations: ['not-ready', 'unreachable'].map(reason => ({
          key: `node.kubernetes.io/${reason}`,
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        })),
      },
    },
    status: {
      phase: 'Running',
      conditions: [
        'PodReadyToStartContainers',
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(type => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: '2026-11-20T09:15:21Z',
      })),
      hostIP: `10.224.0.${at % 60}`,
      podIP: `10.244.${Math.floor(at / 250) % 250}.${at % 250}`,
      podIPs: [{ ip: `10.244.${Math.floor(at / 250) % 250}.${at % 250}` }],
      startTime: BORN,
      qosClass: 'Burstable',
      containerStatuses: [running('app', image)],
    },
  };
}

function probe(path: string) {
  return {
    httpGet: { path, port: 'http', scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}
