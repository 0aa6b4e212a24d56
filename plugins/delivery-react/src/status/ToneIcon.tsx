// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  RiAlertFill,
  RiCheckLine,
  RiCloseLine,
  RiLoopRightLine,
  RiPauseFill,
  RiQuestionMark,
} from '@remixicon/react';
import type { Tone } from '@fairway/plugin-delivery-common';

const ICONS = {
  positive: RiCheckLine,
  progressing: RiLoopRightLine,
  paused: RiPauseFill,
  warning: RiAlertFill,
  negative: RiCloseLine,
  unknown: RiQuestionMark,
} satisfies Record<Tone, unknown>;

/** The sign of a tone: a different shape for each, so that nobody needs colour. @public */
export function ToneIcon(props: { tone: Tone; size?: number }) {
  const Icon = ICONS[props.tone];
  return <Icon size={props.size ?? 13} aria-hidden="true" focusable="false" />;
}
