// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** The sandbox cannot start, and a person can mend it: the message says what is wrong and what to do. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
