// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterStore, KubeObject } from '../kubernetes/types';

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  verbs?: string[];
}

interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

export interface Access {
  verb: string;
  group: string;
  resource: string;
  name: string;
  /** Empty for cluster-scoped resources. */
  namespace: string;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/**
 * What a service account may do, by the (Cluster)RoleBindings of its cluster.
 * kustomize-controller impersonates `spec.serviceAccountName`; a service
 * account that does not exist is simply one that nobody bound anything to.
 */
export class RbacAuthorizer {
  readonly #store: ClusterStore;

  private constructor(store: ClusterStore) {
    this.#store = store;
  }

  static create(store: ClusterStore): RbacAuthorizer {
    return new RbacAuthorizer(store);
  }

  allows(
    serviceAccount: { namespace: string; name: string },
    access: Access,
  ): boolean {
    for (const binding of this.#list('ClusterRoleBinding')) {
      if (binds(binding, serviceAccount) && this.#grants(binding, '', access)) {
        return true;
      }
    }
    if (access.namespace === '') {
      return false;
    }
    return this.#list('RoleBinding', access.namespace).some(
      binding =>
        binds(binding, serviceAccount) &&
        this.#grants(binding, access.namespace, access),
    );
  }

  #grants(binding: KubeObject, namespace: string, access: Access): boolean {
    const { kind, name } = binding.roleRef ?? {};
    // The roles that every API server brings itself need not be stored.
    if (kind === 'ClusterRole' && name === 'cluster-admin') {
      return true;
    }
    const role = this.#store.get({
      apiVersion: RBAC,
      kind,
      name,
      ...(kind === 'Role' ? { namespace } : {}),
    });
    return ((role?.rules ?? []) as Rule[]).some(rule => covers(rule, access));
  }

  #list(kind: string, namespace?: string): KubeObject[] {
    return this.#store.kindOf(RBAC, kind)
      ? this.#store.list(RBAC, kind, namespace ? { namespace } : undefined)
      : [];
  }
}

function binds(
  binding: KubeObject,
  account: { namespace: string; name: string },
): boolean {
  const groups = new Set([
    'system:serviceaccounts',
    `system:serviceaccounts:${account.namespace}`,
    'system:authenticated',
  ]);
  const user = `system:serviceaccount:${account.namespace}:${account.name}`;
  return ((binding.subjects ?? []) as Subject[]).some(subject => {
    switch (subject.kind) {
      case 'ServiceAccount':
        return (
          subject.name === account.name &&
          (subject.namespace ?? binding.metadata.namespace) ===
            account.namespace
        );
      case 'User':
        return subject.name === user;
      case 'Group':
        return groups.has(subject.name);
      default:
        return false;
    }
  });
}

function covers(rule: Rule, access: Access): boolean {
  return (
    has(rule.verbs, access.verb) &&
    has(rule.apiGroups, access.group) &&
    has(rule.resources, access.resource) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(access.name))
  );
}

function has(list: readonly string[] | undefined, value: string): boolean {
  return Boolean(list && (list.includes('*') || list.includes(value)));
}
