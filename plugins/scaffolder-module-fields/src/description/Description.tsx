// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import { useId, useState } from 'react';
import { FieldLine } from '../field/FieldLine';
import { fieldWords, type FieldProps } from '../field/FieldProps';
import { scaffolderFieldsTranslationRef } from '../translation';
import {
  SERVICE_DESCRIPTION_MAX,
  checkServiceDescription,
} from '@fairway/plugin-delivery-common';
import { descriptionProblemWords } from './descriptionProblemWords';
import styles from '../field/Field.module.css';

/** From here on it matters how many characters are left. */
const NEAR = SERVICE_DESCRIPTION_MAX - 40;

/** What a new service does, in one sentence, checked while it is typed. */
export function Description(props: FieldProps<string>) {
  const {
    formData: value = '',
    onChange,
    rawErrors,
    disabled,
    idSchema,
  } = props;
  const { t } = useTranslationRef(scaffolderFieldsTranslationRef);
  const [touched, setTouched] = useState(false);
  const lineId = useId();
  const problem = checkServiceDescription(value);
  // An empty field is not wrong before somebody was in it, or wanted to go on.
  const isShown = touched || value !== '' || (rawErrors?.length ?? 0) > 0;
  const error =
    problem && isShown ? descriptionProblemWords(t, problem) : undefined;
  return (
    <div className={styles.field}>
      <TextField
        {...fieldWords(props, t('description.label'), t('description.help'))}
        id={idSchema?.$id}
        name="description"
        value={value}
        onChange={text => {
          setTouched(true);
          onChange(text);
        }}
        onBlur={() => setTouched(true)}
        placeholder={t('description.placeholder')}
        autoComplete="off"
        isDisabled={disabled}
        isRequired={props.required}
        validationBehavior="aria"
        isInvalid={error !== undefined}
        aria-describedby={lineId}
      />
      <FieldLine
        id={lineId}
        error={error}
        hint={
          value.length >= NEAR
            ? t('description.left', {
                count: SERVICE_DESCRIPTION_MAX - value.length,
              })
            : undefined
        }
      />
    </div>
  );
}
