// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import type { KubeObject } from '../types';

export type Matcher = (object: KubeObject) => boolean;

/** Splits at commas that are not inside parentheses. */
function terms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(term => term.trim())
    .filter(Boolean);
}

/**
 * Label selectors: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`.
 *
 * @throws ApiError 400 for what is none of these
 */
export function labelMatcher(selector: string | null): Matcher | undefined {
  if (!selector) {
    return undefined;
  }
  const tests = terms(selector).map(term => {
    const set = term.match(/^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/);
    if (set) {
      const [, key, operator, list] = set;
      const values = list.split(',').map(value => value.trim());
      return (labels: Record<string, string>) =>
        operator === 'in'
          ? key in labels && values.includes(labels[key])
          : !(key in labels) || !values.includes(labels[key]);
    }
    const equal = term.match(/^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/);
    if (equal) {
      const [, key, operator, value] = equal;
      return (labels: Record<string, string>) =>
        (labels[key] === value) === (operator !== '!=');
    }
    const exists = term.match(/^(!?)\s*([^\s=!]+)$/);
    if (exists) {
      return (labels: Record<string, string>) =>
        exists[2] in labels === (exists[1] === '');
    }
    throw new ApiError(
      400,
      'BadRequest',
      `unable to parse requirement: found '${term}', expected: ',' or 'end of string'`,
    );
  });
  return ({ metadata }) => tests.every(test => test(metadata.labels ?? {}));
}

const EVERYWHERE = ['metadata.name', 'metadata.namespace'];
const BY_KIND: Record<string, string[]> = {
  Event: [
    'involvedObject.kind',
    'involvedObject.name',
    'involvedObject.namespace',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'type',
    'reportingComponent',
  ],
  Pod: [
    'status.phase',
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.podIP',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  Job: ['status.successful'],
  ReplicaSet: ['status.replicas'],
};

/**
 * Field selectors, for the fields that the real server indexes.
 *
 * @throws ApiError 400 that names an unsupported field
 */
export function fieldMatcher(
  selector: string | null,
  kind: string,
): Matcher | undefined {
  if (!selector) {
    return undefined;
  }
  const tests = terms(selector).map(term => {
    const parsed = term.match(/^([^=!]+?)(==|=|!=)(.*)$/);
    if (!parsed) {
      throw new ApiError(
        400,
        'BadRequest',
        `invalid selector: '${term}'; can't understand '${term}'`,
      );
    }
    const [, field, operator, value] = parsed;
    if (![...EVERYWHERE, ...(BY_KIND[kind] ?? [])].includes(field)) {
      throw new ApiError(
        400,
        'BadRequest',
        `Unable to find "${kind}" that match label selector "", field selector "${selector}": field label not supported: ${field}`,
      );
    }
    const path = field.split('.');
    return (object: KubeObject) => {
      let at: unknown = object;
      for (const step of path) {
        at = (at as Record<string, unknown> | undefined)?.[step];
      }
      return (String(at ?? '') === value) === (operator !== '!=');
    };
  });
  return object => tests.every(test => test(object));
}

export function both(
  a: Matcher | undefined,
  b: Matcher | undefined,
): Matcher | undefined {
  return a && b ? object => a(object) && b(object) : a ?? b;
}
