// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';

/** Which of a cluster's objects are an entity's, as the Kubernetes plugin reads it. @public */
export const ANNOTATION_KUBERNETES_ID = 'backstage.io/kubernetes-id';

/** The namespace in place of the environment's own. A request, granted by the binding. @public */
export const ANNOTATION_KUBERNETES_NAMESPACE =
  'backstage.io/kubernetes-namespace';

/** The only cluster in which to look. @public */
export const ANNOTATION_KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** Directory of the service in the GitOps repository. @public */
export const ANNOTATION_GITOPS_PATH = 'fairway.dev/gitops-path';

/** Names of the environments that the service uses, separated by commas; all of them without it. @public */
export const ANNOTATION_ENVIRONMENTS = 'fairway.dev/environments';

/** On a Namespace object, written by the platform: reference of the Group that it belongs to. @public */
export const ANNOTATION_NAMESPACE_OWNER = 'fairway.dev/owner';

/** `<project>/<repository>` in Azure DevOps. @public */
export const ANNOTATION_PROJECT_REPO = 'dev.azure.com/project-repo';

/** Name of the pipeline in Azure DevOps. @public */
export const ANNOTATION_BUILD_DEFINITION = 'dev.azure.com/build-definition';

/** Reference of the entity's owner; the first when there are several. @public */
export function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}

/**
 * Where an entity asks to be looked for. What is empty is as good as absent, so
 * that a form that leaves a field empty writes no trap.
 *
 * @public
 */
export interface EntityPlacement {
  environments?: string[];
  clusters?: string[];
  namespace?: string;
}

/** Reads the annotations of the entity contract. @public */
export function placementOf(entity: Entity): EntityPlacement {
  const { annotations = {} } = entity.metadata;
  return {
    environments: namesIn(annotations[ANNOTATION_ENVIRONMENTS]),
    clusters: namesIn(annotations[ANNOTATION_KUBERNETES_CLUSTER]),
    namespace:
      annotations[ANNOTATION_KUBERNETES_NAMESPACE]?.trim() || undefined,
  };
}

function namesIn(list: string | undefined): string[] | undefined {
  const names = (list ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  return names.length > 0 ? names : undefined;
}

/** What `{team}`, `{system}` and `{component}` stand for; empty when the entity has none. */
export function placeholdersOf(
  entity: Entity,
): Record<'team' | 'system' | 'component', string> {
  const { system } = entity.spec ?? {};
  return {
    team: nameIn(ownerOf(entity)),
    system: typeof system === 'string' ? nameIn(system) : '',
    component: entity.metadata.name,
  };
}

/** `group:default/team-a`, `default/team-a` and `team-a` are all `team-a`. */
function nameIn(ref: string | undefined): string {
  if (!ref) {
    return '';
  }
  try {
    return parseEntityRef(ref, { defaultKind: 'any' }).name;
  } catch {
    return '';
  }
}
