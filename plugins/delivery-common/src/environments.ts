// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** One place in which an environment runs. `namespace` may hold `{team}`, `{system}`, `{component}`. @public */
export interface EnvironmentTarget {
  cluster: string;
  namespace: string;
}

/** One column of every page, from `fairway.environments[]`. @public */
export interface Environment {
  name: string;
  title: string;
  /** Ascending from the first environment that a change reaches. */
  order: number;
  targets: EnvironmentTarget[];
}
