// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { DiskGitStore } from '../git';
import type { BuildRunner } from '../pipelines/BuildRunner';
import type { Builds } from '../pipelines/Builds';
import type { Definitions } from '../pipelines/Definitions';
import type { StateStore } from '../state';
import type { Policies } from './pulls/Policies';
import type { PullRequests } from './pulls/PullRequests';
import type { Identities } from './state/Identities';
import type { Repositories } from './state/Repositories';

/** The parts of the sandbox's Azure DevOps organisation, as its routes use them. */
export interface DevOps {
  /** Address of the organisation: `http://localhost:7110/fairway`. */
  url(): string;
  clock: Clock;
  state: StateStore;
  git: DiskGitStore;
  identities: Identities;
  repositories: Repositories;
  policies: Policies;
  pulls: PullRequests;
  definitions: Definitions;
  builds: Builds;
  runner: BuildRunner;
}
