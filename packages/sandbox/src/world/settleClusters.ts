// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { WallClock } from '../clock';
import { startFlux } from '../flux';
import type { GitStore } from '../git';
import { openCluster } from '../kubernetes';
import type { ImageRegistry } from '../registry/types';
import type { StateStore } from '../state';
import { startWorkloads } from '../workloads';
import { CLUSTERS, imagesFor } from './DemoWorld';

const SPEED = 200;
const LONGEST_MS = 20_000;
const PER_SERVICE_MS = 150;
const LOOK_MS = 100;

/**
 * Lets Flux meet the world before anyone looks: on a fast clock, until every
 * Kustomization has an answer. Without it the first minutes of a first visit
 * would show everything waiting for everything.
 */
export async function settleClusters(options: {
  git: GitStore;
  registry: ImageRegistry;
  state: StateStore;
  /** How many services the world has: more need longer. */
  services: number;
}): Promise<void> {
  const { git, registry, state, services } = options;
  const clock = new WallClock(SPEED);
  const running = Object.values(CLUSTERS)
    .flat()
    .map(name => {
      const store = openCluster({ name, clock, state });
      const stopWorkloads = startWorkloads({
        store,
        clock,
        registry: imagesFor(name, registry),
      });
      const flux = startFlux({ store, git, clock });
      return { store, stopWorkloads, flux };
    });
  const isSettled = () =>
    running.every(({ store }) => {
      const all = store.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
      return (
        all.length > 5 &&
        all.every(({ spec, status }) => {
          const ready = (status?.conditions ?? []).find(
            ({ type }: { type: string }) => type === 'Ready',
          );
          return (
            spec.suspend ||
            (ready &&
              ready.status !== 'Unknown' &&
              ready.reason !== 'DependencyNotReady' &&
              ready.reason !== 'ArtifactFailed')
          );
        })
      );
    });
  const until = Date.now() + LONGEST_MS + services * PER_SERVICE_MS;
  while (!isSettled() && Date.now() < until) {
    await new Promise(resolve => {
      setTimeout(resolve, LOOK_MS);
    });
  }
  for (const { flux, stopWorkloads } of running) {
    flux.stop();
    stopWorkloads();
  }
  clock.stop();
}
