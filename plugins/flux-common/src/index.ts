// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Is my change live, and why not: the status engine and its documents.
 *
 * @packageDocumentation
 */
export * from './commits/commitsSource';
export * from './deployments';
export * from './images/parseImage';
export * from './permissions';
export * from './phrases/fluxPhrases';
export * from './phrases/placeStateWords';
export * from './phrases/renderFluxPhrase';
export * from './places/assessEnvironment';
export * from './places/assessTarget';
export {
  causeOfTrouble,
  findPodTrouble,
  type PodFacts,
  type PodTrouble,
  type TroubleCause,
} from './places/podTrouble';
export * from './places/rollout';
export * from './places/types';
export * from './status/assessFluxResource';
export { failedObjects } from './status/explainFailure';
export * from './status/parseRevision';
export { parseDurationSeconds, readFluxObject } from './status/readFluxObject';
export * from './status/types';
