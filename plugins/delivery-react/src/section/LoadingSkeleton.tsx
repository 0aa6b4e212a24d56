// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { HiddenText } from '../hidden';
import { deliveryReactTranslationRef } from '../translation';
import styles from './LoadingSkeleton.module.css';

/** @public */
export interface LoadingSkeletonProps {
  /** What is loading, translated: "deployments". */
  what?: string;
  /** Height of what will stand here, in pixels or any CSS length. */
  height: number | string;
  /** Bars of that height, one below the other. */
  count?: number;
}

/** A placeholder of the size of what it stands for, so that nothing jumps. @public */
export function LoadingSkeleton(props: LoadingSkeletonProps) {
  const { what, height, count = 1 } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  return (
    <div className={styles.skeleton} role="status">
      <HiddenText>
        {what ? t('loading', { what }) : t('loadingAnything')}
      </HiddenText>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} width="100%" aria-hidden="true" />
      ))}
    </div>
  );
}
