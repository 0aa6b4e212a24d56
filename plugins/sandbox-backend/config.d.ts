// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface Config {
  fairway?: {
    sandbox?: {
      /**
       * Base address of the sandbox's control API, such as
       * `http://127.0.0.1:7100`. Required where this plugin is installed.
       */
      controlUrl?: string;
    };
  };
}
