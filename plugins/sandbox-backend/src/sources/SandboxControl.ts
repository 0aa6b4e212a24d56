// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** What the control API says about the sandbox. Unknown fields are dropped. */
export const sandboxStateSchema = z.object({
  systems: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      fault: z
        .object({
          kind: z.string(),
          delayMs: z.number().optional(),
          until: z.string().optional(),
        })
        .optional(),
      /** Kinds of fault that this system can have. */
      faultKinds: z.array(z.string()),
    }),
  ),
  /** How many times faster than the wall clock simulated waits pass. */
  speed: z.number(),
  /** ISO 8601. */
  startedAt: z.string(),
  stories: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      what: z.string(),
      where: z.array(z.object({ label: z.string(), href: z.string() })),
      state: z.enum(['idle', 'running', 'done']),
      /** False for a story without a button: it is told by where to look. */
      canStart: z.boolean().default(true),
    }),
  ),
});

/** Open pull requests to the GitOps repository. */
export const pullRequestsSchema = z.array(
  z.object({
    id: z.number(),
    title: z.string(),
    author: z.string(),
    createdAt: z.string(),
    url: z.string(),
    sourceBranch: z.string(),
    canComplete: z.boolean(),
  }),
);

export type SandboxState = z.infer<typeof sandboxStateSchema>;
export type SandboxPullRequest = z.infer<typeof pullRequestsSchema>[number];

/** A switch as the page sets it. */
export interface FaultRequest {
  system: string;
  kind: string;
  /** Real milliseconds, for the kind `slow`. */
  delayMs?: number;
  /** The fault ends by itself at this instant, ISO 8601. */
  until?: string;
}

/**
 * The sandbox's control API.
 *
 * Each method throws InputError, NotFoundError or ConflictError when the sandbox
 * refuses, and ServiceUnavailableError when it gives no usable answer in time.
 */
export interface SandboxControl {
  getState(): Promise<SandboxState>;
  setFault(fault: FaultRequest): Promise<void>;
  /** Without a system: clears all. */
  clearFaults(system?: string): Promise<void>;
  setSpeed(factor: number): Promise<void>;
  startStory(id: string): Promise<void>;
  listPullRequests(): Promise<SandboxPullRequest[]>;
  completePullRequest(id: number): Promise<void>;
}
