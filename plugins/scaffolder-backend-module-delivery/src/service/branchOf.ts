// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** The branch of the GitOps repository on which a service is added. */
export function branchOf(team: string, service: string): string {
  return `fairway/${team}-${service}`;
}
