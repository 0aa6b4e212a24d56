// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A code with parameters: rendered to English here for API, notifications and actions, and by translation in the interface. @public */
export interface Phrase {
  code: string;
  params: Record<string, string | number>;
}

/** A phrase of a code and its parameters. @public */
export function phrase(code: string, params: Phrase['params'] = {}): Phrase {
  return { code, params };
}
