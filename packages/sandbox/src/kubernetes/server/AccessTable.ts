// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import { resourceName } from '../kinds/names';
import type { ResourceKind } from '../types';

/** What a subject may do; `*` is everything. */
export interface AccessRule {
  verbs: string[];
  groups: string[];
  /** Plurals, with `/<subresource>` for those. */
  resources: string[];
  /** Resources that the rule leaves out. */
  except?: string[];
  /** All namespaces and the cluster scope when left out. */
  namespaces?: string[];
}

export interface Subject {
  user: string;
  uid: string;
  groups: string[];
  rules: AccessRule[];
}

export interface AccessRequest {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

const READ = ['get', 'list', 'watch'];
const FLUX_GROUPS = [
  'kustomize.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
];

/** The sandbox's tokens. Secrets are for nobody but the administrator. */
export const SANDBOX_SUBJECTS: Record<string, Subject> = {
  'sandbox-portal': {
    user: 'fairway-portal',
    uid: 'portal-uid',
    groups: ['fairway:portal', 'system:authenticated'],
    rules: [
      { verbs: READ, groups: ['*'], resources: ['*'], except: ['secrets'] },
      { verbs: ['patch'], groups: FLUX_GROUPS, resources: ['*'] },
    ],
  },
  'sandbox-admin': {
    user: 'sandbox-admin',
    uid: 'admin-uid',
    groups: ['system:masters', 'system:authenticated'],
    rules: [{ verbs: ['*'], groups: ['*'], resources: ['*'] }],
  },
  'sandbox-nobody': {
    user: 'portal-viewer',
    uid: 'viewer-uid',
    groups: ['portal-viewers', 'system:authenticated'],
    rules: [],
  },
};

function holds(list: string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** Who the bearer tokens are, and what they may do. */
export class AccessTable {
  readonly #subjects: Record<string, Subject>;

  constructor(subjects: Record<string, Subject> = SANDBOX_SUBJECTS) {
    this.#subjects = subjects;
  }

  subjectOf(authorization: string | undefined): Subject | undefined {
    const token = authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
    return token !== undefined && Object.hasOwn(this.#subjects, token)
      ? this.#subjects[token]
      : undefined;
  }

  allows(subject: Subject, request: AccessRequest): boolean {
    const resource = request.subresource
      ? `${request.resource}/${request.subresource}`
      : request.resource;
    return subject.rules.some(
      rule =>
        holds(rule.verbs, request.verb) &&
        holds(rule.groups, request.group) &&
        holds(rule.resources, resource) &&
        !rule.except?.includes(request.resource) &&
        (!rule.namespaces ||
          (request.namespace !== undefined &&
            rule.namespaces.includes(request.namespace))),
    );
  }
}

/** The 403 in the server's words. */
export function forbidden(
  subject: Subject,
  kind: ResourceKind,
  request: AccessRequest,
): ApiError {
  const where = request.namespace
    ? `in the namespace "${request.namespace}"`
    : 'at the cluster scope';
  const resource = request.subresource
    ? `${request.resource}/${request.subresource}`
    : request.resource;
  return new ApiError(
    403,
    'Forbidden',
    `${resourceName(kind)}${
      request.name ? ` "${request.name}"` : ''
    } is forbidden: User "${subject.user}" cannot ${
      request.verb
    } resource "${resource}" in API group "${request.group}" ${where}`,
    {
      ...(request.name ? { name: request.name } : {}),
      ...(request.group ? { group: request.group } : {}),
      kind: request.resource,
    },
  );
}
