// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { placeStateWords, type PlaceState } from '@fairway/plugin-flux-common';
import { deliveryTranslationRef } from '../translation';

/**
 * Words for the state of an environment. A state that a newer server sends and we
 * do not know has no word: the tone then speaks for it.
 */
export function useStateWord(): (state: string) => string | undefined {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return state => (isKnown(state) ? t(`state.${state}`) : undefined);
}

function isKnown(state: string): state is PlaceState {
  return Object.hasOwn(placeStateWords, state);
}
