// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { deliveryApiRef } from './deliveryApiRef';
import type { LiveRequest, LiveState } from './types';

/** @public */
export interface LiveDocument<T> extends LiveState<T> {
  /** Asks again now. */
  refresh: () => void;
}

/**
 * A document that keeps itself up to date. All documents of a tab share one stream,
 * so that cards do not use up the browser's connections.
 *
 * @example
 * ```ts
 * const { data, status } = useLiveDocument<HomeDocument>({
 *   topic: 'fairway-delivery.home:user:default/dev-a',
 *   url: 'plugin://fairway-delivery/v1/home',
 * });
 * ```
 * @public
 */
export function useLiveDocument<T>(request: LiveRequest): LiveDocument<T> {
  const api = useApi(deliveryApiRef);
  const { topic, url } = request;
  const stable = useMemo(() => ({ topic, url }), [topic, url]);
  const subscribe = useCallback(
    (changed: () => void) => api.observe(stable, changed),
    [api, stable],
  );
  const read = useCallback(() => api.read(stable), [api, stable]);
  const state = useSyncExternalStore(subscribe, read, read) as LiveState<T>;
  const refresh = useCallback(() => {
    void api.refresh(stable);
  }, [api, stable]);
  return useMemo(() => ({ ...state, refresh }), [state, refresh]);
}
