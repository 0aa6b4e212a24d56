// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { readCursor } from '../history/cursor';
import type { HistoryQuery } from '../history/HistoryReader';

/** One answer holds no more. */
const MOST = 100;

/** Names as the catalog allows them (`backstage/backstage:packages/catalog-model/src/validation`). */
const entityParams = z.object({
  kind: z
    .string()
    .max(63)
    .regex(/^[a-zA-Z][a-z0-9A-Z]*$/, 'must be the kind of an entity'),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/i, 'must be the namespace of an entity'),
  name: z
    .string()
    .max(63)
    .regex(
      /^[a-z0-9A-Z]+([-_.][a-z0-9A-Z]+)*$/,
      'must be the name of an entity',
    ),
});

/** The document has no variants: what is asked for beyond it is a mistake, not ignored. */
const noQuery = z.strictObject({});

const historyQuery = z.strictObject({
  environment: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be the name of an environment')
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a whole number from 1 to ${MOST}`)
    .transform(Number)
    .refine(
      limit => limit >= 1 && limit <= MOST,
      `must be a whole number from 1 to ${MOST}`,
    )
    .optional(),
  cursor: z
    .string()
    .transform((text, context) => {
      const cursor = readCursor(text);
      if (!cursor) {
        context.addIssue({
          code: 'custom',
          message: 'must be what an answer gave as next, leave it out to begin',
        });
      }
      return cursor;
    })
    .optional(),
});

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(issue =>
    issue.code === 'unrecognized_keys'
      ? `${where} ${issue.keys.join(', ')}: is not known here, leave it out`
      : `${where} ${issue.path.join('.')}: ${
          issue.code === 'invalid_type' ? 'must be given once' : issue.message
        }`,
  );
  throw new InputError(problems.join('; '));
}

/** @throws InputError that names the field */
export function readEntityParams(params: unknown) {
  return parse(entityParams, params, 'path');
}

/** @throws InputError that names the field */
export function readNoQuery(query: unknown): void {
  parse(noQuery, query, 'query');
}

/** @throws InputError that names the field */
export function readHistoryQuery(query: unknown): HistoryQuery {
  const { cursor, ...rest } = parse(historyQuery, query, 'query');
  return { ...rest, ...(cursor ? { after: cursor } : {}) };
}
