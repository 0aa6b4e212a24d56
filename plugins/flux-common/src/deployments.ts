// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus, Verdict } from '@fairway/plugin-delivery-common';

/** States of a Flux object; the engine that decides them is in this package. @public */
export const FLUX_STATES = [
  'terminating',
  'suspended',
  'stalled',
  'waiting',
  'failing',
  'progressing',
  'requested',
  'stale',
  'drifted',
  'ready',
  'static',
  'unknown',
] as const;

/** @public */
export type FluxState = (typeof FLUX_STATES)[number];

/** State of an environment or target: Flux states, and those that only a place can have. @public */
export type PlaceState =
  | FluxState
  | 'degraded'
  | 'empty'
  | 'not-bound'
  | 'unavailable'
  | 'mixed';

/** A commit of the GitOps repository: the newest that touched the service's rendered paths. @public */
export interface DeploymentCommit {
  sha: string;
  /** First line only. */
  subject: string;
  author: string;
  /** ISO 8601. */
  date: string;
  /** Page of the commit at the source host. */
  url?: string;
}

/** An image as a workload names it. @public */
export interface DeployedImage {
  container: string;
  /** Without tag and digest. */
  repository: string;
  tag?: string;
  /** The digest that the pods run, when all agree. */
  digest?: string;
}

/** One workload of the service at one target. @public */
export interface DeployedWorkload {
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  name: string;
  images: DeployedImage[];
  pods: { desired: number; ready: number; updated: number };
  /** The plain cause when pods are not ready, from their waiting reasons: `ImagePullBackOff`. */
  trouble?: {
    reason: string;
    message?: string;
    /** How many pods have it. */
    pods: number;
    /** One of them, to look at. */
    pod?: string;
    /** The container of `pod` that says so. */
    container?: string;
  };
}

/** One region of an environment. @public */
export interface TargetDeployments {
  cluster: string;
  namespace: string;
  source: SourceStatus;
  verdict: Verdict<PlaceState>;
  kustomization?: {
    name: string;
    namespace: string;
    path?: string;
    /** Short commit that is applied. */
    appliedRevision?: string;
    attemptedRevision?: string;
    intervalSeconds?: number;
    suspended: boolean;
    /** Last completed apply, ISO 8601. */
    reconciledAt?: string;
    /** Why this object is here: `label`, `annotation`, `owner`. */
    because: string;
  };
  /** What runs: the version of the main workload and since when, by the service's own objects. */
  deployed?: {
    version: string;
    image: DeployedImage;
    /** Since when this pod template is the deployed one, ISO 8601. */
    since: string;
    commit?: DeploymentCommit;
  };
  /** The version that Git wants when it is not the one that runs. */
  wanted?: { version: string };
  workloads: DeployedWorkload[];
  pods: { desired: number; ready: number };
}

/** One column of the page. @public */
export interface EnvironmentDeployments {
  name: string;
  title: string;
  order: number;
  /** Worst of its targets, in words: `1.5.0 in 1 of 2 regions`. */
  verdict: Verdict<PlaceState>;
  targets: TargetDeployments[];
}

/**
 * What a deployment changed; `by-hand`: an image that Git did not ask for, so
 * it has no commit.
 *
 * @public
 */
export type DeploymentChange = 'image' | 'configuration' | 'by-hand';

/** A change in the service's own objects. A new revision alone is none. @public */
export interface DeploymentRecord {
  id: string;
  environment: string;
  cluster: string;
  workload: string;
  version: string;
  image: DeployedImage;
  /** When the change reached the cluster, ISO 8601. */
  startedAt: string;
  /** `configuration`: the images stayed, and something else of the service's own objects changed, such as replicas. */
  change?: DeploymentChange;
  /** A gap: so many changes just before this one were seen by nobody. */
  missedBefore?: number;
  commit?: DeploymentCommit;
}

/** A part of the history, newest first. @public */
export interface DeploymentHistory {
  deployments: DeploymentRecord[];
  /** Asks for the next part; absent when there is none. */
  next?: string;
}

/** The one document of the page `Deployments` of an entity. @public */
export interface DeploymentsDocument {
  entityRef: string;
  environments: EnvironmentDeployments[];
  /** Newest first, at most 20. */
  history: DeploymentRecord[];
  /** Asks the route of the history for what comes after `history`; absent when that is all. */
  next?: string;
  /** Set while the host of the GitOps repository does not answer: commits that are missing are not known yet. */
  commits?: SourceStatus;
}
