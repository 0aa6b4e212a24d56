// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { formatDuration, formatInstant } from '../time/formatTime';
import type { Phrase } from './Phrase';

/** Words for codes. Placeholders are `{{name}}`. @public */
export type PhraseDictionary = Readonly<Record<string, string>>;

/**
 * Parameters say by their names what they are: `...At` and `until` are instants,
 * `...Seconds` are lengths of time.
 */
function formatParam(name: string, value: string | number): string {
  if (typeof value === 'number') {
    return name.endsWith('Seconds') ? formatDuration(value) : String(value);
  }
  return /At$|^until$/.test(name) ? formatInstant(value) ?? value : value;
}

/**
 * English for API, notifications and actions, from the dictionary of the package
 * that made the phrase. A code that the dictionary does not know is given as it is;
 * a parameter that is missing leaves its place empty.
 *
 * @public
 */
export function renderPhrase(
  phrase: Phrase,
  dictionary: PhraseDictionary,
): string {
  if (!Object.hasOwn(dictionary, phrase.code)) {
    return phrase.code;
  }
  return dictionary[phrase.code].replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    Object.hasOwn(phrase.params, name)
      ? formatParam(name, phrase.params[name])
      : '',
  );
}
