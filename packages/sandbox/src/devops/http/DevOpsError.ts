// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An error in the words of Azure DevOps: TF code in the message, type key beside it. */
export class DevOpsError extends Error {
  readonly status: number;
  readonly typeKey: string;

  constructor(status: number, typeKey: string, message: string) {
    super(message);
    this.name = 'DevOpsError';
    this.status = status;
    this.typeKey = typeKey;
  }

  /** The wire shape. */
  body(): object {
    return errorBody(this.typeKey, this.message);
  }
}

/** The error document of Azure DevOps REST. */
export function errorBody(typeKey: string, message: string): object {
  return {
    $id: '1',
    innerException: null,
    message,
    typeName: `Microsoft.TeamFoundation.SourceControl.WebServer.${typeKey}, Microsoft.TeamFoundation.SourceControl.WebServer`,
    typeKey,
    errorCode: 0,
    eventId: 3000,
  };
}

export function notFound(typeKey: string, message: string): DevOpsError {
  return new DevOpsError(404, typeKey, message);
}

/** A 400 that names the field and what to do. */
export function invalid(message: string): DevOpsError {
  return new DevOpsError(400, 'InvalidArgumentValueException', message);
}
