// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { Timestamp } from '../time';
import { deliveryReactTranslationRef } from '../translation';

/** @public */
export interface SourceFooterProps {
  /** Where the data comes from, in the reader's terms: a cluster, a repository. */
  source: string;
  /** When it was last confirmed: ISO 8601 or milliseconds since 1970. */
  asOf?: string | number;
  children?: ReactNode;
}

/** The foot of a block: source, age, and what else belongs to it. @public */
export function SourceFooter(props: SourceFooterProps) {
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  return (
    <>
      <span>{t('source.from', { source: props.source })}</span>
      {props.asOf === undefined ? (
        <span>{t('source.never')}</span>
      ) : (
        <span>
          {t('source.asOf')} <Timestamp time={props.asOf} />
        </span>
      )}
      {props.children}
    </>
  );
}
