// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { measureBytes } from './measureBytes';
import { measureCalls } from './measureCalls';
import { measureChange } from './measureChange';
import { measureHungCluster } from './measureHungCluster';
import { measureLatency } from './measureLatency';
import { SandboxControl } from './SandboxControl';
import { Views } from './Views';

/** `npm run bench -- open`: a service's page against the tab of the stock Kubernetes plugin, on the same clusters. */
export async function runOpenBench(note: Note): Promise<Finding[]> {
  const url = `http://localhost:${process.env.FAIRWAY_PORT}`;
  const control = SandboxControl.fromEnvironment(process.env);
  const views = await Views.open(url);
  try {
    return [
      ...(await measureCalls(control, views, note)),
      ...(await measureBytes(views, note)),
      ...(await measureLatency(control, views, note)),
      ...(await measureChange(url, control, views, note)),
      ...(await measureHungCluster(control, views, note)),
    ];
  } finally {
    views.close();
  }
}
