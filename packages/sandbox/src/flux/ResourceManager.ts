// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../kubernetes/ApiError';
import type { ClusterStore, KubeObject, ObjectRef } from '../kubernetes/types';
import { refOf } from './ObjectPatcher';
import { RbacAuthorizer } from './RbacAuthorizer';
import { compareApplyOrder, isDefinition } from './applyOrder';
import { differs, fingerprint, keyOf, says, skips } from './applyRules';
import { takeOverFields } from './takeOverFields';

const MANAGER = 'kustomize-controller';
const GROUP = 'kustomize.toolkit.fluxcd.io';

export type ChangeAction =
  | 'created'
  | 'configured'
  | 'unchanged'
  | 'skipped'
  | 'deleted';

export interface Change {
  object: KubeObject;
  action: ChangeAction;
}

/** An apply or prune that the API server refused; the message is what Flux publishes. */
export class ApplyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ApplyError';
  }
}

/** Whose objects these are, and in whose name the API server is asked. */
export interface ApplyContext {
  owner: { name: string; namespace: string };
  serviceAccountName?: string;
  force: boolean;
}

interface Verified {
  desired: KubeObject;
  fingerprint: string;
}

/**
 * Applies and deletes sets of objects as `fluxcd/pkg:ssa` does: dry-run of all,
 * then apply of what drifted, in the order of kinds; force, ssa, reconcile and
 * prune annotations are honoured.
 */
export class ResourceManager {
  readonly #store: ClusterStore;
  readonly #authorizer: RbacAuthorizer;
  /** What was found equal to its manifest, so that a run that changes nothing costs next to nothing. */
  readonly #verified = new Map<string, Verified>();

  private constructor(store: ClusterStore) {
    this.#store = store;
    this.#authorizer = RbacAuthorizer.create(store);
  }

  static create(store: ClusterStore): ResourceManager {
    return new ResourceManager(store);
  }

  /**
   * Applies the objects, definitions first.
   *
   * @param settled - called between the stages with the definitions, to wait until they serve
   * @throws ApplyError when the API server refuses an object; what changed until then is told in the message
   */
  async apply(
    objects: readonly KubeObject[],
    context: ApplyContext,
    settled: (definitions: readonly KubeObject[]) => Promise<void>,
  ): Promise<Change[]> {
    const changes: Change[] = [];
    try {
      const sorted = [...objects].sort(compareApplyOrder);
      const definitions = sorted.filter(isDefinition);
      const classes = sorted.filter(
        object => !isDefinition(object) && object.kind.endsWith('Class'),
      );
      const rest = sorted.filter(
        object => !isDefinition(object) && !object.kind.endsWith('Class'),
      );
      changes.push(...this.#applyStage(definitions, context));
      if (changes.some(change => change.action !== 'unchanged')) {
        await settled(definitions);
      }
      changes.push(...this.#applyStage(classes, context));
      changes.push(...this.#applyStage(rest, context));
      return changes;
    } catch (error) {
      if (error instanceof ApplyError) {
        throw new ApplyError(`${error.message}\n${changeLog(changes)}`);
      }
      throw error;
    }
  }

  /** Deletes in reverse order; objects that are not the owner's, or are exempt, stay. */
  prune(refs: readonly ObjectRef[], context: ApplyContext): Change[] {
    const objects = refs
      .map(
        ref =>
          ({
            apiVersion: ref.apiVersion,
            kind: ref.kind,
            metadata: { name: ref.name, namespace: ref.namespace },
          } as KubeObject),
      )
      .sort(compareApplyOrder)
      .reverse();
    return objects.map(object => this.#delete(object, context));
  }

  #delete(object: KubeObject, context: ApplyContext): Change {
    const ref = refOf(object);
    if (!this.#store.kindOf(ref.apiVersion, ref.kind)) {
      return { object, action: 'deleted' };
    }
    const live = this.#store.get(ref);
    if (!live) {
      return { object, action: 'deleted' };
    }
    const labels = live.metadata.labels ?? {};
    const owned =
      labels[`${GROUP}/name`] === context.owner.name &&
      labels[`${GROUP}/namespace`] === context.owner.namespace;
    if (
      !owned ||
      says(live, 'prune', 'disabled') ||
      says(live, 'reconcile', 'disabled') ||
      says(live, 'ssa', 'ignore')
    ) {
      return { object, action: 'skipped' };
    }
    try {
      this.#authorize(object, 'delete', context);
      this.#store.delete(ref, { propagationPolicy: 'Background' });
    } catch (error) {
      throw new ApplyError(
        `${subject(object)} delete failed: ${(error as Error).message}`,
      );
    }
    this.#verified.delete(keyOf(ref));
    return { object, action: 'deleted' };
  }

  #applyStage(objects: readonly KubeObject[], context: ApplyContext): Change[] {
    const changes: Change[] = [];
    const drifted: KubeObject[] = [];
    for (const object of objects) {
      const action = this.#check(object, context);
      changes.push({ object, action });
      if (action === 'created' || action === 'configured') {
        drifted.push(object);
      }
    }
    for (const object of drifted) {
      try {
        this.#store.apply(object, { manager: MANAGER, force: true });
        this.#remember(object);
      } catch (error) {
        throw new ApplyError(
          `${subject(object)} apply failed: ${(error as Error).message}`,
        );
      }
    }
    return changes;
  }

  /** Dry-run of one object, and what would have to be done. */
  #check(object: KubeObject, context: ApplyContext): ChangeAction {
    const ref = refOf(object);
    const live = this.#store.kindOf(ref.apiVersion, ref.kind)
      ? this.#store.get(ref)
      : undefined;
    if (skips(object, live)) {
      return 'skipped';
    }
    const known = this.#verified.get(keyOf(ref));
    if (
      live &&
      known?.fingerprint === fingerprint(live) &&
      isDeepStrictEqual(known.desired, object) &&
      this.#mayApply(object, live, context)
    ) {
      return 'unchanged';
    }
    const dryRun = this.#dryRun(object, live, context);
    if (dryRun === 'recreated') {
      return 'created';
    }
    const patched = live ? this.#takeOver(object, live) : false;
    if (!live) {
      return 'created';
    }
    if (patched || differs(live, dryRun)) {
      return 'configured';
    }
    this.#remember(object);
    return 'unchanged';
  }

  #dryRun(
    object: KubeObject,
    live: KubeObject | undefined,
    context: ApplyContext,
  ): KubeObject | 'recreated' {
    const kind = this.#store.kindOf(object.apiVersion, object.kind);
    if (!kind) {
      throw new ApplyError(
        `${subject(object)} dry-run failed: no matches for kind "${
          object.kind
        }" in version "${object.apiVersion}"`,
      );
    }
    if (kind.namespaced && !object.metadata.namespace) {
      throw new ApplyError(
        `${subject(
          object,
        )} namespace not specified: the server could not find the requested resource`,
      );
    }
    try {
      this.#authorize(object, 'patch', context);
      if (!live) {
        this.#authorize(object, 'create', context);
      }
      return this.#store.apply(object, {
        manager: MANAGER,
        force: true,
        dryRun: true,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      const forced =
        context.force ||
        says(object, 'force', 'enabled') ||
        (live !== undefined && says(live, 'force', 'enabled'));
      if (live && forced && isImmutable(error)) {
        this.#store.delete(refOf(object), { propagationPolicy: 'Background' });
        if (this.#store.get(refOf(object))) {
          throw new ApplyError(
            `${subject(
              object,
            )} immutable field detected, failed to wait for object to be deleted: context deadline exceeded`,
          );
        }
        return 'recreated';
      }
      throw new ApplyError(dryRunMessage(object, error));
    }
  }

  #mayApply(
    object: KubeObject,
    live: KubeObject,
    context: ApplyContext,
  ): boolean {
    try {
      this.#authorize(object, 'patch', context);
      return live.metadata.deletionTimestamp === undefined;
    } catch {
      return false;
    }
  }

  #takeOver(object: KubeObject, live: KubeObject): boolean {
    if (says(object, 'ssa', 'merge') || says(live, 'ssa', 'merge')) {
      return false;
    }
    const operations = takeOverFields(live, MANAGER);
    if (operations.length === 0) {
      return false;
    }
    this.#store.patch(refOf(live), 'json', operations, { manager: MANAGER });
    return true;
  }

  #remember(object: KubeObject): void {
    const live = this.#store.get(refOf(object));
    if (live) {
      this.#verified.set(keyOf(refOf(object)), {
        desired: object,
        fingerprint: fingerprint(live),
      });
    }
  }

  #authorize(object: KubeObject, verb: string, context: ApplyContext): void {
    const name = context.serviceAccountName;
    const kind = this.#store.kindOf(object.apiVersion, object.kind);
    if (!name || !kind) {
      return;
    }
    const access = {
      verb,
      group: kind.group,
      resource: kind.plural,
      name: object.metadata.name,
      namespace: kind.namespaced ? object.metadata.namespace ?? '' : '',
    };
    const account = { namespace: context.owner.namespace, name };
    if (!this.#authorizer.allows(account, access)) {
      const resource = access.group
        ? `${access.resource}.${access.group}`
        : access.resource;
      const scope = access.namespace
        ? `in the namespace "${access.namespace}"`
        : 'at the cluster scope';
      throw new ApiError(
        403,
        'Forbidden',
        `${resource} "${access.name}" is forbidden: User "system:serviceaccount:${account.namespace}:${name}" cannot ${verb} resource "${access.resource}" in API group "${access.group}" ${scope}`,
      );
    }
  }
}

/** `Deployment/team-a/orders` */
export function subject(object: KubeObject): string {
  return [object.kind, object.metadata.namespace, object.metadata.name]
    .filter(Boolean)
    .join('/');
}

/** One line per change, without those that changed nothing. */
export function changeLog(changes: readonly Change[]): string {
  return changes
    .filter(change => ['created', 'configured'].includes(change.action))
    .map(change => `${subject(change.object)} ${change.action}\n`)
    .join('');
}

/** The words of `fluxcd/pkg:ssa/errors/errors.go`. */
function dryRunMessage(object: KubeObject, error: ApiError): string {
  if (error.code === 404) {
    return `${subject(object)} not found: ${error.message}`;
  }
  const reason = error.reason ? ` (${error.reason})` : '';
  return `${subject(object)} dry-run failed${reason}: ${error.message}`;
}

function isImmutable(error: ApiError): boolean {
  return (
    (error.code === 422 || error.code === 409 || error.code === 403) &&
    /immutable|cannot change roleRef|is forbidden: updates to .* are not allowed|updates to statefulset spec for fields other than/i.test(
      error.message,
    )
  );
}
