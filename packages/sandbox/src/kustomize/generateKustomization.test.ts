// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DEPLOYMENT } from './__testing__/build';
import { FileTree, generateKustomization, renderKustomization } from '.';

const files = new Map([
  [
    'clusters/dev/apps/b.yaml',
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}',
  ],
  [
    'clusters/dev/a.yml',
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}',
  ],
  ['clusters/dev/README.md', 'not YAML: ['],
  [
    'clusters/dev/sub/kustomization.yaml',
    'resources: [d.yaml]\nnamePrefix: sub-',
  ],
  ['clusters/dev/sub/d.yaml', DEPLOYMENT],
  ['clusters/dev/sub/deeper/ignored.yaml', 'not: kubernetes'],
  [
    'clusters/other.yaml',
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}',
  ],
]);

function names(tree: FileTree, overrides = {}): string[] {
  return renderKustomization(
    tree,
    'clusters/dev',
    generateKustomization(tree, 'clusters/dev', overrides),
  ).map(
    object =>
      `${object.kind} ${object.metadata.namespace ?? ''}/${
        object.metadata.name
      }`,
  );
}

it('lists what lies in a folder without a kustomization file, kustomized folders as one', () => {
  const tree = FileTree.of(files, '/tmp/k');
  expect(generateKustomization(tree, 'clusters/dev', {}).resources).toEqual([
    './a.yml',
    './apps/b.yaml',
    './sub',
  ]);
  expect(names(tree)).toEqual([
    'ConfigMap /a',
    'ConfigMap /b',
    'Deployment /sub-orders',
  ]);
});

it('puts in what the Flux Kustomization says', () => {
  const tree = FileTree.of(files, '/tmp/k');
  const objects = renderKustomization(
    tree,
    'clusters/dev/sub',
    generateKustomization(tree, 'clusters/dev/sub', {
      targetNamespace: 'team-a',
      nameSuffix: '-x',
      images: [{ name: 'registry.example.com/team-a/orders', newTag: '9' }],
      patches: [
        {
          patch: '[{op: remove, path: /spec/replicas}]',
          target: { kind: 'Deployment' },
        },
      ],
      components: ['../missing'],
      ignoreMissingComponents: true,
    }),
  );
  expect(objects).toMatchObject([
    {
      metadata: { name: 'sub-orders-x', namespace: 'team-a' },
      spec: {
        template: {
          spec: {
            containers: [{ image: 'registry.example.com/team-a/orders:9' }],
          },
        },
      },
    },
  ]);
  expect(objects[0].spec).not.toHaveProperty('replicas');
});

it('refuses a file that is no Kubernetes object', () => {
  const tree = FileTree.of(
    new Map([...files, ['clusters/dev/x.yaml', 'a: 1']]),
    '/tmp/k',
  );
  expect(() => names(tree)).toThrow(
    "failed to decode Kubernetes YAML from /tmp/k/clusters/dev/x.yaml: missing Resource metadata: Object 'Kind' is missing in '/tmp/k/clusters/dev/x.yaml'",
  );
});

it('knows whether another tree would build the same', () => {
  const { tree, reads } = FileTree.of(files, '/tmp/k').recording('/tmp/x');
  names(tree);
  const agrees = (path: string, content?: string) => {
    const other = new Map(files);
    if (content === undefined) {
      other.delete(path);
    } else {
      other.set(path, content);
    }
    return FileTree.of(other, '/tmp/k').agreesWith(reads);
  };
  expect(agrees('clusters/other.yaml', 'changed: true')).toBe(true);
  expect(agrees('clusters/new.yaml', 'a: 1')).toBe(true);
  expect(agrees('clusters/dev/apps/b.yaml', '{}')).toBe(false);
  expect(agrees('clusters/dev/new.yaml', '{}')).toBe(false);
  expect(agrees('clusters/dev/sub/d.yaml')).toBe(false);
});
