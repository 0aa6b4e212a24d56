// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';
import { checkServiceName } from '@fairway/plugin-delivery-common';
import { findNameOwner } from './findNameOwner';

/** Nobody waits for a check of half a name. */
const PAUSE_MS = 300;

/** What is known of whether a well-formed name is free. */
export type NameCheck =
  | { state: 'none' }
  | { state: 'checking' }
  | { state: 'free' }
  | { state: 'taken'; owner: string | null }
  | { state: 'unchecked' };

/** Asks, a moment after the last key, whether a name is free. */
export function useNameCheck(name: string): NameCheck {
  const catalog = useApi(catalogApiRef);
  const [known, setKnown] = useState<{ name: string; check: NameCheck }>();
  const wellFormed = checkServiceName(name) === undefined;
  useEffect(() => {
    if (!wellFormed) {
      return undefined;
    }
    let current = true;
    const learn = (check: NameCheck) => {
      if (current) {
        setKnown({ name, check });
      }
    };
    const timer = setTimeout(() => {
      findNameOwner(catalog, name).then(
        owner =>
          learn(
            owner === undefined ? { state: 'free' } : { state: 'taken', owner },
          ),
        () => learn({ state: 'unchecked' }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [catalog, name, wellFormed]);
  if (!wellFormed) {
    return { state: 'none' };
  }
  return known?.name === name ? known.check : { state: 'checking' };
}
