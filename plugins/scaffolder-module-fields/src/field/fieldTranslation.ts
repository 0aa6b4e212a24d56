// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  translationApiRef,
  type ApiHolder,
} from '@backstage/frontend-plugin-api';
import { scaffolderFieldsTranslationRef } from '../translation';

/**
 * The words of the fields for validators, which run outside of React.
 *
 * @throws Error when the portal has no translations, which is a fault of the portal
 */
export function fieldTranslation(apiHolder: ApiHolder) {
  const snapshot = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderFieldsTranslationRef);
  if (!snapshot?.ready) {
    throw new Error('The translations of the form fields are not loaded');
  }
  return snapshot.t;
}

/** Renders one of our messages. */
export type FieldTranslation = ReturnType<typeof fieldTranslation>;
