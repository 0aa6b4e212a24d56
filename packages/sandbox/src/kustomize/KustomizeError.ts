// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A build that failed, worded as kustomize words it. */
export class KustomizeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KustomizeError';
  }
}
