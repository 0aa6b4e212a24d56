// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { fieldTranslation } from '../field/fieldTranslation';
import { EXPOSURES, Exposure } from './Exposure';

/** `ui:field: FairwayExposure`; the value is `none`, `gateway` or `ingress-nginx`. */
export const exposureField = createFormField({
  name: 'FairwayExposure',
  component: Exposure,
  schema: makeFieldSchema({ output: z => z.enum(EXPOSURES) }),
  validation: (value, field, { apiHolder }) => {
    if (!EXPOSURES.includes(value)) {
      field.addError(fieldTranslation(apiHolder)('exposure.missing'));
    }
  },
});
