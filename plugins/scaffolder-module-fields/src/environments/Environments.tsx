// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, CheckboxGroup } from '@backstage/ui';
import { useEffect } from 'react';
import { FieldErrors } from '../field/FieldErrors';
import { fieldWords, type FieldProps } from '../field/FieldProps';
import { scaffolderFieldsTranslationRef } from '../translation';
import { environmentOptions, inOrder, skipped } from './environmentOptions';
import styles from '../field/Field.module.css';

/** What a template may say: its environments, in their order. */
export interface EnvironmentsOptions {
  environments?: Array<{ name: string; title?: string }>;
}

/** The environments of a new service, always in the order in which a change reaches them. */
export function Environments(props: FieldProps<string[], EnvironmentsOptions>) {
  const { formData: value, onChange, rawErrors, disabled, uiSchema } = props;
  const { t } = useTranslationRef(scaffolderFieldsTranslationRef);
  const options = environmentOptions(uiSchema['ui:options']?.environments);
  const [first] = options;
  // All of them, until the reader says otherwise.
  const chosen = value ?? options.map(({ name }) => name);
  const all = chosen.join();
  useEffect(() => {
    if (value === undefined) {
      onChange(all.split(','));
    }
  }, [value, all, onChange]);
  const gap = skipped(options, chosen);
  return (
    <div className={styles.field}>
      <CheckboxGroup
        {...fieldWords(
          props,
          t('environments.label'),
          t('environments.help', { first: first.title }),
        )}
        orientation="horizontal"
        value={inOrder(options, chosen)}
        onChange={names => onChange(inOrder(options, names))}
        isDisabled={disabled}
        isRequired={props.required}
      >
        {options.map(({ name, title }, index) => (
          <Checkbox key={name} value={name} isDisabled={index === 0}>
            {index === 0 ? t('environments.required', { title }) : title}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <p className={styles.hint} role="status">
        {gap.after && gap.skipped.length > 0
          ? t('environments.skipped', {
              after: gap.after.title,
              skipped: gap.skipped.map(({ title }) => title).join(', '),
            })
          : ''}
      </p>
      <FieldErrors errors={rawErrors} />
    </div>
  );
}
