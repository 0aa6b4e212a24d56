// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface Config {
  fairway?: {
    sandbox?: {
      /**
       * Whether this portal runs on the embedded sandbox. Switches on sign-in as
       * a persona, the banner and the sandbox page. Never true in production.
       *
       * @visibility frontend
       */
      enabled?: boolean;
      /** Who one can be, in the order of the sign-in page. */
      personas?: Array<{
        /**
         * Name of the User entity, which has the annotation
         * `fairway.dev/sandbox-persona`.
         *
         * @visibility frontend
         */
        name: string;
        /**
         * What people call them.
         *
         * @visibility frontend
         */
        title: string;
        /**
         * What they do, in a few words.
         *
         * @visibility frontend
         */
        role: string;
        /**
         * What they can see, in a sentence.
         *
         * @visibility frontend
         */
        sees: string;
      }>;
    };
  };
}
