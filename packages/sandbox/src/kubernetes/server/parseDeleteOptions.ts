// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Json } from '../store/fieldSets';
import type { DeleteOptions, PropagationPolicy } from '../types';
import {
  invalidOptions,
  type OptionCause,
  unsupportedOption,
} from './optionErrors';

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/**
 * The options of a deletion: from the body, or from the query when there is none.
 *
 * @throws ApiError 422 for a policy or dry run that does not exist
 */
export function parseDeleteOptions(
  body: Json,
  query: URLSearchParams,
): DeleteOptions {
  const given = body ?? {
    propagationPolicy: query.get('propagationPolicy') ?? undefined,
    gracePeriodSeconds: query.get('gracePeriodSeconds') ?? undefined,
    dryRun: query.has('dryRun') ? query.getAll('dryRun') : undefined,
    ...(query.get('orphanDependents') === 'true'
      ? { orphanDependents: true }
      : {}),
  };
  const policy: string | undefined =
    given.propagationPolicy ?? (given.orphanDependents ? 'Orphan' : undefined);
  const causes: OptionCause[] = [];
  if (policy !== undefined && !POLICIES.includes(policy)) {
    causes.push(
      unsupportedOption('propagationPolicy', policy, [...POLICIES, 'nil']),
    );
  }
  const dryRun: string[] = given.dryRun ?? [];
  causes.push(...dryRunCauses(dryRun));
  if (causes.length > 0) {
    throw invalidOptions('DeleteOptions', causes);
  }
  const grace = given.gracePeriodSeconds;
  return {
    ...(policy ? { propagationPolicy: policy as PropagationPolicy } : {}),
    ...(grace === undefined || grace === null
      ? {}
      : { gracePeriodSeconds: Number(grace) }),
    ...(given.preconditions ? { preconditions: given.preconditions } : {}),
    dryRun: dryRun.includes('All'),
  };
}

/** `All` is the only dry run there is. */
export function dryRunCauses(values: string[]): OptionCause[] {
  return values
    .filter(value => value !== 'All')
    .map(value => unsupportedOption('dryRun', value, ['All']));
}
