// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import { isCustom, resourceName } from '../kinds/names';
import type { KubeObject, ResourceKind } from '../types';

/** @throws ApiError 500, as the storage has it: a new object has no version */
export function withoutVersion(object: KubeObject): KubeObject {
  if (object.metadata.resourceVersion) {
    throw new ApiError(
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    );
  }
  return object;
}

/**
 * Custom resources cannot be replaced blindly
 * (`kubernetes/apiextensions-apiserver:pkg/registry/customresource/strategy.go`, `AllowUnconditionalUpdate`).
 *
 * @throws ApiError 422 when the version that was read is missing
 */
export function conditional(
  kind: ResourceKind,
  object: KubeObject,
): KubeObject {
  const { name, resourceVersion } = object.metadata;
  if (isCustom(kind) && !resourceVersion) {
    const cause = 'Invalid value: 0: must be specified for an update';
    throw new ApiError(
      422,
      'Invalid',
      `${resourceName(
        kind,
      )} "${name}" is invalid: metadata.resourceVersion: ${cause}`,
      {
        name,
        group: kind.group,
        kind: kind.plural,
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: cause,
            field: 'metadata.resourceVersion',
          },
        ],
      },
    );
  }
  return object;
}
