// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface Config {
  fairway?: {
    tenancy?: {
      /**
       * Groups whose members are allowed everything, as entity references.
       * Default: ['group:default/platform']. An empty list gives nobody more
       * than what they own.
       */
      platformGroups?: string[];
    };
  };
}
