// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { AppFrame } from './AppFrame';

/**
 * The frame around all pages: navigation at the side, content beside it. Takes the
 * place of the stock layout, and has one input more: `banners`, lines above every
 * page.
 */
export const appLayout = createExtension({
  name: 'layout',
  attachTo: { id: 'app/root', input: 'children' },
  inputs: {
    nav: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    content: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    banners: createExtensionInput([coreExtensionData.reactElement]),
  },
  output: [coreExtensionData.reactElement],
  factory: ({ inputs }) => [
    coreExtensionData.reactElement(
      <AppFrame
        nav={inputs.nav.get(coreExtensionData.reactElement)}
        banners={inputs.banners.map(banner =>
          banner.get(coreExtensionData.reactElement),
        )}
      >
        {inputs.content.get(coreExtensionData.reactElement)}
      </AppFrame>,
    ),
  ],
});
