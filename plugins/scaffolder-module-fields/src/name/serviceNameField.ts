// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { fieldTranslation } from '../field/fieldTranslation';
import { ServiceName } from './ServiceName';
import { checkServiceName } from '@fairway/plugin-delivery-common';
import { findNameOwner } from './findNameOwner';
import { nameProblemWords } from './nameProblemWords';

/** `ui:field: FairwayServiceName`; the value is the name. */
export const serviceNameField = createFormField({
  name: 'FairwayServiceName',
  component: ServiceName,
  schema: makeFieldSchema({ output: z => z.string() }),
  validation: async (value, field, { apiHolder }) => {
    const t = fieldTranslation(apiHolder);
    const name = value ?? '';
    const problem = checkServiceName(name);
    if (problem) {
      field.addError(nameProblemWords(t, problem));
      return;
    }
    const catalog = apiHolder.get(catalogApiRef);
    try {
      const owner = catalog ? await findNameOwner(catalog, name) : undefined;
      if (owner !== undefined) {
        field.addError(
          t('name.taken', { name, owner: owner ?? t('name.nobody') }),
        );
      }
    } catch {
      // A catalog that is away must not hold the form: the template checks the name
      // again before it makes anything, and the field says that it is unchecked.
    }
  },
});
