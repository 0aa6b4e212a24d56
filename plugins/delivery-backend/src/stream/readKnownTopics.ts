// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** A topic to follow, and the version of it that the page has; empty when it has none. */
export interface KnownTopic {
  topic: string;
  etag: string;
}

/** A page shows some ten documents; more is no page of ours. */
const MOST_TOPICS = 20;
const LONGEST_TOPIC = 512;
const LONGEST_ETAG = 128;

/** One or many: a query repeats a parameter that has several values. */
function list<T extends z.ZodType<string>>(item: T) {
  return z.preprocess(
    value => (typeof value === 'string' ? [value] : value),
    z.array(item).max(MOST_TOPICS),
  );
}

const QUERY = z
  .object({
    topic: list(
      z
        .string()
        .max(LONGEST_TOPIC)
        .regex(/^[^:\s]+:\S+$/, 'must be written <id>:<key>'),
    ),
    etag: list(z.string().max(LONGEST_ETAG)).optional(),
  })
  .check(({ value, issues }) => {
    if (value.topic.length === 0) {
      issues.push({
        code: 'custom',
        path: ['topic'],
        message: 'needs at least one',
        input: value.topic,
      });
    }
    if (value.etag && value.etag.length !== value.topic.length) {
      issues.push({
        code: 'custom',
        path: ['etag'],
        message: 'must be given once per topic, empty when unknown',
        input: value.etag,
      });
    }
  });

/**
 * Reads `?topic=a&topic=b&etag=x&etag=`. A topic that is named twice is followed once.
 *
 * @throws InputError that names the field
 */
export function readKnownTopics(query: unknown): KnownTopic[] {
  const parsed = QUERY.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(({ path, message }) => `query ${path.join('.')}: ${message}`)
        .join('; '),
    );
  }
  const { topic: topics, etag: etags } = parsed.data;
  const known = new Map(
    topics.map((topic, index) => [topic, etags?.[index] ?? '']),
  );
  return [...known].map(([topic, etag]) => ({ topic, etag }));
}
