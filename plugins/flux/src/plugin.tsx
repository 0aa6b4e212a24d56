// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { RiGitBranchLine } from '@remixicon/react';
import { DefaultFluxApi, fluxApiRef } from './api';

/**
 * Components that say where they run. A predicate, not a function, so that a portal
 * can change it in its configuration.
 */
const runsSomewhere: FilterPredicate = {
  $all: [
    { kind: 'component' },
    {
      $any: [
        {
          'metadata.annotations.backstage.io/kubernetes-id': { $exists: true },
        },
        { 'metadata.annotations.fairway.dev/gitops-path': { $exists: true } },
      ],
    },
  ],
};

const fluxApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: fluxApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => DefaultFluxApi.create({ fetchApi }),
    }),
});

const deploymentsContent = EntityContentBlueprint.make({
  name: 'deployments',
  params: {
    path: 'deployments',
    title: 'Deployments',
    group: 'deployment',
    icon: <RiGitBranchLine />,
    filter: runsSomewhere,
    loader: () =>
      import('./deployments/DeploymentsPage').then(m => <m.DeploymentsPage />),
  },
});

const deploymentsCard = EntityCardBlueprint.make({
  name: 'deployments',
  params: {
    type: 'content',
    filter: runsSomewhere,
    loader: () =>
      import('./card/DeploymentsCard').then(m => <m.DeploymentsCard />),
  },
});

/**
 * Is my change live, and why not: the tab "Deployments" of a service and its card
 * on the overview.
 *
 * @public
 */
export const fluxPlugin = createFrontendPlugin({
  pluginId: 'fairway-flux',
  title: 'Deployments',
  info: { packageJson: () => import('../package.json') },
  extensions: [fluxApi, deploymentsContent, deploymentsCard],
});
