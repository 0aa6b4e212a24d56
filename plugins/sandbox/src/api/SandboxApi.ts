// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createApiRef } from '@backstage/frontend-plugin-api';

/** A system that can be broken, and how it is broken now. */
export interface SandboxSystem {
  name: string;
  title: string;
  fault?: { kind: string; delayMs?: number; until?: string };
  /** Kinds of fault that it can have. */
  faultKinds: string[];
}

/** One guided story of the demo world. */
export interface SandboxStory {
  id: string;
  title: string;
  /** What will happen, in a sentence. */
  what: string;
  /** Where to look: pages of this portal, or web addresses. */
  where: Array<{ label: string; href: string }>;
  state: 'idle' | 'running' | 'done';
  /** False when the story is told by the places alone. */
  canStart: boolean;
}

/** An open pull request to the GitOps repository. */
export interface SandboxPullRequest {
  id: number;
  title: string;
  author: string;
  /** ISO 8601. */
  createdAt: string;
  url: string;
  sourceBranch: string;
  canComplete: boolean;
}

/** The sandbox at one moment. */
export interface SandboxState {
  systems: SandboxSystem[];
  /** How many times faster than the wall clock simulated waits pass. */
  speed: number;
  /** ISO 8601. */
  startedAt: string;
  stories: SandboxStory[];
}

/** The switches of the sandbox. Each method rejects with a ResponseError. */
export interface SandboxApi {
  getState(): Promise<SandboxState>;
  listPullRequests(): Promise<SandboxPullRequest[]>;
  startStory(id: string): Promise<void>;
  completePullRequest(id: number): Promise<void>;
  setFault(system: string, kind: string): Promise<void>;
  /** Without a system: all of them work again. */
  clearFaults(system?: string): Promise<void>;
  setSpeed(factor: number): Promise<void>;
}

export const sandboxApiRef = createApiRef<SandboxApi>().with({
  id: 'plugin.fairway-sandbox.control',
  pluginId: 'fairway-sandbox',
});
