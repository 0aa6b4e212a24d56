// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Json } from '../store/fieldSets';
import type { AccessTable, Subject } from './AccessTable';

/** Reviews by path: what a client may ask about itself. */
export function selfReview(
  pathname: string,
  subject: Subject,
  access: AccessTable,
  body: Json,
  now: Date,
): Record<string, unknown> | undefined {
  switch (pathname) {
    case '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': {
      const wanted = body?.spec?.resourceAttributes;
      const allowed = wanted
        ? access.allows(subject, {
            verb: wanted.verb ?? '*',
            group: wanted.group ?? '',
            resource: wanted.resource ?? '*',
            subresource: wanted.subresource,
            namespace: wanted.namespace,
            name: wanted.name,
          })
        : body?.spec?.nonResourceAttributes?.verb === 'get';
      return {
        kind: 'SelfSubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        metadata: {},
        spec: body?.spec ?? {},
        status: { allowed },
      };
    }
    case '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews':
      return {
        kind: 'SelfSubjectRulesReview',
        apiVersion: 'authorization.k8s.io/v1',
        metadata: {},
        spec: {},
        status: {
          resourceRules: [
            {
              verbs: ['create'],
              apiGroups: ['authorization.k8s.io'],
              resources: [
                'selfsubjectaccessreviews',
                'selfsubjectrulesreviews',
              ],
            },
            ...subject.rules
              .filter(
                ({ namespaces }) =>
                  !namespaces || namespaces.includes(body?.spec?.namespace),
              )
              .map(({ verbs, groups, resources }) => ({
                verbs,
                apiGroups: groups,
                resources,
              })),
          ],
          nonResourceRules: [
            {
              verbs: ['get'],
              nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version'],
            },
          ],
          incomplete: false,
        },
      };
    case '/apis/authentication.k8s.io/v1/selfsubjectreviews':
      return {
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: {
          creationTimestamp: now.toISOString().replace(/\.\d{3}Z$/, 'Z'),
        },
        status: {
          userInfo: {
            username: subject.user,
            uid: subject.uid,
            groups: subject.groups,
          },
        },
      };
    default:
      return undefined;
  }
}
