// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Evidence, Phrase, Tone } from '@fairway/plugin-delivery-common';
import type { FluxState } from '../deployments';
import { reconciledAtOf, secondsSince } from './timing';
import type {
  FluxAssessment,
  FluxCondition,
  FluxContext,
  FluxResource,
} from './types';

const MAX_MESSAGE = 2048;

const TONES: Record<FluxState, Tone> = {
  terminating: 'progressing',
  suspended: 'paused',
  stalled: 'negative',
  waiting: 'paused',
  failing: 'negative',
  progressing: 'progressing',
  requested: 'progressing',
  stale: 'warning',
  drifted: 'warning',
  ready: 'positive',
  static: 'positive',
  unknown: 'unknown',
};

type Extra = Partial<Omit<FluxAssessment, 'state' | 'reason'>>;

/** One object under assessment, with what is asked of it again and again. */
export class FluxSubject {
  readonly ready?: FluxCondition;
  readonly reconciling?: FluxCondition;
  readonly stalled?: FluxCondition;
  readonly healthy?: FluxCondition;
  readonly drifted?: FluxCondition;

  constructor(readonly resource: FluxResource, readonly context: FluxContext) {
    const condition = (type: string) =>
      resource.conditions?.find(c => c.type === type);
    this.ready = condition('Ready');
    this.reconciling = condition('Reconciling');
    this.stalled = condition('Stalled');
    this.healthy = condition('Healthy');
    this.drifted = condition('Drifted');
  }

  get now(): Date {
    return this.context.now;
  }

  get last() {
    return this.resource.history?.[0];
  }

  get lastRunFailed(): boolean {
    return (
      this.last !== undefined &&
      this.last.lastReconciledStatus !== 'ReconciliationSucceeded'
    );
  }

  /** The last finished run failed at the revision that is being tried (again). */
  get failedAtThisRevision(): boolean {
    return (
      this.lastRunFailed &&
      this.last?.revision !== undefined &&
      this.last.revision === this.resource.lastAttemptedRevision
    );
  }

  /** The revision that the phase message of a run names. */
  get revisionInPhase(): string | undefined {
    return / for revision (\S+)/.exec(this.reconciling?.message ?? '')?.[1];
  }

  /** The newest generation is not the one that the conditions speak of. */
  get generationUnseen(): boolean {
    const { generation, observedGeneration } = this.resource;
    if (generation === undefined) {
      return false;
    }
    // status.observedGeneration moves on success only; a condition's own is
    // current in every state (control-plane reference 4, item 4).
    const seen = this.ready?.observedGeneration ?? observedGeneration;
    return seen !== undefined && seen < generation;
  }

  /** A routine run: everything at this revision and generation was applied before. */
  get isRoutine(): boolean {
    const { lastAppliedRevision } = this.resource;
    return (
      lastAppliedRevision !== undefined &&
      (this.revisionInPhase ?? lastAppliedRevision) === lastAppliedRevision &&
      (this.resource.lastAttemptedRevision ?? lastAppliedRevision) ===
        lastAppliedRevision &&
      !this.lastRunFailed &&
      this.resource.observedGeneration === this.resource.generation
    );
  }

  /** Nothing of it was ever applied or fetched. A HelmRelease does not say so in this way. */
  get neverApplied(): boolean {
    return (
      this.resource.kind !== 'HelmRelease' &&
      this.resource.lastAppliedRevision === undefined &&
      this.resource.revision === undefined
    );
  }

  /** The revision that was applied or fetched: Ready names it a moment before the other fields do (control-plane reference 4, item 2). */
  get revision(): string {
    const { lastAppliedRevision, revision } = this.resource;
    const named =
      this.ready?.status === 'True'
        ? /revision:? '?([^\s']+)/.exec(this.ready.message ?? '')?.[1]
        : undefined;
    return named ?? lastAppliedRevision ?? revision ?? '';
  }

  get ageSeconds(): number | undefined {
    return this.resource.createdAt === undefined
      ? undefined
      : secondsSince(this.resource.createdAt, this.now);
  }

  evidence(): Evidence[] {
    const { cluster, kind, namespace, name } = this.resource;
    const object = `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
    const source = cluster ? `${cluster}: ${object}` : object;
    return [this.stalled, this.ready, this.reconciling, this.drifted]
      .filter((c): c is FluxCondition => c !== undefined)
      .map(c => ({
        source,
        ...(c.reason ? { reason: c.reason } : {}),
        ...(c.message ? { message: c.message.slice(0, MAX_MESSAGE) } : {}),
        ...(c.lastTransitionTime ? { time: c.lastTransitionTime } : {}),
      }));
  }

  verdict(state: FluxState, reason: Phrase, extra: Extra = {}): FluxAssessment {
    const reconciledAt = reconciledAtOf(this.resource);
    return {
      state,
      tone: TONES[state],
      reason,
      evidence: this.evidence(),
      ...(reconciledAt ? { reconciledAt } : {}),
      ...extra,
    };
  }
}
