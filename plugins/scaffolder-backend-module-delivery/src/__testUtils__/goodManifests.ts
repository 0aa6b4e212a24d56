// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export const SCOPE = {
  team: 'team-a',
  service: 'checkout',
  environments: ['dev'],
  registry: 'acrfairway.azurecr.io',
};
export const BASE = 'apps/team-a/checkout/base';
export const OVERLAY = 'apps/team-a/checkout/overlays/dev/kustomization.yaml';
export const FLUX = 'clusters/dev/apps/team-a-checkout.yaml';
const LABEL = { 'app.kubernetes.io/name': 'checkout' };

/* eslint-disable @typescript-eslint/no-explicit-any -- manifests are free-form, and each case breaks one */
export type Files = Record<string, any>;

/** A small set that passes all rules. */
export function goodFiles(): Files {
  return {
    [`${BASE}/kustomization.yaml`]: {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['deployment.yaml', 'service.yaml'],
      labels: [
        {
          includeTemplates: true,
          pairs: {
            ...LABEL,
            'app.kubernetes.io/part-of': 'team-a',
            'app.kubernetes.io/managed-by': 'fairway',
            'fairway.dev/team': 'team-a',
            'fairway.dev/cost-center': 'team-a',
          },
        },
      ],
    },
    [`${BASE}/deployment.yaml`]: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'checkout' },
      spec: {
        selector: { matchLabels: LABEL },
        template: {
          metadata: { labels: LABEL },
          spec: {
            serviceAccountName: 'checkout',
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'checkout',
                image: 'acrfairway.azurecr.io/team-a/checkout',
                ports: [{ name: 'http', containerPort: 8080 }],
                resources: {
                  requests: { cpu: '100m', memory: '128Mi' },
                  limits: { memory: '256Mi' },
                },
                livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
                readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    },
    [`${BASE}/service.yaml`]: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'checkout' },
      spec: { selector: LABEL, ports: [{ port: 80, targetPort: 'http' }] },
    },
    [`${BASE}/serviceaccount.yaml`]: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'checkout' },
    },
    [`${BASE}/hpa.yaml`]: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'checkout' },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'checkout',
        },
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [{ type: 'Resource' }],
      },
    },
    [`${BASE}/pdb.yaml`]: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'checkout' },
      spec: { maxUnavailable: 1, selector: { matchLabels: LABEL } },
    },
    [`${BASE}/networkpolicy.yaml`]: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'checkout' },
      spec: {
        podSelector: { matchLabels: LABEL },
        policyTypes: ['Ingress', 'Egress'],
      },
    },
    [OVERLAY]: {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base'],
      images: [
        { name: 'acrfairway.azurecr.io/team-a/checkout', newTag: '0.1.0' },
      ],
    },
    [FLUX]: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'checkout', namespace: 'team-a' },
      spec: {
        interval: '10m',
        prune: true,
        path: './apps/team-a/checkout/overlays/dev',
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
        targetNamespace: 'team-a',
        serviceAccountName: 'team-a-reconciler',
        commonMetadata: {
          labels: {
            'backstage.io/kubernetes-id': 'checkout',
            'fairway.dev/team': 'team-a',
          },
        },
      },
    },
  };
}
