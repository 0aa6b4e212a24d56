// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Annotation of entities and label of objects that says what belongs together. */
export const COMPONENT_LABEL = 'backstage.io/kubernetes-id';

/** Labels that kustomize-controller puts on what it applies. */
export const OWNER_NAME = 'kustomize.toolkit.fluxcd.io/name';
export const OWNER_NAMESPACE = 'kustomize.toolkit.fluxcd.io/namespace';
