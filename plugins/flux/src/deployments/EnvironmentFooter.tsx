// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Timestamp, useNow } from '@fairway/plugin-delivery-react';
import type { EnvironmentDeployments } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';

/** Source and age of an environment: its clusters, the last check and the next one. */
export function EnvironmentFooter(props: {
  environment: EnvironmentDeployments;
}) {
  const { targets } = props.environment;
  const { t } = useTranslationRef(fluxTranslationRef);
  const now = useNow();
  // With several regions the age is that of the one checked longest ago.
  const oldest = targets
    .flatMap(({ kustomization }) =>
      kustomization?.reconciledAt ? [kustomization] : [],
    )
    .sort(
      (a, b) =>
        Date.parse(a.reconciledAt ?? '') - Date.parse(b.reconciledAt ?? ''),
    )[0];
  const next =
    oldest?.reconciledAt && oldest.intervalSeconds !== undefined
      ? Date.parse(oldest.reconciledAt) + oldest.intervalSeconds * 1000
      : undefined;
  return (
    <>
      <span>{targets.map(({ cluster }) => cluster).join(', ')}</span>
      {oldest?.reconciledAt && (
        <span>
          {t('environment.reconciled')} <Timestamp time={oldest.reconciledAt} />
        </span>
      )}
      {oldest?.suspended && <span>{t('environment.paused')}</span>}
      {next !== undefined && !oldest.suspended && (
        <span>
          {next > now ? (
            <>
              {t('environment.next')} <Timestamp time={next} planned />
            </>
          ) : (
            t('environment.nextDue')
          )}
        </span>
      )}
    </>
  );
}
