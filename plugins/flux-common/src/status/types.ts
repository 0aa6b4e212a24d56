// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Verdict } from '@fairway/plugin-delivery-common';
import type { FluxState } from '../deployments';

/** Names one object of a cluster. @public */
export interface FluxObjectRef {
  kind: string;
  namespace: string;
  name: string;
}

/** One condition, as Kubernetes has it. @public */
export interface FluxCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  observedGeneration?: number;
  /** ISO 8601. */
  lastTransitionTime?: string;
}

/** One entry of a Kustomization's `status.history`. @public */
export interface FluxReconciliation {
  /** ISO 8601. */
  lastReconciled: string;
  /** A reason of Ready, such as `ReconciliationSucceeded`. */
  lastReconciledStatus: string;
  totalReconciliations?: number;
  revision?: string;
}

/**
 * The facts about a Flux object that a verdict rests on. The projections of the
 * watch cache satisfy it; `readFluxObject` makes it from an object as the
 * Kubernetes API gives it. All times are ISO 8601.
 *
 * @public
 */
export interface FluxResource {
  kind: string;
  cluster?: string;
  namespace: string;
  name: string;
  createdAt?: string;
  deletedAt?: string;
  /** What holds a deleted object back. */
  finalizers?: string[];
  generation?: number;
  observedGeneration?: number;
  suspended?: boolean;
  suspension?: { by?: string; reason?: string; until?: string };
  intervalSeconds?: number;
  retryIntervalSeconds?: number;
  timeoutSeconds?: number;
  /** `spec.wait` or `spec.healthChecks`. */
  checksHealth?: boolean;
  sourceRef?: FluxObjectRef;
  dependsOn?: Array<{ namespace: string; name: string }>;
  /** Revision of a source's artifact. */
  revision?: string;
  lastAppliedRevision?: string;
  lastAttemptedRevision?: string;
  requestedAt?: string;
  lastHandledReconcileAt?: string;
  /** When the controller last wrote the status. */
  statusWrittenAt?: string;
  /** Newest first is not assumed. */
  history?: FluxReconciliation[];
  conditions?: FluxCondition[];
  /** Failures that the controller counted itself (HelmRelease). */
  failures?: number;
  /** A kind, or variant of one, that never has a status. */
  static?: boolean;
}

/** An object as the Kubernetes API gives it. @public */
export interface FluxObject {
  apiVersion?: string;
  kind?: string;
  metadata: object;
  spec?: unknown;
  status?: unknown;
}

/** What is known beside the object itself. @public */
export interface FluxContext {
  /** The present instant. */
  now: Date;
  /** Another object of the same cluster, or undefined when it is not known. */
  related(ref: FluxObjectRef): FluxResource | FluxObject | undefined;
}

/** The verdict about one Flux object. @public */
export interface FluxAssessment extends Verdict<FluxState> {
  /** Of `ready`: whether anything checked that what was applied also runs. */
  qualifier?: 'healthy' | 'applied';
  /** Of `suspended`: how the last run before it ended. */
  lastResult?: 'succeeded' | 'failed';
  /**
   * `retrying`: failing, and the next attempt runs now. `slow`: progressing
   * beyond its own timeout. `checking`: progressing, but only a routine run of
   * what is applied already. `first`: never applied so far.
   */
  phase?: 'retrying' | 'slow' | 'checking' | 'first';
  /** Attempts at the present revision that failed. */
  attempts?: number;
  /** ISO 8601. */
  nextAttemptAt?: string;
  /** Last time that the controller is known to have worked on it, ISO 8601. */
  reconciledAt?: string;
}
