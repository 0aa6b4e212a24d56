// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The guarded way from the portal to the control API of the embedded sandbox.
 *
 * @packageDocumentation
 */
export { sandboxPlugin as default } from './plugin';
export { sandboxControlUsePermission, sandboxPermissions } from './permissions';
