// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';
import type { Clock } from '../clock';
import type { Story } from '../control/Stories';
import type { GitRepositoryRef, GitStore } from '../git';
import type { ClusterStore } from '../kubernetes';
import { digestOf, type ImageRegistry } from '../registry';
import { GITOPS } from '../pipelines/ImageUpdates';
import { loadDemoWorld } from './DemoWorld';
import { deployedVersion, person } from './history';
import { overlayFile } from './manifests/service';

export interface StoryTools {
  clock: Clock;
  git: GitStore;
  registry: ImageRegistry;
  /** Address of the runs of a repository's pipeline. */
  pipelineUrl(ref: GitRepositoryRef): string;
  stores: Map<string, ClusterStore>;
}

const page = (service: string) => ({
  label: `${service}: Deployments`,
  href: `/catalog/default/component/${service}/deployments`,
});

/** The stories that the demo world can tell, in the order of a first visit. */
export function demoStories({
  clock,
  git,
  registry,
  pipelineUrl,
  stores,
}: StoryTools): Story[] {
  const cart = { project: 'team-a', repository: 'cart' };
  return [
    {
      id: 'template-to-pods',
      title: 'From template to running pods',
      what: 'Fill in a form. A repository, a pipeline and a GitOps pull request appear; once it is merged, Flux reconciles and pods become ready on the page of the new service.',
      where: [{ label: 'Create a service', href: '/create' }],
    },
    {
      id: 'scan-stops-release',
      title: 'A release stopped by the image scan',
      what: 'The scan keeps payments 2.0.1 in quarantine: dev runs it, staging may not pull it. Start, and a commit to cart meets the same scan: its pipeline stops there, no image is published, and dev stays on its version.',
      where: [
        page('payments'),
        page('cart'),
        { label: 'cart: pipeline', href: pipelineUrl(cart) },
      ],
      start: async () => {
        await git.commit(cart, {
          branch: 'main',
          message: 'Use a faster compression library',
          author: person('dev-a'),
          changes: [
            {
              path: '.sandbox/pipeline.yaml',
              content: stringify({ failAt: 'scan' }),
            },
          ],
        });
      },
    },
    {
      id: 'hotfix-undone',
      title: 'A hotfix by kubectl, undone by Flux',
      what: 'Somebody sets the image of pricing in dev by hand. Git says otherwise, and the next reconciliation of Flux takes the change back.',
      where: [page('pricing')],
      start: async () => {
        registry.publish({
          repository: 'team-a/pricing',
          digest: digestOf('team-a/pricing:hotfix'),
          tags: ['hotfix'],
          createdAt: clock.now().toISOString(),
          annotations: {},
        });
        stores.get('aks-dev-weu')!.patch(
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            namespace: 'team-a',
            name: 'pricing',
          },
          'strategic',
          {
            spec: {
              template: {
                spec: {
                  containers: [
                    {
                      name: 'pricing',
                      image: 'acrfairway.azurecr.io/team-a/pricing:hotfix',
                    },
                  ],
                },
              },
            },
          },
          { manager: 'kubectl-set' },
        );
      },
    },
    {
      id: 'forgotten-suspend',
      title: 'The forgotten suspend',
      what: 'Somebody paused orders in prod 43 days ago "until the audit". Two versions have not reached it since. The page says who and why.',
      where: [page('orders')],
    },
    {
      id: 'waiting-for-platform',
      title: 'Everyone waits for platform',
      what: 'A broken change to the platform configuration reaches staging. Every service there waits for it; five minutes later the platform team takes it back.',
      where: [page('payments'), page('products')],
      start: async () => {
        const path = 'platform/configs/staging/kustomization.yaml';
        const commit = (message: string, content: string) =>
          git.commit(GITOPS, {
            branch: 'main',
            message,
            author: person('platform-a'),
            changes: [{ path, content }],
          });
        const head = await git.resolve(GITOPS, 'main');
        const good = (await git.readTree(GITOPS, head!, path)).get(path)!;
        await commit(
          'Tighten the defaults of staging',
          `${good}resources: [missing-defaults.yaml]\n`,
        );
        clock.after(5 * 60_000, () => {
          commit('Take back the defaults of staging', good).catch(() => {
            // The folder may be gone after a reset: then there is nothing to take back.
          });
        });
      },
    },
    {
      id: 'oom-to-fix',
      title: 'From OOM kill to fix',
      what: 'images runs out of memory in dev again and again. A commit that halves its cache makes the kills stop.',
      where: [page('images')],
      start: async () => {
        const demo = loadDemoWorld().services.find(
          ({ name }) => name === 'images',
        )!;
        const [path, content] = overlayFile(
          demo,
          'dev',
          deployedVersion(demo, 'dev')!,
          false,
        );
        await git.commit(GITOPS, {
          branch: 'main',
          message: 'Halve the cache of images in dev',
          author: person('dev-b'),
          changes: [{ path, content }],
        });
      },
    },
    {
      id: 'nothing-to-see',
      title: 'What team-b does not see',
      what: 'Sign out and come back as Bo of team-b: the services of team-a answer as if they did not exist, in pages and in the API alike.',
      where: [{ label: 'Sign out', href: '/settings' }],
    },
  ];
}
