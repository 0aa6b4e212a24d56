// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FileTree, renderKustomization } from '@fairway/sandbox';
import { parse } from 'yaml';
import { renderTemplate } from './__testUtils__/renderTemplate';
import {
  startTestPlatform,
  type TestPlatform,
} from './__testUtils__/startTestPlatform';
import {
  startTestScaffolder,
  type TestScaffolder,
} from './__testUtils__/startTestScaffolder';

jest.setTimeout(120_000);

const VALUES = {
  name: 'checkout',
  description: 'Takes orders: "quickly", and # without loss',
  owner: 'group:default/team-a',
  environments: ['dev', 'staging', 'prod'],
  exposure: 'none',
};

const SETS = [
  ['dev'],
  ['dev', 'staging'],
  ['dev', 'prod'],
  ['dev', 'staging', 'prod'],
];
const EXPOSURES = ['none', 'gateway', 'ingress-nginx'];
const COMBINATIONS = SETS.flatMap(environments =>
  EXPOSURES.map(exposure => ({ environments, exposure })),
);

describe('what node-service renders', () => {
  let platform: TestPlatform;
  let scaffolder: TestScaffolder;

  beforeAll(async () => {
    platform = await startTestPlatform();
    scaffolder = await startTestScaffolder(platform.config);
  });

  afterAll(async () => {
    await scaffolder.stop();
    await platform.stop();
  });

  it('is planned by a dry run, which makes nothing', async () => {
    const before = await platform.inventory();
    const { files, log } = await renderTemplate(scaffolder, VALUES);
    expect([...files.keys()].sort()).toEqual([
      'gitops/apps/team-a/checkout/base/deployment.yaml',
      'gitops/apps/team-a/checkout/base/hpa.yaml',
      'gitops/apps/team-a/checkout/base/kustomization.yaml',
      'gitops/apps/team-a/checkout/base/networkpolicy.yaml',
      'gitops/apps/team-a/checkout/base/pdb.yaml',
      'gitops/apps/team-a/checkout/base/service.yaml',
      'gitops/apps/team-a/checkout/base/serviceaccount.yaml',
      'gitops/apps/team-a/checkout/overlays/dev/kustomization.yaml',
      'gitops/apps/team-a/checkout/overlays/prod/kustomization.yaml',
      'gitops/apps/team-a/checkout/overlays/staging/kustomization.yaml',
      'gitops/clusters/dev/apps/team-a-checkout.yaml',
      'gitops/clusters/prod/apps/team-a-checkout.yaml',
      'gitops/clusters/staging/apps/team-a-checkout.yaml',
      'service/.dockerignore',
      'service/.editorconfig',
      'service/.gitignore',
      'service/Dockerfile',
      'service/README.md',
      'service/azure-pipelines.yml',
      'service/catalog-info.yaml',
      'service/docs/index.md',
      'service/mkdocs.yml',
      'service/package-lock.json',
      'service/package.json',
      'service/scripts/install-if-needed.mjs',
      'service/src/config.test.ts',
      'service/src/config.ts',
      'service/src/log.ts',
      'service/src/main.ts',
      'service/src/metrics.ts',
      'service/src/service.test.ts',
      'service/src/service.ts',
      'service/tsconfig.json',
    ]);
    for (const plan of [
      /Plan: repository .*team-a\/_git\/checkout, pipeline checkout, pull request/,
      /Plan: one commit with 20 files on main/,
      /Plan: branch policies on main: the pipeline succeeds/,
      /Plan: one commit on fairway\/team-a-checkout[^]*\+ clusters\/dev\/apps\/team-a-checkout.yaml/,
      /Plan: pull request "Add checkout of team-a"/,
      /Plan: register /,
    ]) {
      expect(log).toMatch(plan);
    }
    expect(await platform.inventory()).toEqual(before);

    expect(parse(files.get('service/catalog-info.yaml')!)).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'checkout',
        description: VALUES.description,
        annotations: {
          'backstage.io/kubernetes-id': 'checkout',
          'backstage.io/kubernetes-namespace': 'team-a',
          'backstage.io/source-template': 'template:default/node-service',
          'backstage.io/techdocs-ref': 'dir:.',
          'dev.azure.com/project-repo': 'team-a/checkout',
          'dev.azure.com/build-definition': 'checkout',
          'fairway.dev/gitops-path': 'apps/team-a/checkout',
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/team-a',
      },
    });
    expect(
      parse(files.get('gitops/clusters/dev/apps/team-a-checkout.yaml')!),
    ).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name: 'checkout',
        namespace: 'team-a',
        labels: { 'backstage.io/kubernetes-id': 'checkout' },
      },
      spec: {
        interval: '10m',
        retryInterval: '2m',
        timeout: '5m',
        prune: true,
        wait: true,
        path: './apps/team-a/checkout/overlays/dev',
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
        targetNamespace: 'team-a',
        serviceAccountName: 'team-a-reconciler',
        commonMetadata: {
          labels: {
            'backstage.io/kubernetes-id': 'checkout',
            'fairway.dev/team': 'team-a',
          },
        },
        dependsOn: [{ name: 'platform-configs', namespace: 'flux-system' }],
      },
    });
  });

  it.each(COMBINATIONS)(
    'builds with kustomize: $environments, $exposure',
    async ({ environments, exposure }) => {
      const { files } = await renderTemplate(scaffolder, {
        ...VALUES,
        environments,
        exposure,
      });
      const tree = FileTree.of(
        new Map(
          [...files]
            .filter(([path]) => path.startsWith('gitops/'))
            .map(([path, text]) => [path.slice('gitops/'.length), text]),
        ),
        '/gitops',
      );
      const folders = [...files.keys()].flatMap(
        path => /overlays\/([^/]+)\//.exec(path)?.[1] ?? [],
      );
      expect(folders.sort()).toEqual([...environments].sort());
      const exposed: Record<string, string[]> = {
        none: [],
        gateway: ['HTTPRoute'],
        'ingress-nginx': ['Ingress'],
      };
      for (const environment of environments) {
        const objects = renderKustomization(
          tree,
          `apps/team-a/checkout/overlays/${environment}`,
        );
        expect(objects.map(({ kind }) => kind).sort()).toEqual(
          [
            'Deployment',
            'HorizontalPodAutoscaler',
            'NetworkPolicy',
            'PodDisruptionBudget',
            'Service',
            'ServiceAccount',
            ...exposed[exposure],
          ].sort(),
        );
        for (const { metadata } of objects) {
          expect(metadata.labels).toMatchObject({
            'app.kubernetes.io/name': 'checkout',
            'app.kubernetes.io/part-of': 'team-a',
            'app.kubernetes.io/managed-by': 'fairway',
            'fairway.dev/team': 'team-a',
            'fairway.dev/cost-center': 'team-a',
          });
        }
        const [deployment] = objects.filter(
          ({ kind }) => kind === 'Deployment',
        );
        expect(deployment).toMatchObject({
          spec: {
            template: {
              metadata: { labels: { 'fairway.dev/team': 'team-a' } },
              spec: {
                containers: [
                  { image: 'acrfairway.azurecr.io/team-a/checkout:0.1.0' },
                ],
              },
            },
          },
        });
        expect(deployment.spec).not.toHaveProperty('replicas');
        const host = `checkout-team-a.${environment}.apps.example.com`;
        expect(JSON.stringify(objects).includes(host)).toBe(
          exposure !== 'none',
        );
      }
      const { annotations } = parse(
        files.get('service/catalog-info.yaml')!,
      ).metadata;
      expect(annotations['fairway.dev/environments']).toBe(
        environments.length === 3 ? undefined : environments.join(','),
      );
    },
  );

  it.each(['yes', 'null', 'true', 'off'])(
    'keeps the name %s a name wherever it stands',
    async name => {
      const description = `!!js/function "a": ${name}, 1e3 & 0x10 - <b>`;
      const { files } = await renderTemplate(scaffolder, {
        ...VALUES,
        name,
        description,
      });
      const entity = parse(files.get('service/catalog-info.yaml')!);
      expect(entity.metadata).toMatchObject({ name, description });
      expect(JSON.parse(files.get('service/package.json')!)).toMatchObject({
        name,
        description,
      });
      expect(JSON.parse(files.get('service/package-lock.json')!).name).toBe(
        name,
      );
      expect(parse(files.get('service/mkdocs.yml')!).site_name).toBe(name);
      const flux = files.get(`gitops/clusters/dev/apps/team-a-${name}.yaml`)!;
      // As a reader of YAML 1.1 takes it, which kustomize is.
      expect(parse(flux, { version: '1.1' }).metadata.name).toBe(name);
    },
  );

  it("is a pipeline that never deploys, by the platform's template", async () => {
    const { files } = await renderTemplate(scaffolder, {
      ...VALUES,
      name: 'pipelined',
    });
    const text = files.get('service/azure-pipelines.yml')!;
    expect(text.split('\n').length).toBeLessThan(30);
    expect(text).not.toMatch(/\$\{\{/);
    expect(parse(text)).toEqual({
      trigger: { branches: { include: ['main'] } },
      resources: {
        repositories: [
          {
            repository: 'templates',
            type: 'git',
            name: 'platform/pipeline-templates',
            ref: 'refs/tags/v1',
          },
        ],
      },
      extends: {
        template: 'v1/container-service.yml@templates',
        parameters: {
          imageName: 'team-a/pipelined',
          dockerfile: 'Dockerfile',
          language: 'node',
          nodeVersion: '24.x',
          testCommand: 'npm test',
        },
      },
    });
    const result = await scaffolder.run({ ...VALUES, name: 'pipelined' });
    expect(result.status).toBe('completed');
    const [pipeline] = platform.devops.devops.definitions.all();
    const { finalYaml } = await platform.call<{ finalYaml: string }>(
      `team-a/_apis/pipelines/${pipeline.id}/preview?api-version=7.1`,
      { previewRun: true },
    );
    expect(finalYaml).toContain('stage: push');
    expect(finalYaml).not.toMatch(
      /kubectl|kubelogin|KubernetesManifest|Kubernetes@|HelmDeploy|deployment:|kubeconfig/i,
    );
  });

  it('is a service whose tests pass with npm test', async () => {
    const { files } = await renderTemplate(scaffolder, VALUES);
    const dir = mkdtempSync(join(tmpdir(), 'fairway-service-'));
    try {
      for (const [path, text] of files) {
        if (path.startsWith('service/')) {
          const target = join(dir, path.slice('service/'.length));
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, text);
        }
      }
      const manifest = JSON.parse(files.get('service/package.json')!);
      const lock = JSON.parse(files.get('service/package-lock.json')!);
      const { name, version, devDependencies, engines } = manifest;
      expect(lock.packages['']).toEqual({
        name,
        version,
        devDependencies,
        engines,
      });
      // What npm ci would install lies in this repository already.
      mkdirSync(join(dir, 'node_modules/@types'), { recursive: true });
      for (const dependency of ['typescript', '@types/node', 'undici-types']) {
        const found = require.resolve(`${dependency}/package.json`);
        symlinkSync(
          dirname(realpathSync(found)),
          join(dir, 'node_modules', dependency),
        );
      }
      const output = execFileSync('npm', ['test'], {
        cwd: dir,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: dir, NODE_ENV: 'development' },
      });
      expect(output).toMatch(/\bpass 9\b/);
      expect(output).toMatch(/\bfail 0\b/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
