// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';

/** One bad field of the options of a request. */
export interface OptionCause {
  reason: 'FieldValueForbidden' | 'FieldValueNotSupported';
  message: string;
  field: string;
}

export function forbiddenOption(field: string, why: string): OptionCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function unsupportedOption(
  field: string,
  value: string,
  supported: string[],
): OptionCause {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: ${supported
      .map(one => JSON.stringify(one))
      .join(', ')}`,
    field,
  };
}

/**
 * The 422 about the options of a request, not about its object.
 *
 * @param options `ListOptions`, `DeleteOptions`, `CreateOptions`, `UpdateOptions` or `PatchOptions`
 */
export function invalidOptions(
  options: string,
  causes: OptionCause[],
): ApiError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  return new ApiError(
    422,
    'Invalid',
    `${options}.meta.k8s.io "" is invalid: ${
      texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
    }`,
    { group: 'meta.k8s.io', kind: options, causes },
  );
}
