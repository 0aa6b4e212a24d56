// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';

/** What the actions take from the portal's configuration. */
export interface DeliverySettings {
  organizationUrl: string;
  /** Project of a team's repositories. */
  projectOf(team: string): string;
  pipelineTemplates: { project: string; repository: string };
  serviceConnections: string[];
  gitops: { repositoryUrl: string; branch: string };
  /** Names, in the order in which a change reaches them. */
  environments: string[];
  registry: string;
  domain: string;
  gateway: { name: string; namespace: string };
}

/** @throws Error that names the missing key */
export function readDeliverySettings(root: Config): DeliverySettings {
  const config = root.getConfig('fairway');
  const devops = config.getConfig('azureDevOps');
  const [project, repository] = (
    devops.getOptionalString('pipelineTemplates') ??
    'platform/pipeline-templates'
  ).split('/');
  const pattern = devops.getOptionalString('project') ?? '{team}';
  const environments = (config.getOptionalConfigArray('environments') ?? [])
    .map((one, index) => ({
      name: one.getString('name'),
      order: one.getOptionalNumber('order') ?? index + 1,
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ name }) => name);
  return {
    organizationUrl: devops.getString('organizationUrl').replace(/\/+$/, ''),
    projectOf: team => pattern.replaceAll('{team}', team),
    pipelineTemplates: { project, repository },
    serviceConnections:
      devops.getOptionalStringArray('serviceConnections') ?? [],
    gitops: {
      repositoryUrl: config.getString('gitops.repositoryUrl'),
      branch: config.getOptionalString('gitops.branch') ?? 'main',
    },
    environments:
      environments.length > 0 ? environments : ['dev', 'staging', 'prod'],
    registry:
      config.getOptionalString('templates.registry') ?? 'acrfairway.azurecr.io',
    domain: config.getOptionalString('templates.domain') ?? 'apps.example.com',
    gateway: {
      name: config.getOptionalString('templates.gateway.name') ?? 'public',
      namespace:
        config.getOptionalString('templates.gateway.namespace') ?? 'platform',
    },
  };
}
