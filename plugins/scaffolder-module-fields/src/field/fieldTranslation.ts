// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  translationApiRef,
  type ApiHolder,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { scaffolderFieldsTranslationRef } from '../translation';

/** Renders one of our messages. Said, not inferred: inferred here, it costs the compiler gigabytes. */
export type FieldTranslation = TranslationFunction<
  (typeof scaffolderFieldsTranslationRef)['T']
>;

/**
 * The words of the fields for validators, which run outside of React.
 *
 * @throws Error when the portal has no translations, which is a fault of the portal
 */
export function fieldTranslation(apiHolder: ApiHolder): FieldTranslation {
  const snapshot = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderFieldsTranslationRef);
  if (!snapshot?.ready) {
    throw new Error('The translations of the form fields are not loaded');
  }
  return snapshot.t;
}
