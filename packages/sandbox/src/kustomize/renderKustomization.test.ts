// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DEPLOYMENT, build, deployment, expected } from './__testing__/build';

/** A kustomization of one Deployment, and what it builds. */
const cases: [
  what: string,
  file: string,
  result: string,
  more?: Record<string, string>,
][] = [
  ['resources as they are', '', DEPLOYMENT],
  [
    'namespace',
    'namespace: team-a',
    deployment({ metadata: '{name: orders, namespace: team-a}' }),
  ],
  [
    'namePrefix and nameSuffix',
    'namePrefix: a-\nnameSuffix: -z',
    deployment({ metadata: '{name: a-orders-z}' }),
  ],
  [
    'labels: metadata only',
    'labels: [{pairs: {team: a}}]',
    deployment({ metadata: '{name: orders, labels: {team: a}}' }),
  ],
  [
    'labels with templates',
    'labels: [{pairs: {team: a}, includeTemplates: true}]',
    deployment({
      metadata: '{name: orders, labels: {team: a}}',
      labels: '{app: orders, team: a}',
    }),
  ],
  [
    'labels with selectors',
    'labels: [{pairs: {team: a}, includeSelectors: true}]',
    deployment({
      metadata: '{name: orders, labels: {team: a}}',
      labels: '{app: orders, team: a}',
      selector: '{app: orders, team: a}',
    }),
  ],
  [
    'commonLabels',
    'commonLabels: {team: a}',
    deployment({
      metadata: '{name: orders, labels: {team: a}}',
      labels: '{app: orders, team: a}',
      selector: '{app: orders, team: a}',
    }),
  ],
  [
    'images: newTag',
    'images: [{name: registry.example.com/team-a/orders, newTag: "2.0.0"}]',
    deployment({ image: 'registry.example.com/team-a/orders:2.0.0' }),
  ],
  [
    'images: newName',
    'images: [{name: registry.example.com/team-a/orders, newName: mirror:5000/orders}]',
    deployment({ image: 'mirror:5000/orders:1.0.0' }),
  ],
  [
    'images: digest',
    'images: [{name: registry.example.com/team-a/orders, digest: "sha256:abc"}]',
    deployment({ image: 'registry.example.com/team-a/orders@sha256:abc' }),
  ],
  [
    'images: another name',
    'images: [{name: registry.example.com/team-a/order, newTag: "2.0.0"}]',
    DEPLOYMENT,
  ],
  [
    'replicas',
    'replicas: [{name: orders, count: 3}]',
    deployment({ replicas: 3 }),
  ],
  [
    'patches: strategic merge inline, found by its own id',
    `
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders}
      spec:
        replicas: 5
        template:
          spec:
            containers:
              - name: orders
                env: [{name: A, value: "1"}]
`,
    deployment({ replicas: 5, container: 'env: [{name: A, value: "1"}]' }),
  ],
  [
    'patches: JSON 6902 by target',
    `
patches:
  - target: {kind: Deployment, name: ord.*}
    patch: |
      - {op: replace, path: /spec/replicas, value: 4}
      - {op: add, path: /metadata/annotations, value: {a: b}}
`,
    deployment({
      replicas: 4,
      metadata: '{name: orders, annotations: {a: b}}',
    }),
  ],
  [
    'patches: a target that matches nothing',
    `
patches:
  - target: {kind: StatefulSet}
    patch: '[{op: remove, path: /spec}]'
  - target: {kind: Deployment, labelSelector: "tier in (web)"}
    patch: '[{op: remove, path: /spec}]'
`,
    DEPLOYMENT,
  ],
  [
    'patches: from a file, for any object of a kind',
    'patches: [{path: patch.yaml, target: {kind: Deployment}}]',
    deployment({ pod: 'priorityClassName: high' }),
    {
      'app/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: any}\nspec: {template: {spec: {priorityClassName: high}}}\n',
    },
  ],
  [
    'patchesStrategicMerge, with null and $patch directives',
    'patchesStrategicMerge: [patch.yaml]',
    `
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector:
    matchLabels: {app: orders}
  template:
    metadata:
      labels: {x: "y"}
    spec:
      containers:
        - {name: sidecar, image: sidecar}
`,
    {
      'app/patch.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: null
  template:
    metadata:
      labels: {$patch: replace, x: "y"}
    spec:
      containers:
        - {name: sidecar, image: sidecar}
        - {name: orders, $patch: delete}
`,
    },
  ],
  [
    'patchesJson6902',
    'patchesJson6902: [{target: {group: apps, version: v1, kind: Deployment, name: orders}, patch: "[{op: remove, path: /spec/replicas}]"}]',
    DEPLOYMENT.replace('  replicas: 1\n', ''),
  ],
  [
    'a patch that deletes an object',
    'patches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: orders}, $patch: delete}"}]',
    '',
  ],
];

describe('one Deployment through every feature', () => {
  it.each(cases)('%s', (...[, file, result, more]) => {
    const files = {
      'app/kustomization.yaml': `resources: [deployment.yaml]\n${file}`,
      'app/deployment.yaml': DEPLOYMENT,
      ...more,
    };
    expect(build(files)).toBe(expected(result));
  });
});

it('commonAnnotations reach pod templates', () => {
  const text = build({
    'app/kustomization.yaml': 'resources: [d.yaml]\ncommonAnnotations: {a: b}',
    'app/d.yaml': DEPLOYMENT,
  });
  expect(text.match(/annotations:\n +a: b/g)).toHaveLength(2);
});

it('a sidecar of a patch comes first, what is merged keeps its place in the patch', () => {
  const text = build({
    'app/kustomization.yaml': `
resources: [d.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: orders}
      spec: {template: {spec: {containers: [{name: proxy, image: proxy}]}}}
`,
    'app/d.yaml': DEPLOYMENT,
  });
  expect(text.indexOf('image: proxy')).toBeLessThan(
    text.indexOf('team-a/orders'),
  );
});

it('bases, components and overlays, deep', () => {
  const files = {
    'base/kustomization.yaml':
      'resources: [d.yaml, extra]\nlabels: [{pairs: {app.kubernetes.io/name: orders}}]',
    'base/d.yaml': `${DEPLOYMENT}---\n# nothing in this document\n---\napiVersion: v1\nkind: Service\nmetadata: {name: orders}\nspec: {selector: {app: orders}}\n`,
    'base/extra/kustomization.yml': 'resources: [list.yaml]',
    'base/extra/list.yaml':
      'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}]',
    'parts/high/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas: [{name: orders, count: 9}]',
    'app/prod/kustomization.yaml':
      'resources: [../../base]\ncomponents: [../../parts/high]\nnamespace: team-a',
  };
  expect(build(files, 'app/prod')).toBe(
    expected(
      `${deployment({
        metadata:
          '{name: orders, namespace: team-a, labels: {app.kubernetes.io/name: orders}}',
        replicas: 9,
      })}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: team-a, labels: {app.kubernetes.io/name: orders}}
spec: {selector: {app: orders}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: team-a, labels: {app.kubernetes.io/name: orders}}
`,
    ),
  );
});

it('a namespace renames Namespace objects and leaves cluster-scoped ones', () => {
  const text = build({
    'app/kustomization.yaml': 'namespace: team-n\nresources: [all.yaml]',
    'app/all.yaml': `
{apiVersion: v1, kind: Namespace, metadata: {name: team-n-extra}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reader}, rules: []}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: r}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: default, namespace: x}, {kind: ServiceAccount, name: sa}, {kind: ServiceAccount, name: other, namespace: y}]
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa}}
`,
  });
  expect(text).toBe(
    expected(`
{apiVersion: v1, kind: Namespace, metadata: {name: team-n}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reader}, rules: []}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: r, namespace: team-n}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: default, namespace: team-n}, {kind: ServiceAccount, name: sa, namespace: team-n}, {kind: ServiceAccount, name: other, namespace: y}]
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa, namespace: team-n}}
`),
  );
});
