// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A pipeline that cannot run, and why: one line for each thing that is wrong. */
export class PipelineValidationError extends Error {
  readonly errors: string[];

  constructor(errors: string[]) {
    super(errors.join('\n'));
    this.name = 'PipelineValidationError';
    this.errors = errors;
  }
}
