// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup } from '@backstage/ui';
import { useEffect } from 'react';
import { FieldErrors } from '../field/FieldErrors';
import { fieldWords, type FieldProps } from '../field/FieldProps';
import { scaffolderFieldsTranslationRef } from '../translation';
import styles from '../field/Field.module.css';

/** Ways in which a service can be reached. */
export const EXPOSURES = ['none', 'gateway', 'ingress-nginx'] as const;

export type ExposureValue = (typeof EXPOSURES)[number];

/** Who can reach the new service, with the help beside each choice. */
export function Exposure(props: FieldProps<ExposureValue>) {
  const { formData: value, onChange, rawErrors, disabled } = props;
  const { t } = useTranslationRef(scaffolderFieldsTranslationRef);
  useEffect(() => {
    // Closed until somebody opens it.
    if (value === undefined) {
      onChange('none');
    }
  }, [value, onChange]);
  const choices: Record<ExposureValue, { title: string; help: string }> = {
    none: { title: t('exposure.none'), help: t('exposure.noneHelp') },
    gateway: { title: t('exposure.gateway'), help: t('exposure.gatewayHelp') },
    'ingress-nginx': {
      title: t('exposure.nginx'),
      help: t('exposure.nginxHelp'),
    },
  };
  return (
    <div className={styles.field}>
      <RadioGroup
        label={fieldWords(props, t('exposure.label'), '').label}
        description={props.schema.description}
        value={value ?? 'none'}
        onChange={key =>
          onChange(EXPOSURES.find(exposure => exposure === key) ?? 'none')
        }
        isDisabled={disabled}
        isRequired={props.required}
      >
        {EXPOSURES.map(exposure => (
          <Radio key={exposure} value={exposure}>
            <span className={styles.option}>
              <span>{choices[exposure].title}</span>
              <span className={styles.hint}>{choices[exposure].help}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <FieldErrors errors={rawErrors} />
    </div>
  );
}
