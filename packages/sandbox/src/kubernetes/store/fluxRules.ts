// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import type { KubeObject } from '../types';

/** Durations in Flux's kinds, as their definitions spell the pattern. */
export const duration = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

interface SpecRules {
  required: string[];
  fields: Set<string>;
}

function rules(required: string, optional: string): SpecRules {
  const names = required.split(' ');
  return {
    required: names,
    fields: new Set([...names, ...optional.split(' ')]),
  };
}

/** First level of `spec` of each Flux kind (the served OpenAPI of Flux 2.9's definitions). */
const SPECS: Record<string, SpecRules> = {
  Kustomization: rules(
    'interval prune sourceRef',
    'buildMetadata commonMetadata components decryption deletionPolicy dependsOn force healthCheckExprs healthChecks ignore ignoreMissingComponents images kubeConfig namePrefix nameSuffix patches path postBuild retryInterval serviceAccountName suspend targetNamespace timeout wait',
  ),
  GitRepository: rules(
    'interval url',
    'ignore include provider proxySecretRef recurseSubmodules ref secretRef serviceAccountName sparseCheckout suspend timeout verify',
  ),
  OCIRepository: rules(
    'interval url',
    'certSecretRef ignore insecure layerSelector provider proxySecretRef ref secretRef serviceAccountName suspend timeout verify',
  ),
  HelmRepository: rules(
    'url',
    'accessFrom certSecretRef insecure interval passCredentials provider secretRef suspend timeout type',
  ),
  HelmChart: rules(
    'chart interval sourceRef',
    'ignoreMissingValuesFiles reconcileStrategy suspend valuesFiles verify version',
  ),
  HelmRelease: rules(
    'interval',
    'chart chartRef commonMetadata dependsOn driftDetection healthCheckExprs install kubeConfig maxHistory persistentClient postRenderStrategy postRenderers releaseName rollback serviceAccountName storageNamespace suspend targetNamespace test timeout uninstall upgrade values valuesFrom waitStrategy',
  ),
};

export function requiredFields(kind: string): string[] {
  return SPECS[kind]?.required ?? [];
}

/**
 * Refuses a field that the definition does not have, in an apply.
 *
 * @throws ApiError 500 without a reason: that is what the real server answers
 */
export function refuseUnknownFields(object: KubeObject): void {
  const spec = SPECS[object.kind];
  if (!spec || !object.apiVersion.includes('.toolkit.fluxcd.io/')) {
    return;
  }
  const unknown = Object.keys(object.spec ?? {}).find(
    field => !spec.fields.has(field),
  );
  if (unknown) {
    const { namespace, name } = object.metadata;
    throw new ApiError(
      500,
      '',
      `failed to create typed patch object (${namespace}/${name}; ${object.apiVersion}, Kind=${object.kind}): .spec.${unknown}: field not declared in schema`,
    );
  }
}
