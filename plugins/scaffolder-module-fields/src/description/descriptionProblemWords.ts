// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { FieldTranslation } from '../field/fieldTranslation';
import type { ServiceDescriptionProblem } from '@fairway/plugin-delivery-common';

/** A problem with a description as a sentence that says what to do. */
export function descriptionProblemWords(
  t: FieldTranslation,
  problem: ServiceDescriptionProblem,
): string {
  switch (problem.code) {
    case 'long':
      return t('description.long', {
        max: String(problem.max),
        length: String(problem.length),
      });
    case 'template':
      // In the message itself it would be taken for a parameter.
      return t('description.template', { example: '${{ }}' });
    default:
      return t(`description.${problem.code}`);
  }
}
