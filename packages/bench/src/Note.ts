// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Says to the person who waits what is being measured. */
export type Note = (text: string) => void;
