// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../ApiError';
import type { KubeObject, ResourceKind } from '../types';
import type { Json } from './fieldSets';
import { duration, requiredFields } from './fluxRules';

interface Cause {
  reason: string;
  message: string;
  field: string;
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

function invalid(field: string, value: unknown, why: string): Cause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
    field,
  };
}

function required(field: string, why?: string): Cause {
  return {
    reason: 'FieldValueRequired',
    message: why ? `Required value: ${why}` : 'Required value',
    field,
  };
}

/**
 * Refuses what the API server refuses, for what people get wrong in
 * deployments: names, selectors, containers, immutable fields, durations.
 *
 * @throws ApiError 422 that names every bad field
 */
export function validate(
  kind: ResourceKind,
  object: KubeObject,
  before?: KubeObject,
): void {
  const causes = [
    ...nameCauses(kind, object),
    ...workloadCauses(object),
    ...immutableCauses(object, before),
    ...finalizerCauses(object, before),
    ...fluxCauses(object),
  ];
  if (causes.length > 0) {
    throw invalidError(kind, object.metadata.name ?? '', causes);
  }
}

function invalidError(
  kind: ResourceKind,
  name: string,
  causes: Cause[],
): ApiError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  return new ApiError(
    422,
    'Invalid',
    `${kind.group ? `${kind.kind}.${kind.group}` : kind.kind} ${JSON.stringify(
      name,
    )} is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
    {
      ...(name ? { name } : {}),
      ...(kind.group ? { group: kind.group } : {}),
      kind: kind.kind,
      causes,
    },
  );
}

function nameCauses(kind: ResourceKind, { metadata }: KubeObject): Cause[] {
  const { name } = metadata;
  if (!name) {
    return [required('metadata.name', 'name or generateName is required')];
  }
  if (kind.group === 'rbac.authorization.k8s.io') {
    return [];
  }
  const [pattern, rule] = ['Namespace', 'Service'].includes(kind.kind)
    ? [LABEL, LABEL_RULE]
    : [SUBDOMAIN, SUBDOMAIN_RULE];
  return pattern.test(name) && name.length <= 253
    ? []
    : [invalid('metadata.name', name, rule)];
}

const WORKLOADS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

function workloadCauses(object: KubeObject): Cause[] {
  const { kind, apiVersion, spec } = object;
  const causes: Cause[] = [];
  if (apiVersion === 'apps/v1' && WORKLOADS.includes(kind)) {
    const wanted = spec.selector?.matchLabels;
    const labels = spec.template?.metadata?.labels ?? {};
    if (!spec.selector) {
      causes.push(required('spec.selector'));
    } else if (
      wanted &&
      Object.keys(wanted).some(key => wanted[key] !== labels[key])
    ) {
      causes.push(
        invalid(
          'spec.template.metadata.labels',
          labels,
          '`selector` does not match template `labels`',
        ),
      );
    }
    if (Number(spec.replicas) < 0) {
      causes.push(
        invalid(
          'spec.replicas',
          spec.replicas,
          'must be greater than or equal to 0',
        ),
      );
    }
    causes.push(...containerCauses(spec.template?.spec, 'spec.template.spec'));
  }
  if (apiVersion === 'v1' && kind === 'Pod') {
    causes.push(...containerCauses(spec, 'spec'));
  }
  if (apiVersion === 'batch/v1' && kind === 'Job') {
    causes.push(...containerCauses(spec.template?.spec, 'spec.template.spec'));
  }
  return causes;
}

function containerCauses(spec: Json, path: string): Cause[] {
  if (!Array.isArray(spec?.containers) || spec.containers.length === 0) {
    return [required(`${path}.containers`)];
  }
  return ['initContainers', 'containers'].flatMap(list =>
    ((spec[list] ?? []) as Json[]).flatMap((container, at) => {
      const field = `${path}.${list}[${at}]`;
      const causes: Cause[] = [];
      if (!container.name) {
        causes.push(required(`${field}.name`));
      } else if (!LABEL.test(container.name)) {
        causes.push(invalid(`${field}.name`, container.name, LABEL_RULE));
      }
      if (!container.image) {
        causes.push(required(`${field}.image`));
      }
      return causes;
    }),
  );
}

/** Immutable fields by kind: paths below spec. */
const IMMUTABLE: Record<string, string[]> = {
  'apps/v1 Deployment': ['selector'],
  'apps/v1 ReplicaSet': ['selector'],
  'apps/v1 DaemonSet': ['selector'],
  'batch/v1 Job': ['selector', 'template', 'completionMode'],
};

const STATEFUL_MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function immutableCauses(object: KubeObject, before?: KubeObject): Cause[] {
  if (!before) {
    return [];
  }
  const key = `${object.apiVersion} ${object.kind}`;
  if (key === 'apps/v1 StatefulSet') {
    const rest = (spec: Json) =>
      Object.fromEntries(
        Object.entries(spec ?? {}).filter(
          ([field]) => !STATEFUL_MUTABLE.includes(field),
        ),
      );
    return isDeepStrictEqual(rest(before.spec), rest(object.spec))
      ? []
      : [
          {
            reason: 'FieldValueForbidden',
            message: `Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden`,
            field: 'spec',
          },
        ];
  }
  return (IMMUTABLE[key] ?? [])
    .filter(
      field => !isDeepStrictEqual(before.spec?.[field], object.spec?.[field]),
    )
    .map(field =>
      invalid(`spec.${field}`, object.spec?.[field], 'field is immutable'),
    );
}

/** What is being deleted takes no new finalizers (`kubernetes/apimachinery:pkg/api/validation/objectmeta.go`). */
function finalizerCauses(object: KubeObject, before?: KubeObject): Cause[] {
  if (!before?.metadata.deletionTimestamp) {
    return [];
  }
  const known = before.metadata.finalizers ?? [];
  const added = (object.metadata.finalizers ?? [])
    .filter(name => !known.includes(name))
    .sort();
  return added.length === 0
    ? []
    : [
        {
          reason: 'FieldValueForbidden',
          message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
            .map(name => JSON.stringify(name))
            .join(', ')}}`,
          field: 'metadata.finalizers',
        },
      ];
}

function fluxCauses(object: KubeObject): Cause[] {
  if (!object.apiVersion.includes('.toolkit.fluxcd.io/')) {
    return [];
  }
  const spec = object.spec ?? {};
  const causes = requiredFields(object.kind)
    .filter(field => spec[field] === undefined)
    .map(field => required(`spec.${field}`));
  for (const field of ['interval', 'retryInterval', 'timeout']) {
    const value = spec[field];
    if (typeof value === 'string' && !duration.test(value)) {
      causes.push(
        invalid(
          `spec.${field}`,
          value,
          `spec.${field} in body should match '${duration.source}'`,
        ),
      );
    }
  }
  return causes;
}
