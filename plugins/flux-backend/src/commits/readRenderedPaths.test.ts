// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isBelow, normalizePath, readRenderedPaths } from './readRenderedPaths';

function read(files: Record<string, string>, path: string) {
  return readRenderedPaths(
    { readFile: async file => files[file.path] },
    { path, at: 'a'.repeat(40) },
  );
}

describe('readRenderedPaths', () => {
  it('follows overlay, base, component and the files that they name', async () => {
    expect(
      await read(
        {
          'apps/orders/overlays/dev/kustomization.yaml': `
resources: [../../base, ../../../shared/quota.yaml, https://example.com/x.yaml, "git@host:a/b?ref=v1"]
components: [../../../shared/component]
images: [{ name: acr/orders, newTag: 1.10 }]
patches: [{ path: replicas.yaml }, { patch: "- op: add" }]
configMapGenerator: [{ name: c, files: [motd=../../motd.txt], envs: [app.env] }]
`,
          'apps/orders/base/Kustomization': `
resources: [deployment.yaml, ../../../../outside]
patchesStrategicMerge: [patch.yaml]
images: [{ name: acr/orders, newTag: 0.0.1 }, { name: acr/proxy, newTag: "2" }]
`,
          'apps/shared/component/kustomization.yml': 'kind: Component\n',
        },
        './apps/orders/overlays/dev/',
      ),
    ).toEqual({
      paths: [
        'apps/orders/base',
        'apps/orders/motd.txt',
        'apps/orders/overlays/dev',
        'apps/shared/component',
        'apps/shared/quota.yaml',
      ],
      images: { 'acr/orders': '1.1', 'acr/proxy': '2' },
    });
  });

  it.each([
    ['a directory without a kustomization file', {}, ['apps/orders']],
    [
      'one that is no YAML',
      { 'apps/orders/kustomization.yaml': '{{ nonsense' },
      ['apps/orders'],
    ],
    [
      'one that is a list',
      { 'apps/orders/kustomization.yaml': '- a\n- b\n' },
      ['apps/orders'],
    ],
    [
      'one that refers to itself',
      { 'apps/orders/kustomization.yaml': 'resources: [.]\n' },
      ['apps/orders'],
    ],
    [
      'two in a circle',
      {
        'apps/orders/kustomization.yaml': 'resources: [../base]\n',
        'apps/base/kustomization.yaml': 'resources: [../orders]\n',
      },
      ['apps/base', 'apps/orders'],
    ],
    [
      'one that refers to what lies above it',
      { 'apps/orders/kustomization.yaml': 'resources: [../../]\n' },
      [''],
    ],
  ])('stops at %s', async (_, files, paths) => {
    expect((await read(files, 'apps/orders')).paths).toEqual(paths);
  });

  it('reads no more than so many directories', async () => {
    let reads = 0;
    const { paths } = await readRenderedPaths(
      {
        readFile: async ({ path }) => {
          reads += 1;
          const depth = Number(/d(\d+)\/kustomization/.exec(path)?.[1] ?? 0);
          return `resources: [../d${depth + 1}]\n`;
        },
      },
      { path: 'd0', at: 'a'.repeat(40) },
    );
    expect([reads, paths.length]).toEqual([50, 50]);
  });
});

describe('isBelow', () => {
  it.each([
    ['apps/orders/x.yaml', 'apps/orders', true],
    ['apps/orders', 'apps/orders', true],
    ['apps/orders-api/x.yaml', 'apps/orders', false],
    ['apps/x.yaml', 'apps/orders', false],
    ['anything', '', true],
  ])('%s below %s: %s', (file, path, expected) => {
    expect(isBelow(file, path)).toBe(expected);
  });
});

describe('normalizePath', () => {
  it.each([
    ['./apps/orders/', 'apps/orders'],
    ['/apps//orders', 'apps/orders'],
    ['./', ''],
    ['', ''],
    ['apps/../infra', 'infra'],
  ])('%s is %s', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });
});
