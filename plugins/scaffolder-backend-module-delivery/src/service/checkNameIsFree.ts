// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AzureRepository } from '../sources/AzureRepository';
import { isOriginOf } from './commitMessage';

export interface NameQuestion {
  name: string;
  owner: string;
  /** `<team>/<service>`, as the first commit of the repository says it. */
  service: string;
  repository: AzureRepository;
}

/**
 * Whether a name is free, or stands for the very service that is asked for: then
 * the run takes up what exists.
 *
 * @returns what is wrong with the name
 */
export async function checkNameIsFree(
  question: NameQuestion,
  services: { catalog: CatalogService; auth: AuthService },
): Promise<string | undefined> {
  const { name, owner, service, repository } = question;
  const credentials = await services.auth.getOwnServiceCredentials();
  const entity = await services.catalog.getEntityByRef(
    { kind: 'component', namespace: 'default', name },
    { credentials },
  );
  if (entity) {
    const owners = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
    if (!owners.includes(owner)) {
      return `"${name}" exists already and belongs to ${
        owners.join(', ') || 'nobody'
      }. Choose another name.`;
    }
    const { project, repository: repositoryName } = repository.parts;
    const place = entity.metadata.annotations?.['dev.azure.com/project-repo'];
    if (place !== `${project}/${repositoryName}`) {
      return `your team has a service "${name}" already, in ${
        place ?? 'another repository'
      }. Choose another name.`;
    }
  }
  const found = await repository.find();
  if (!found || !(await repository.head('main'))) {
    return undefined;
  }
  const origin = await repository.origin('main');
  return isOriginOf(origin?.message, service)
    ? undefined
    : `the repository ${repository.url} exists already with other content. Choose another name, or remove the repository.`;
}
