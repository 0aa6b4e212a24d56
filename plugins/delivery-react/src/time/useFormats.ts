// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useMemo, useSyncExternalStore } from 'react';
import { createFormats, type Formats } from './formats';

const cache = new Map<string, Formats>();

/** Formats of the language that the user chose. @public */
export function useFormats(): Formats {
  const languages = useApi(appLanguageApiRef);
  const subscribe = useMemo(
    () => (changed: () => void) => {
      const subscription = languages.language$().subscribe(changed);
      return () => subscription.unsubscribe();
    },
    [languages],
  );
  const language = useSyncExternalStore(
    subscribe,
    () => languages.getLanguage().language,
  );
  let formats = cache.get(language);
  if (!formats) {
    formats = createFormats(language);
    cache.set(language, formats);
  }
  return formats;
}
