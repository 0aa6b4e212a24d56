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
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of body) {
    const [first, ...lines] = decoder.write(chunk as Buffer).split('\n');
    parts.push(first);
    length += first.length;
    for (const line of lines) {
      yield* eventsOf(parts.join(''), malformed);
      parts = [line];
      length = line.length;
    }
    if (length > LONGEST_LINE) {
      malformed(parts.join('').slice(0, 80));
      parts = [];
      length = 0;
    }
  }
  yield* eventsOf(parts.join('') + decoder.end(), malformed);
}

function* eventsOf(
  line: string,
  malformed: (line: string) => void,
): Generator<WatchEvent> {
  const text = line.replace(/^\uFEFF/, '').trim();
  if (text === '') {
    return;
  }
  const event = parse(text);
  if (event) {
    yield event;
    return;
  }
  // Inside a string the quotes are escaped, so this is found only between two events.
  const several = text.split(/(?<=\})\s*(?=\{"type":")/);
  for (const part of several) {
    const each = several.length > 1 ? parse(part) : undefined;
    if (each) {
      yield each;
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
