// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { LoadingSkeleton } from '@fairway/plugin-delivery-react';
import { useEffect, useState } from 'react';
import { FieldErrors } from '../field/FieldErrors';
import { fieldWords, type FieldProps } from '../field/FieldProps';
import { scaffolderFieldsTranslationRef } from '../translation';
import { loadOwnGroups, type OwnGroup } from './loadOwnGroups';
import styles from '../field/Field.module.css';

/** Label, help, control and a line for errors. */
const FIELD_HEIGHT = 92;

/** The group that will own the service: one of the reader's own. */
export function Owner(props: FieldProps<string>) {
  const { formData: value, onChange, rawErrors, disabled, idSchema } = props;
  const { t } = useTranslationRef(scaffolderFieldsTranslationRef);
  const identity = useApi(identityApiRef);
  const catalog = useApi(catalogApiRef);
  const [groups, setGroups] = useState<OwnGroup[]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let current = true;
    loadOwnGroups(identity, catalog).then(
      loaded => current && setGroups(loaded),
      error => current && setFailure(String(error?.message ?? error)),
    );
    return () => {
      current = false;
    };
  }, [identity, catalog]);
  useEffect(() => {
    // One group is no choice.
    if (value === undefined && groups?.length === 1) {
      onChange(groups[0].ref);
    }
  }, [value, groups, onChange]);
  const words = fieldWords(props, t('owner.label'), t('owner.help'));
  if (failure !== undefined) {
    return <FieldErrors errors={[t('owner.failed', { message: failure })]} />;
  }
  if (!groups) {
    return <LoadingSkeleton what={words.label} height={FIELD_HEIGHT} />;
  }
  if (groups.length === 0) {
    return <FieldErrors errors={[t('owner.none')]} />;
  }
  return (
    <div className={styles.field}>
      <Select
        {...words}
        id={idSchema?.$id}
        options={groups.map(({ ref, title }) => ({ id: ref, label: title }))}
        placeholder={t('owner.placeholder')}
        value={value ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
        isDisabled={disabled}
        isRequired={props.required}
        isInvalid={(rawErrors?.length ?? 0) > 0}
      />
      <FieldErrors errors={rawErrors} />
    </div>
  );
}
