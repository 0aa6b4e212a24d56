// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  at,
  type Manifest,
  type ManifestProblem,
  type ManifestScope,
} from './Manifest';

/** Spec fields of a service's Flux Kustomization; others could leave the tenant. */
const FIELDS = new Set([
  'interval',
  'retryInterval',
  'timeout',
  'prune',
  'wait',
  'path',
  'sourceRef',
  'targetNamespace',
  'serviceAccountName',
  'commonMetadata',
  'dependsOn',
]);

/**
 * Rules for the Flux Kustomization of a service: it stays in the team's namespace
 * and acts as the team's own account (Flux documentation, "Multi-tenancy lockdown").
 */
export function checkFluxObjects(
  manifests: Manifest[],
  scope: ManifestScope,
): ManifestProblem[] {
  const { team, service } = scope;
  const problems: ManifestProblem[] = [];
  const objects = manifests.filter(({ path }) => path.startsWith('clusters/'));
  for (const { path, object } of objects) {
    const say = (message: string) => problems.push({ path, message });
    const environment = path.split('/')[1];
    const expected: Record<string, string | boolean> = {
      'metadata.name': service,
      'metadata.namespace': team,
      'spec.prune': true,
      'spec.path': `./apps/${team}/${service}/overlays/${environment}`,
      'spec.sourceRef.kind': 'GitRepository',
      'spec.sourceRef.name': 'gitops',
      'spec.targetNamespace': team,
      'spec.serviceAccountName': `${team}-reconciler`,
    };
    for (const [field, value] of Object.entries(expected)) {
      if (at(object, field) !== value) {
        say(`${field} must be ${value}`);
      }
    }
    // Keys with dots in them.
    const labels = at(object, 'spec.commonMetadata.labels') as
      | Record<string, unknown>
      | undefined;
    if (labels?.['backstage.io/kubernetes-id'] !== service) {
      say(
        `spec.commonMetadata.labels: backstage.io/kubernetes-id must be ${service}`,
      );
    }
    if (labels?.['fairway.dev/team'] !== team) {
      say(`spec.commonMetadata.labels: fairway.dev/team must be ${team}`);
    }
    if (at(object, 'spec.sourceRef.namespace') !== undefined) {
      say('spec.sourceRef.namespace must be left out');
    }
    for (const field of Object.keys((at(object, 'spec') as object) ?? {})) {
      if (!FIELDS.has(field)) {
        say(`spec.${field} is not allowed`);
      }
    }
  }
  return problems;
}
