// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeploymentHistory,
  DeploymentRecord,
  DeploymentsDocument,
} from '@fairway/plugin-flux-common';
import { useCallback, useMemo, useState } from 'react';
import { fluxApiRef } from '../api';

/** What is known of a history, and how to know more. */
export interface LoadedHistory {
  /** Newest first. */
  records: DeploymentRecord[];
  /** Loads what came before; absent when all is here. */
  loadOlder?: () => void;
  isLoading: boolean;
  /** Why the last attempt to load more failed. */
  error?: Error;
}

/**
 * The newest part of the history as the live document brings it, and older parts as
 * they are asked for; of one environment, or of all.
 */
export function useHistory(
  document: DeploymentsDocument,
  environment: string | undefined,
): LoadedHistory {
  const api = useApi(fluxApiRef);
  const { entityRef, history, next } = document;
  const [older, setOlder] = useState<Record<string, DeploymentHistory>>({});
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<Error>();
  const scope = environment ?? '';
  const loaded = older[scope];
  const records = useMemo(
    () =>
      together(
        environment
          ? history.filter(record => record.environment === environment)
          : history,
        loaded?.deployments ?? [],
      ),
    [history, loaded, environment],
  );
  const hasOlder = Boolean(loaded ? loaded.next : next);
  const loadOlder = useCallback(async () => {
    setLoading(true);
    setError(undefined);
    try {
      const cursor = loaded ? loaded.next : next;
      const part = await api.history(entityRef, {
        environment,
        // The document's cursor counts the records of all environments.
        cursor: loaded || !environment ? cursor : undefined,
      });
      setOlder(parts => ({
        ...parts,
        // What the document shows now is kept: new deployments push it out there.
        [scope]: { ...part, deployments: together(records, part.deployments) },
      }));
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setLoading(false);
    }
  }, [api, entityRef, environment, loaded, next, records, scope]);
  return {
    records,
    isLoading,
    error,
    loadOlder: hasOlder ? loadOlder : undefined,
  };
}

/** Each record once, newest first. */
function together(
  ...parts: Array<readonly DeploymentRecord[]>
): DeploymentRecord[] {
  const byId = new Map(
    // The first part is the newest reading of a record.
    parts
      .flat()
      .reverse()
      .map(record => [record.id, record]),
  );
  return [...byId.values()].sort(
    (a, b) =>
      Date.parse(b.startedAt) - Date.parse(a.startedAt) ||
      b.id.localeCompare(a.id),
  );
}
