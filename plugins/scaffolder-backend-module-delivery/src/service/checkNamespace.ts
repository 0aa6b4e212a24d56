// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAllDocuments } from 'yaml';
import type { AzureRepository } from '../sources/AzureRepository';
import type { InputProblem } from './checkServiceInput';

const OWNER_ANNOTATION = 'fairway.dev/owner';

/**
 * Whether the platform made a namespace for the team, in each environment: the
 * GitOps repository says so in `tenants/`, and Namespace objects there name their
 * owner.
 */
export async function checkNamespace(
  gitops: AzureRepository,
  commit: string,
  wanted: { team: string; owner: string; environments: string[] },
): Promise<InputProblem[]> {
  const { team, owner, environments } = wanted;
  const tree = await gitops.tree(commit, '/tenants');
  const own = [...tree.keys()].filter(
    path => path.split('/').includes(team) && /\.ya?ml$/.test(path),
  );
  let declared: string | undefined;
  let isThere = false;
  for (const path of own) {
    const text = (await gitops.text(commit, path)) ?? '';
    for (const document of parseAllDocuments(text)) {
      const object: unknown = 'toJS' in document ? document.toJS() : undefined;
      if (isNamespace(object, team)) {
        isThere = true;
        declared ??= object.metadata.annotations?.[OWNER_ANNOTATION];
      }
    }
  }
  if (!isThere) {
    return [
      {
        field: 'owner',
        message: `the team ${team} has no namespace yet. Ask the platform team for one (tenants/ in ${gitops.url}).`,
      },
    ];
  }
  if (declared && declared !== owner) {
    return [
      {
        field: 'owner',
        message: `the namespace ${team} belongs to ${declared}, not to ${owner}.`,
      },
    ];
  }
  const missing: string[] = [];
  for (const environment of environments) {
    const path = `tenants/${environment}/kustomization.yaml`;
    const text = tree.has(path) ? await gitops.text(commit, path) : undefined;
    const isListed =
      text === undefined ||
      parseAllDocuments(text).some(
        document => 'toJS' in document && listsTenant(document.toJS(), team),
      );
    if (!isListed) {
      missing.push(environment);
    }
  }
  return missing.length > 0
    ? [
        {
          field: 'environments',
          message: `the team ${team} has no namespace in ${missing.join(
            ', ',
          )}. Leave it out, or ask the platform team for one.`,
        },
      ]
    : [];
}

function isNamespace(
  object: unknown,
  name: string,
): object is { metadata: { annotations?: Record<string, string> } } {
  const found = object as
    | { kind?: string; metadata?: { name?: string } }
    | undefined;
  return found?.kind === 'Namespace' && found.metadata?.name === name;
}

function listsTenant(file: unknown, team: string): boolean {
  const resources = (file as { resources?: unknown } | undefined)?.resources;
  return (
    Array.isArray(resources) &&
    resources.some(entry =>
      String(entry)
        .split('/')
        .some(part => part.replace(/\.ya?ml$/, '') === team),
    )
  );
}
