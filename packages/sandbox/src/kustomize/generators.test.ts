// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { build, expected, failure } from './__testing__/build';

describe('generators', () => {
  // Names with hashes as the Kubernetes documentation prints them
  // (kubernetes.io, "Declarative Management of Kubernetes Objects Using Kustomize").
  it.each([
    [
      'configMapGenerator: [{name: example-configmap-1, files: [application.properties]}]',
      'example-configmap-1-8mbdf7882g',
    ],
    [
      'configMapGenerator: [{name: example-configmap-2, literals: [FOO=Bar]}]',
      'example-configmap-2-g2hdhfc6tk',
    ],
    [
      'secretGenerator: [{name: example-secret-1, files: [password.txt]}]',
      'example-secret-1-t2kt65hgtb',
    ],
  ])('%s', (file, name) => {
    const text = build({
      'app/kustomization.yaml': file,
      'app/application.properties': 'FOO=Bar\n',
      'app/password.txt': 'username=admin\npassword=secret\n',
    });
    expect(/metadata:\n {2}name: (.*)/.exec(text)?.[1]).toBe(name);
  });

  it('content, types, options, and no hash when it is switched off', () => {
    expect(
      build({
        'app/kustomization.yaml': `
generatorOptions: {disableNameSuffixHash: true, labels: {all: "yes"}}
configMapGenerator:
  - {name: e, envs: [.env]}
  - {name: c, files: [renamed=a.txt], literals: ["B='quoted'", "C=x=y"], options: {annotations: {k: v}}}
secretGenerator:
  - {name: s, type: kubernetes.io/tls, literals: [a=b], options: {immutable: true}}
`,
        'app/a.txt': 'text\n',
        'app/.env': '# a comment\nA=1\n\nB=x=y\n',
      }),
    ).toBe(
      expected(`
apiVersion: v1
kind: ConfigMap
metadata: {name: e, labels: {all: "yes"}}
data: {A: "1", B: x=y}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, labels: {all: "yes"}, annotations: {k: v}}
data: {renamed: "text\\n", B: quoted, C: x=y}
---
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
immutable: true
metadata: {name: s, labels: {all: "yes"}}
data: {a: Yg==}
`),
    );
  });

  it('merge and replace what a base generates', () => {
    const files = (behavior: string) => ({
      'base/kustomization.yaml':
        'configMapGenerator: [{name: c, literals: [a=1, b=2]}]\ngeneratorOptions: {disableNameSuffixHash: true}',
      'app/kustomization.yaml': `resources: [../base]\nnamespace: n\nconfigMapGenerator: [{name: c, behavior: ${behavior}, literals: [b=3], options: {disableNameSuffixHash: true}}]`,
    });
    const data = (text: string) =>
      expected(
        `{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: n}, data: ${text}}`,
      );
    expect(build(files('merge'))).toBe(data('{a: "1", b: "3"}'));
    expect(build(files('replace'))).toBe(data('{b: "3"}'));
    expect(failure(files('create'))).toMatch(
      'behavior must be merge or replace',
    );
  });

  it('every reference follows prefix, hash and namespace', () => {
    const text = build({
      'app/kustomization.yaml': `
namePrefix: p-
resources: [all.yaml]
configMapGenerator: [{name: c, literals: [a=1]}]
secretGenerator: [{name: s, literals: [a=1]}]
`,
      'app/all.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    spec:
      serviceAccountName: sa
      imagePullSecrets: [{name: s}]
      containers:
        - name: x
          envFrom: [{configMapRef: {name: c}}, {secretRef: {name: s}}, {configMapRef: {name: elsewhere}}]
          env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: a}}}, {name: B, valueFrom: {secretKeyRef: {name: s, key: a}}}]
      volumes:
        - {name: a, configMap: {name: c}}
        - {name: b, secret: {secretName: s}}
        - {name: c, persistentVolumeClaim: {claimName: pvc}}
        - {name: d, projected: {sources: [{configMap: {name: c}}, {secret: {name: s}}]}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa}}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: pvc}}
---
{apiVersion: v1, kind: Service, metadata: {name: d}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec:
  defaultBackend: {service: {name: d}}
  tls: [{secretName: s}]
  rules: [{http: {paths: [{backend: {service: {name: d}}}, {backend: {service: {name: other}}}]}}]
`,
    });
    const names = [
      ...text.matchAll(
        /(?:name|secretName|claimName|serviceAccountName): "?([\w-]+)/g,
      ),
    ].map(match => match[1]);
    expect(
      names.filter(name => ['c', 's', 'sa', 'pvc'].includes(name)).length,
    ).toBe(1 + 0 + 0 + 0);
    expect(new Set(names.filter(name => /^p-[cs]-/.test(name))).size).toBe(2);
    expect(names).toEqual(
      expect.arrayContaining(['p-sa', 'p-pvc', 'p-d', 'elsewhere', 'other']),
    );
    expect(text).toMatch(
      /scaleTargetRef:\n {4}apiVersion: apps\/v1\n {4}kind: Deployment\n {4}name: p-d\n/,
    );
    expect(text).toMatch(/defaultBackend:\n {4}service:\n {6}name: p-d\n/);
    expect(text).toMatch(/secretName: p-s-/);
  });
});
