// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskGitStore } from '../git';
import { FileTree, renderKustomization } from '../kustomize';
import { MemoryImageRegistry } from '../registry';
import { StateStore } from '../state';
import { bearRepositories } from './bearRepositories';
import { ENVIRONMENTS, imagesFor, loadDemoWorld } from './DemoWorld';
import { GITOPS } from '../pipelines/ImageUpdates';
import { deployedVersion, pastRollouts } from './history';
import { overlayFolder } from './manifests/service';

describe('bearRepositories', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairway-birth-'));
  const birth = new Date('2026-11-20T09:00:00Z');
  const world = loadDemoWorld();
  const git = DiskGitStore.open(folder);
  const state = StateStore.inMemory();
  const registry = MemoryImageRegistry.create(state);

  beforeAll(async () => {
    await bearRepositories({
      world,
      birth,
      git,
      registry,
      organisationUrl: 'http://localhost:7110/fairway',
      pipelineTemplates: new Map([
        ['v1/container-service.yml', 'stages: []\n'],
      ]),
    });
  }, 60_000);

  afterAll(() => {
    state.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives each service a repository whose commits are its releases, with the dates that the world tells', async () => {
    const orders = await git.log(
      { project: 'team-a', repository: 'orders' },
      'main',
    );
    expect(
      orders.map(({ message, author }) => [
        message.trim(),
        author.name,
        new Date(author.date).toISOString(),
      ]),
    ).toEqual([
      ['Add gift cards to the order', 'dev-a', '2026-11-20T06:40:00.000Z'],
      ['Retry on a lost connection', 'lead-a', '2026-11-11T08:40:00.000Z'],
      ['Round totals to cents', 'dev-a', '2026-09-26T08:40:00.000Z'],
    ]);
    expect(git.list()).toHaveLength(world.services.length + 3);
  });

  it('keeps one GitOps commit per rollout, and every overlay renders at the version that is deployed', async () => {
    const commits = await git.log(GITOPS, 'main', { limit: 1000 });
    expect(commits).toHaveLength(pastRollouts(world, birth).length + 1);

    const tree = FileTree.of(
      await git.readTree(GITOPS, commits[0].sha),
      '/gitops',
    );
    const rendered: string[] = [];
    const expected: string[] = [];
    for (const demo of world.services) {
      for (const environment of ENVIRONMENTS) {
        const version = deployedVersion(demo, environment);
        if (!version || !demo.environments.includes(environment)) {
          continue;
        }
        const workload = renderKustomization(
          tree,
          overlayFolder(demo, environment),
        ).find(({ kind }) => kind === demo.kind);
        const pod =
          workload?.spec.jobTemplate?.spec.template ?? workload?.spec.template;
        rendered.push(`${environment} ${pod?.spec.containers[0].image}`);
        expected.push(
          `${environment} acrfairway.azurecr.io/${demo.team}/${demo.name}:${version}`,
        );
      }
    }
    expect(rendered).toEqual(expected);
  });

  it('one Kustomization of team-e applies all that the team runs, each with the label of its service', async () => {
    const head = await git.resolve(GITOPS, 'main');
    const files = await git.readTree(GITOPS, head!);
    const workloads = renderKustomization(
      FileTree.of(files, '/gitops'),
      'apps/team-e/overlays/prod',
    )
      .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
      .map(({ metadata }) => [
        metadata.name,
        metadata.labels?.['backstage.io/kubernetes-id'],
      ])
      .sort();
    const inProd = world.services
      .filter(demo => demo.team === 'team-e' && deployedVersion(demo, 'prod'))
      .map(({ name }) => name)
      .sort();
    expect(inProd).toHaveLength(7);
    expect(workloads).toEqual(inProd.map(name => [name, name]));
    const applied = [...files.keys()].filter(path =>
      path.startsWith('clusters/prod/apps/team-e'),
    );
    expect(applied).toEqual(['clusters/prod/apps/team-e.yaml']);
  });

  it('publishes every release, and keeps the one that the scan stopped in quarantine', () => {
    const host = 'acrfairway.azurecr.io';
    expect(registry.resolve(`${host}/team-a/orders:1.5.0`)?.digest).toMatch(
      /^sha256:[0-9a-f]{64}$/,
    );
    const stopped = `${host}/team-a/payments:2.0.1`;
    const pulls = ['aks-dev-weu', 'aks-staging-weu', 'aks-prod-neu'].map(
      cluster => imagesFor(cluster, registry).resolve(stopped)?.digest,
    );
    expect(pulls).toEqual([
      expect.stringMatching(/^sha256:/),
      undefined,
      undefined,
    ]);
    expect(
      imagesFor('aks-prod-neu', registry).resolve(
        `${host}/team-a/payments:1.9.7`,
      )?.digest,
    ).toMatch(/^sha256:/);
  });
});
