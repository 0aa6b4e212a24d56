// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  TranslationApi,
  TranslationRef,
  TranslationSnapshot,
} from '@backstage/frontend-plugin-api';
import { isValidElement, type JSX } from 'react';

/** What surrounds every translated message of the pseudo language. @public */
export const PSEUDO_MARKS = { open: '⟦', close: '⟧' } as const;

type Message = string | JSX.Element;

function mark(key: string, message: Message): Message {
  const { open, close } = PSEUDO_MARKS;
  if (isValidElement(message)) {
    return (
      <>
        {open}
        {message}
        {close}
      </>
    );
  }
  // A key without a message comes back as it is: not a translation.
  return message === key ? message : `${open}${message}${close}`;
}

/**
 * A translation API of a pseudo language: every message of every reference comes
 * wrapped in {@link PSEUDO_MARKS}. What a page shows without them was not
 * translated; {@link findRawLiterals} finds it.
 *
 * @param base - gives the messages, for example `mockApis.translation()`
 * @public
 */
export function createPseudoTranslationApi(
  base: TranslationApi,
): TranslationApi {
  function wrap<TMessages extends { [key in string]: string }>(
    snapshot: TranslationSnapshot<TMessages>,
  ): TranslationSnapshot<TMessages> {
    if (!snapshot.ready) {
      return snapshot;
    }
    const translate = snapshot.t as unknown as (
      key: string,
      options?: object,
    ) => Message;
    const t = (key: string, options?: object) =>
      mark(key, translate(key, options));
    return { ready: true, t: t as unknown as typeof snapshot.t };
  }
  const snapshots = new Map<string, unknown>();
  return {
    getTranslation: <TMessages extends { [key in string]: string }>(
      ref: TranslationRef<string, TMessages>,
    ) => {
      // The same snapshot each time, as the real API gives.
      let known = snapshots.get(ref.id);
      if (!known) {
        known = wrap(base.getTranslation(ref));
        snapshots.set(ref.id, known);
      }
      return known as TranslationSnapshot<TMessages>;
    },
    translation$: ref => base.translation$(ref),
  };
}
