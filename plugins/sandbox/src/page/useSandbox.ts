// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  sandboxApiRef,
  type SandboxApi,
  type SandboxPullRequest,
  type SandboxState,
} from '../api/SandboxApi';

/** The page is for looking at effects: it asks often, and only while it is seen. */
const POLL_MS = 3_000;

/** Last good answer and last failure; the failure ends with the next good answer. */
export interface Polled<T> {
  data?: T;
  error?: Error;
}

export interface Sandbox {
  state: Polled<SandboxState>;
  pullRequests: Polled<SandboxPullRequest[]>;
  /** What failed when a switch was turned; ends with the next try. */
  actionError?: Error;
  /** Key of the action that runs, such as `story:quota`. */
  running?: string;
  /** Runs one action, then reads everything again. */
  act(key: string, action: (api: SandboxApi) => Promise<void>): Promise<void>;
  reload(): Promise<void>;
}

/** The sandbox, kept up to date while the tab is visible. */
export function useSandbox(): Sandbox {
  const api = useApi(sandboxApiRef);
  const [state, setState] = useState<Polled<SandboxState>>({});
  const [pullRequests, setPullRequests] = useState<
    Polled<SandboxPullRequest[]>
  >({});
  const [actionError, setActionError] = useState<Error>();
  const [running, setRunning] = useState<string>();
  const mounted = useRef(true);

  const reload = useCallback(async () => {
    await Promise.all([
      read(() => api.getState(), setState, mounted),
      read(() => api.listPullRequests(), setPullRequests, mounted),
    ]);
  }, [api]);

  const act = useCallback(
    async (key: string, action: (api: SandboxApi) => Promise<void>) => {
      setRunning(key);
      setActionError(undefined);
      try {
        await action(api);
      } catch (error) {
        setActionError(error as Error);
      }
      await reload();
      setRunning(undefined);
    },
    [api, reload],
  );

  useEffect(() => {
    mounted.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async () => {
      if (!document.hidden) {
        await reload();
      }
      if (mounted.current) {
        timer = setTimeout(poll, POLL_MS);
      }
    };
    void poll();
    return () => {
      mounted.current = false;
      clearTimeout(timer);
    };
  }, [reload]);

  return { state, pullRequests, actionError, running, act, reload };
}

async function read<T>(
  ask: () => Promise<T>,
  set: (update: (previous: Polled<T>) => Polled<T>) => void,
  mounted: { current: boolean },
) {
  try {
    const data = await ask();
    if (mounted.current) {
      set(() => ({ data }));
    }
  } catch (error) {
    if (mounted.current) {
      set(previous => ({ ...previous, error: error as Error }));
    }
  }
}
