// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import { resourceName } from '../kinds/names';
import type { KubeObject, Preconditions, ResourceKind } from '../types';

function details(kind: ResourceKind, name: string): Record<string, unknown> {
  return {
    name,
    ...(kind.group ? { group: kind.group } : {}),
    kind: kind.plural,
  };
}

export function notFound(kind: ResourceKind, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${resourceName(kind)} "${name}" not found`,
    details(kind, name),
  );
}

export function notServed(): ApiError {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
  );
}

export function alreadyExists(kind: ResourceKind, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${resourceName(kind)} "${name}" already exists`,
    details(kind, name),
  );
}

export function modifiedMeanwhile(kind: ResourceKind, name: string): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resourceName(
      kind,
    )} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    details(kind, name),
  );
}

/** Refused by an admission plugin, not by roles. */
export function forbidden(
  kind: ResourceKind,
  name: string,
  why: string,
): ApiError {
  return new ApiError(
    403,
    'Forbidden',
    `${resourceName(kind)} "${name}" is forbidden: ${why}`,
    details(kind, name),
  );
}

export function namespaceMissing(namespace: string): ApiError {
  return new ApiError(404, 'NotFound', `namespaces "${namespace}" not found`, {
    name: namespace,
    kind: 'namespaces',
  });
}

export function namespaceTerminating(
  kind: ResourceKind,
  name: string,
  namespace: string,
): ApiError {
  return new ApiError(
    403,
    'Forbidden',
    `${resourceName(
      kind,
    )} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      ...details(kind, name),
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}

/**
 * @throws ApiError 409 for an object that is not, or no longer, the one that was meant
 */
export function checkPreconditions(
  kind: ResourceKind,
  { metadata }: KubeObject,
  wanted: Preconditions = {},
): void {
  const { uid, resourceVersion } = wanted;
  let why: string | undefined;
  if (uid !== undefined && uid !== metadata.uid) {
    why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
  } else if (
    resourceVersion !== undefined &&
    resourceVersion !== metadata.resourceVersion
  ) {
    why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`;
  }
  if (why) {
    // The server names the kind here where it names the resource elsewhere
    // (`kubernetes/apiserver:pkg/registry/rest/delete.go`).
    const named = { ...kind, plural: kind.kind };
    throw new ApiError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${resourceName(named)} "${
        metadata.name
      }": ${why}`,
      details(named, metadata.name),
    );
  }
}
