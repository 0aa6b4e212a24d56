// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  useTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import type { Phrase } from '@fairway/plugin-delivery-common';
import { useCallback } from 'react';
import { useFormats, useNow, type Formats } from '../time';

/** Renders a code with its parameters in the reader's language. @public */
export type PhraseRenderer = (phrase: Phrase) => string;

/**
 * Parameters say by their names what they are: `…At` and `until` are instants,
 * `…Seconds` are lengths of time. Numbers are grouped as the language does.
 */
function formatParams(
  params: Phrase['params'],
  formats: Formats,
  now: number,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'number') {
        return [
          name,
          name.endsWith('Seconds') ? formats.duration(value) : value,
        ];
      }
      const time = /At$|^until$/.test(name) ? Date.parse(value) : NaN;
      return [name, Number.isNaN(time) ? value : formats.relative(time, now)];
    }),
  );
}

/**
 * Words for the codes of a plugin's verdicts: the messages `phrase.<code>` of its
 * translation reference. A code without a message, from a backend that is newer than
 * this page, is rendered by `fallback`.
 *
 * @public
 */
export function usePhrases<TMessages extends { [key in string]: string }>(
  ref: TranslationRef<string, TMessages>,
  fallback: PhraseRenderer,
): PhraseRenderer {
  const { t } = useTranslationRef(ref);
  const formats = useFormats();
  const now = useNow();
  return useCallback(
    phrase => {
      // Codes come from the server, so the compiler cannot know the keys.
      const translate = t as unknown as (
        key: string,
        params: Record<string, string | number>,
      ) => string;
      const key = `phrase.${phrase.code}`;
      const words = translate(key, formatParams(phrase.params, formats, now));
      return words === key ? fallback(phrase) : words;
    },
    [t, formats, now, fallback],
  );
}
