// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Form fields and pickers for Fairway templates.
 *
 * @packageDocumentation
 */
export { scaffolderModuleFields as default } from './module';
export { scaffolderFieldsTranslationRef } from './translation';
