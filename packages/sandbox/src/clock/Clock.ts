// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A pending wait; `cancel` is safe to call at any time. */
export interface Timer {
  cancel(): void;
}

/**
 * The sandbox's only source of time. Every controller, pipeline and pod waits
 * through it, so that one speed factor makes the whole world fast and a test
 * can own time altogether.
 *
 * Time stamps are never scaled: a world at speed 30 waits a thirtieth as long
 * and stamps what happened with the wall clock, so ages on a page stay true.
 */
export interface Clock {
  /** The present instant. */
  now(): Date;
  /** Runs `action` after `ms` simulated milliseconds. */
  after(ms: number, action: () => void): Timer;
  /** Resolves after `ms` simulated milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Simulated milliseconds per real one. */
  speed(): number;
  /** Changes the speed for waits that start from now on. */
  setSpeed(factor: number): void;
}
