// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { fieldTranslation } from '../field/fieldTranslation';
import { Description } from './Description';
import { checkServiceDescription } from '@fairway/plugin-delivery-common';
import { descriptionProblemWords } from './descriptionProblemWords';

/** `ui:field: FairwayDescription`; the value is one sentence. */
export const descriptionField = createFormField({
  name: 'FairwayDescription',
  component: Description,
  schema: makeFieldSchema({ output: z => z.string() }),
  validation: (value, field, { apiHolder }) => {
    const problem = checkServiceDescription(value ?? '');
    if (problem) {
      field.addError(
        descriptionProblemWords(fieldTranslation(apiHolder), problem),
      );
    }
  },
});
