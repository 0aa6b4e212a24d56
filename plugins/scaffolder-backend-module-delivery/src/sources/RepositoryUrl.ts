// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';

/** A repository of Azure Repos, by the parts of its clone URL. */
export interface RepositoryUrl {
  /** Scheme, host and organisation: `https://dev.azure.com/contoso`. */
  organizationUrl: string;
  project: string;
  repository: string;
}

/**
 * Reads `<scheme>://<host>/<organisation>/<project>/_git/<repository>` (clone URL
 * of Azure Repos; Azure DevOps documentation, "Clone an existing Git repo").
 *
 * @param field - what the caller calls the URL, for the message
 * @throws InputError
 */
export function parseRepositoryUrl(
  value: string,
  field = 'repositoryUrl',
): RepositoryUrl {
  const refuse = () =>
    new InputError(
      `${field}: "${value}" is not the clone URL of an Azure Repos repository. Use https://dev.azure.com/<organization>/<project>/_git/<repository>.`,
    );
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw refuse();
  }
  const parts = url.pathname.split('/').filter(Boolean).map(decoded);
  const at = parts.indexOf('_git');
  const isWhole = at >= 2 && parts.length === at + 2;
  if (!isWhole || !/^https?:$/.test(url.protocol) || url.password) {
    throw refuse();
  }
  const organisation = parts.slice(0, at - 1).map(encodeURIComponent);
  return {
    organizationUrl: `${url.origin}/${organisation.join('/')}`,
    project: parts[at - 1],
    repository: parts[at + 1],
  };
}

/** The clone URL, which is also the page of the repository. */
export function repositoryUrlOf(parts: RepositoryUrl): string {
  const { organizationUrl, project, repository } = parts;
  return `${organizationUrl}/${encodeURIComponent(
    project,
  )}/_git/${encodeURIComponent(repository)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
