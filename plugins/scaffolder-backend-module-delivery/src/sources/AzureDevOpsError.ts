// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An answer of Azure DevOps that is not what was asked for, in words for the task log. */
export class AzureDevOpsError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /**
   * The request may have been carried out although it was not answered, so it
   * must be looked up before it is sent again.
   */
  readonly isUncertain: boolean;

  constructor(
    message: string,
    options: { status: number; isUncertain?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'AzureDevOpsError';
    this.status = options.status;
    this.isUncertain = options.isUncertain ?? false;
  }
}

/** True when somebody else was faster: the thing exists, or the branch has moved. */
export function isConflict(error: unknown): boolean {
  return error instanceof AzureDevOpsError && error.status === 409;
}
