// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** What a form hands to a field with a value of type `T` and options `O`. */
export type FieldProps<T, O = object> = FieldExtensionComponentProps<T, O>;

/** Title and description that the template may give instead of ours. */
export function fieldWords<T, O>(
  props: FieldProps<T, O>,
  label: string,
  help: string,
): { label: string; description: string } {
  return {
    label: props.schema.title ?? label,
    description: props.schema.description ?? help,
  };
}
