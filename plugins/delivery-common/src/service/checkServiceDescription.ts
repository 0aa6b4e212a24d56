// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** @public */
export const SERVICE_DESCRIPTION_MAX = 200;

/** What is wrong with a description, the first thing to correct. @public */
export type ServiceDescriptionProblem =
  | { code: 'missing' }
  | { code: 'long'; max: number; length: number }
  | { code: 'invisible' }
  | { code: 'template' };

/**
 * Checks the sentence that says what a service does. It is written into YAML, JSON and
 * Markdown by a template, so it holds neither template text nor characters that cannot
 * be seen.
 *
 * @returns the first thing that is wrong, undefined when the sentence is good
 * @public
 */
export function checkServiceDescription(
  text: string,
): ServiceDescriptionProblem | undefined {
  if (text.trim() === '') {
    return { code: 'missing' };
  }
  if (text.length > SERVICE_DESCRIPTION_MAX) {
    return { code: 'long', max: SERVICE_DESCRIPTION_MAX, length: text.length };
  }
  // Control characters, and those that change the direction of text.
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
    return { code: 'invisible' };
  }
  if (/\$\{\{|\{\{|\{%|\{#/.test(text)) {
    return { code: 'template' };
  }
  return undefined;
}
