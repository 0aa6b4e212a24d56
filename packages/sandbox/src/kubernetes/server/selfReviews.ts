// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Json } from '../store/fieldSets';
import type { AccessTable, Subject } from './AccessTable';

/** What `system:public-info-viewer` and `system:discovery` let everybody read. */
const PUBLIC_PATHS = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const DISCOVERY_PATHS = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
  '/version/',
];

function creates(group: string, resources: string[]) {
  return { verbs: ['create'], apiGroups: [group], resources };
}

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
            creates('authorization.k8s.io', [
              'selfsubjectaccessreviews',
              'selfsubjectrulesreviews',
            ]),
            creates('authentication.k8s.io', ['selfsubjectreviews']),
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
          nonResourceRules: [PUBLIC_PATHS, DISCOVERY_PATHS].map(paths => ({
            verbs: ['get'],
            nonResourceURLs: paths,
          })),
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
