// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

/** One event of a watch, before anything in it is believed. */
export interface WatchEvent {
  type: string;
  object: Record<string, unknown>;
}

const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Reads the events of a watch line by line. Two objects on one line are two
 * events; what is no event is reported and skipped.
 *
 * @param malformed - told once for each line that could not be read
 */
export async function* readEvents(
  body: Readable,
  malformed: (line: string) => void,
): AsyncGenerator<WatchEvent> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.write(chunk as Buffer);
    if (rest.length > LONGEST_LINE) {
      malformed(rest.slice(0, 80));
      rest = '';
    }
    let end = rest.indexOf('\n');
    while (end >= 0) {
      yield* eventsOf(rest.slice(0, end), malformed);
      rest = rest.slice(end + 1);
      end = rest.indexOf('\n');
    }
  }
  yield* eventsOf(rest + decoder.end(), malformed);
}

function* eventsOf(
  line: string,
  malformed: (line: string) => void,
): Generator<WatchEvent> {
  const text = line.replace(/^\uFEFF/, '').trim();
  if (text === '') {
    return;
  }
  for (const part of text.split(/(?<=\})\s*(?=\{"type":")/)) {
    const event = parse(part);
    if (event) {
      yield event;
    } else {
      malformed(part.slice(0, 80));
    }
  }
}

function parse(text: string): WatchEvent | undefined {
  try {
    const value = JSON.parse(text) as Partial<WatchEvent> | null;
    return typeof value?.type === 'string' &&
      value.object !== null &&
      typeof value.object === 'object'
      ? (value as WatchEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
