// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { FieldTranslation } from '../field/fieldTranslation';
import type { ServiceNameProblem } from '@fairway/plugin-delivery-common';

/** A problem with a name as a sentence that says what to do. */
export function nameProblemWords(
  t: FieldTranslation,
  problem: ServiceNameProblem,
): string {
  switch (problem.code) {
    case 'short':
      return t('name.short', { min: String(problem.min) });
    case 'long':
      return t('name.long', {
        max: String(problem.max),
        length: String(problem.length),
      });
    case 'upper':
      return t('name.upper', { suggestion: problem.suggestion });
    case 'characters':
      return t('name.characters', { characters: problem.characters });
    case 'reserved':
    case 'windows':
      return t(`name.${problem.code}`, { name: problem.name });
    default:
      return t(`name.${problem.code}`);
  }
}
