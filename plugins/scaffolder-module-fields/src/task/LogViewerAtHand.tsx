// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { LogViewer } from '@backstage/core-components';

/**
 * Has the code of the stock log viewer loaded before it is needed. The stock page asks
 * for it in the moment in which the portal stops to answer, so it cannot be had then,
 * and the whole page would fall over.
 */
export function LogViewerAtHand() {
  return (
    <div hidden>
      <LogViewer text="" />
    </div>
  );
}
