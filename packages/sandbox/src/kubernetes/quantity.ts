// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const SUFFIXES: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity such as `100m`, `2`, `1.5Gi` as a number; what is none counts as nothing. */
export function parseQuantity(value: string | number | undefined): number {
  const match = /^([\d.]+)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value ?? 0));
  return match ? Number(match[1]) * SUFFIXES[match[2] ?? ''] : 0;
}

/** A number as the server writes it: bytes in the largest binary unit that divides them, the rest in whole or milli units. */
export function formatQuantity(value: number, isMemory: boolean): string {
  if (!isMemory) {
    const milli = Math.round(value * 1000);
    return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
  }
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    if (value > 0 && value % SUFFIXES[unit] === 0) {
      return `${value / SUFFIXES[unit]}${unit}`;
    }
  }
  return String(value);
}
