// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  StatusPill,
  Timestamp,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import type { TargetDeployments } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';
import { usePodsWords } from './usePodsWords';
import styles from './EnvironmentCard.module.css';

/** The regions of an environment that do not all say the same. */
export function RegionList(props: {
  targets: readonly TargetDeployments[];
  phrase: PhraseRenderer;
}) {
  const { t } = useTranslationRef(fluxTranslationRef);
  const podsWords = usePodsWords();
  return (
    <ul className={styles.regions}>
      {props.targets.map(({ cluster, verdict, deployed, pods, workloads }) => (
        <li key={cluster} className={styles.region}>
          <strong>{cluster}</strong>
          {deployed && <bdi>{deployed.version}</bdi>}
          <StatusPill tone={verdict.tone} label={t(`state.${verdict.state}`)} />
          <span className={styles.quiet}>
            {workloads.length > 0 && podsWords(pods)}
            {deployed && (
              <>
                {workloads.length > 0 && ' · '}
                <Timestamp time={deployed.since} />
              </>
            )}
          </span>
          {verdict.tone !== 'positive' && (
            <span>{props.phrase(verdict.reason)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
