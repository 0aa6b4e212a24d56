// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { EventRecorder } from './EventRecorder';
import { ObjectPatcher } from './ObjectPatcher';
import { REQUESTED_AT } from './SourceReconciler';
import {
  type ConditionStatus,
  deleteCondition,
  getCondition,
  hasStatus,
  setCondition,
} from './conditions';
import { formatDuration } from './goDuration';
import { upsertHistory } from './history';
import { phaseMessage, timeoutOf } from './kustomizationRules';

const MANAGER = 'gotk-kustomize-controller';

/** What one run tells about itself: conditions, history, events, in the order of the recordings. */
export class RunStatus {
  /** The working copy. */
  readonly object: KubeObject;
  /** Milliseconds that a health check may take. */
  readonly timeoutMs: number;
  readonly #patcher: ObjectPatcher;
  readonly #clock: Clock;
  readonly #events: EventRecorder;
  readonly #started: number;

  private constructor(
    deps: { store: ClusterStore; clock: Clock; events: EventRecorder },
    object: KubeObject,
  ) {
    this.object = object;
    this.timeoutMs = timeoutOf(object);
    this.#patcher = ObjectPatcher.create(deps.store, MANAGER, object);
    this.#clock = deps.clock;
    this.#events = deps.events;
    this.#started = deps.clock.now().getTime();
  }

  static create(
    deps: { store: ClusterStore; clock: Clock; events: EventRecorder },
    object: KubeObject,
  ): RunStatus {
    return new RunStatus(deps, object);
  }

  set(
    type: string,
    status: ConditionStatus,
    reason: string,
    message: string,
  ): void {
    const condition = { type, status, reason, message };
    setCondition(this.object, condition, this.#clock.now());
  }

  /** Publishes what is being done for a revision. */
  phase(name: string, revision: string): void {
    const message = phaseMessage(name, revision, this.timeoutMs);
    this.set('Reconciling', 'True', 'Progressing', message);
    this.write();
  }

  write(): void {
    this.#patcher.patch(this.object);
  }

  /** The last write of every run. */
  finish(): void {
    const { object } = this;
    const requested = object.metadata.annotations?.[REQUESTED_AT];
    if (requested !== undefined) {
      object.status.lastHandledReconcileAt = requested;
    }
    if (hasStatus(object, 'Ready', 'True')) {
      deleteCondition(object, 'Reconciling');
      object.status.observedGeneration = object.metadata.generation;
    }
    const reconciling = getCondition(object, 'Reconciling');
    if (hasStatus(object, 'Ready', 'False') && reconciling) {
      this.set(
        'Reconciling',
        'True',
        'ProgressingWithRetry',
        reconciling.message,
      );
    }
    this.write();
  }

  /** Puts an outcome into `status.history`. */
  remember(digest: string, status: string, revision: string): void {
    this.object.status.history = upsertHistory(
      this.object.status.history ?? [],
      {
        digest,
        status,
        revision,
        now: this.#clock.now(),
        duration: this.since(),
      },
    );
  }

  /** Records an event; its reason is that of Ready. */
  event(
    revision: string | undefined,
    type: 'Normal' | 'Warning',
    message: string,
    annotations: Record<string, string> = {},
  ): void {
    this.#events.record(this.object, {
      type,
      message,
      reason:
        getCondition(this.object, 'Ready')?.reason ??
        (type === 'Normal' ? 'info' : 'error'),
      annotations: {
        ...annotations,
        ...(revision
          ? { 'kustomize.toolkit.fluxcd.io/revision': revision }
          : {}),
      },
    });
  }

  /** Time since `from` (by default the start of the run) as Go prints it: to the nanosecond, so that no two messages are the same. */
  since(from = this.#started): string {
    const fraction = Number(process.hrtime.bigint() % 1_000_000n) / 1_000_000;
    return formatDuration(this.#clock.now().getTime() - from + fraction);
  }
}
