// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { fieldTranslation } from '../field/fieldTranslation';
import { Environments } from './Environments';
import { environmentOptions } from './environmentOptions';

/**
 * `ui:field: FairwayEnvironments`; the value is a list of names in the order in
 * which a change reaches them. `ui:options.environments` lists those of the portal.
 */
export const environmentsField = createFormField({
  name: 'FairwayEnvironments',
  component: Environments,
  schema: makeFieldSchema({
    output: z => z.array(z.string()),
    uiOptions: z =>
      z.object({
        environments: z
          .array(z.object({ name: z.string(), title: z.string().optional() }))
          .optional(),
      }),
  }),
  validation: (value, field, { apiHolder, uiSchema }) => {
    const t = fieldTranslation(apiHolder);
    const options = environmentOptions(uiSchema?.['ui:options']?.environments);
    const [first] = options;
    if (!value?.includes(first.name)) {
      field.addError(t('environments.missing', { first: first.title }));
    }
    const unknown = (value ?? []).filter(
      (name: string) => !options.some(option => option.name === name),
    );
    if (unknown.length > 0) {
      field.addError(t('environments.unknown', { names: unknown.join(', ') }));
    }
  },
});
