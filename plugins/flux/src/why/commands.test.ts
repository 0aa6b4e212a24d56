// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeployedWorkload } from '@fairway/plugin-flux-common';
import { failingTarget, healthyTarget } from '../__testUtils__/documents';
import { commandsFor } from './commands';

const RECONCILE =
  'flux reconcile kustomization orders -n team-a --context aks-dev-weu --with-source';

function withTrouble(trouble: DeployedWorkload['trouble']) {
  const target = failingTarget('aks-dev-weu');
  return commandsFor({
    ...target,
    workloads: [{ ...target.workloads[0], trouble }],
  });
}

describe('commandsFor', () => {
  it.each<[string, DeployedWorkload['trouble'], string]>([
    [
      'an image that is missing',
      {
        reason: 'ImagePullBackOff',
        pods: 1,
        pod: 'orders-6d4c-x2x7k',
        container: 'app',
      },
      'kubectl describe pod orders-6d4c-x2x7k -n team-a --context aks-dev-weu',
    ],
    [
      'a container that ends again',
      {
        reason: 'CrashLoopBackOff',
        pods: 1,
        pod: 'orders-6d4c-x2x7k',
        container: 'app',
      },
      'kubectl logs orders-6d4c-x2x7k -c app --previous -n team-a --context aks-dev-weu',
    ],
    [
      'pods that cannot be created',
      { reason: 'FailedCreate', pods: 2 },
      'kubectl describe deployment orders -n team-a --context aks-dev-weu',
    ],
    [
      'a name that a shell would take apart',
      { reason: 'ErrImagePull', pods: 1, pod: 'x; rm -rf /', container: 'app' },
      'kubectl describe deployment orders -n team-a --context aks-dev-weu',
    ],
  ])('%s', (_, trouble, command) => {
    expect(withTrouble(trouble)).toEqual([RECONCILE, command]);
  });

  it('offers nothing to look at where all is well', () => {
    expect(commandsFor(healthyTarget('aks-dev-weu'))).toEqual([RECONCILE]);
  });

  it('offers no command with a name that is not plain', () => {
    expect(commandsFor(healthyTarget('aks $(reboot)'))).toEqual([]);
  });
});
