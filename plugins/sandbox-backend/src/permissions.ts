// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createPermission } from '@backstage/plugin-permission-common';

/** See and turn the switches of the sandbox: faults, speed, stories, pull requests. @public */
export const sandboxControlUsePermission = createPermission({
  name: 'fairway-sandbox.control.use',
  attributes: {},
});

/** All permissions of the sandbox plugin. @public */
export const sandboxPermissions = [sandboxControlUsePermission];
