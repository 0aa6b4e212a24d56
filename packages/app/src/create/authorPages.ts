// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';

/** Basic permission of people who write templates. */
const forAuthors = {
  permissions: { $contains: 'scaffolder.template.management' },
};

/**
 * Of the scaffolder's tabs, people who create a service see their templates and tasks;
 * the editor and the references are for those who write templates.
 */
export const authorPages = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/actions')
      .override({ if: forAuthors }),
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/editor')
      .override({ if: forAuthors }),
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/templating-extensions')
      .override({ if: forAuthors }),
  ],
});
