// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import { useId, useState } from 'react';
import { FieldLine } from '../field/FieldLine';
import { fieldWords, type FieldProps } from '../field/FieldProps';
import { scaffolderFieldsTranslationRef } from '../translation';
import {
  SERVICE_NAME_MAX,
  checkServiceName,
} from '@fairway/plugin-delivery-common';
import { nameProblemWords } from './nameProblemWords';
import { useNameCheck } from './useNameCheck';
import styles from '../field/Field.module.css';

/** The name of a new service, checked while it is typed. */
export function ServiceName(props: FieldProps<string>) {
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
  const check = useNameCheck(value);
  const problem = checkServiceName(value);
  const words = () => {
    if (problem) {
      // An empty field is not wrong before somebody was in it, or wanted to go on.
      return touched || value !== '' || (rawErrors?.length ?? 0) > 0
        ? nameProblemWords(t, problem)
        : undefined;
    }
    return check.state === 'taken'
      ? t('name.taken', {
          name: value,
          owner: check.owner ?? t('name.nobody'),
        })
      : undefined;
  };
  const error = words();
  const hint = () => {
    switch (check.state) {
      case 'checking':
        return t('name.checking');
      case 'free':
        return t('name.free', { name: value });
      case 'unchecked':
        return t('name.unchecked');
      default:
        return '';
    }
  };
  return (
    <div className={styles.field}>
      <TextField
        {...fieldWords(props, t('name.label'), t('name.help'))}
        id={idSchema?.$id}
        name="name"
        value={value}
        onChange={text => {
          setTouched(true);
          onChange(text);
        }}
        onBlur={() => setTouched(true)}
        placeholder={t('name.placeholder')}
        // One more than allowed, so that the message about the length can be seen.
        maxLength={SERVICE_NAME_MAX + 24}
        autoComplete="off"
        spellCheck="false"
        isDisabled={disabled}
        isRequired={props.required}
        validationBehavior="aria"
        isInvalid={error !== undefined}
        aria-describedby={lineId}
      />
      <FieldLine id={lineId} error={error} hint={hint()} />
    </div>
  );
}
