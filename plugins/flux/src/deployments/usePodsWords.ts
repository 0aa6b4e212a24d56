// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormats } from '@fairway/plugin-delivery-react';
import { fluxTranslationRef } from '../translation';

/** Pods that are ready, of those that should be. */
export interface PodCount {
  ready: number;
  desired: number;
}

/** Words for a count of pods: "3 of 3 pods". */
export function usePodsWords(): (pods: PodCount) => string {
  const { t } = useTranslationRef(fluxTranslationRef);
  const formats = useFormats();
  return pods =>
    t('environment.pods', {
      ready: formats.number(pods.ready),
      desired: formats.number(pods.desired),
      count: pods.desired,
    });
}
