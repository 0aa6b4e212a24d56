// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the reader chose, kept in the address so that it can be sent to others. */
export interface Selection {
  /** Environment whose history is shown; all when absent. */
  environment?: string;
  /** Environment whose cause is open. */
  why?: string;
  select(change: { environment?: string; why?: string }): void;
}

/** The selection in the address of the page; the back button undoes a change. */
export function useSelection(): Selection {
  const [params, setParams] = useSearchParams();
  const environment = params.get('environment') ?? undefined;
  const why = params.get('why') ?? undefined;
  const select = useCallback(
    (change: { environment?: string; why?: string }) =>
      setParams(before => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) {
          if (value === undefined) {
            after.delete(name);
          } else {
            after.set(name, value);
          }
        }
        return after;
      }),
    [setParams],
  );
  return useMemo(
    () => ({ environment, why, select }),
    [environment, why, select],
  );
}
