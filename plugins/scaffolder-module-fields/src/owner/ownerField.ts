// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { fieldTranslation } from '../field/fieldTranslation';
import { Owner } from './Owner';
import { loadOwnGroups } from './loadOwnGroups';

/**
 * `ui:field: FairwayOwner`; the value is a full reference such as
 * `group:default/team-a`. The form helps; the template's action checks the owner
 * again with the user's credentials.
 */
export const ownerField = createFormField({
  name: 'FairwayOwner',
  component: Owner,
  schema: makeFieldSchema({ output: z => z.string() }),
  validation: async (value, field, { apiHolder }) => {
    const t = fieldTranslation(apiHolder);
    if (!value) {
      field.addError(t('owner.missing'));
      return;
    }
    const identity = apiHolder.get(identityApiRef);
    const catalog = apiHolder.get(catalogApiRef);
    try {
      const groups =
        identity && catalog ? await loadOwnGroups(identity, catalog) : [];
      if (!groups.some(({ ref }) => ref === value)) {
        field.addError(t('owner.foreign', { owner: value }));
      }
    } catch (error) {
      field.addError(t('owner.failed', { message: String(error) }));
    }
  },
});
