// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices } from '@backstage/backend-test-utils';
import { readPlatformGroups } from './readPlatformGroups';

const read = (platformGroups?: string[]) =>
  readPlatformGroups(
    mockServices.rootConfig({
      data: { fairway: { tenancy: { platformGroups } } },
    }),
  );

describe('readPlatformGroups', () => {
  it('has a default, keeps an empty list and completes references', () => {
    expect(read()).toEqual(['group:default/platform']);
    expect(read([])).toEqual([]);
    expect(read(['Group:Ops/SRE', 'platform'])).toEqual([
      'group:ops/sre',
      'group:default/platform',
    ]);
  });

  it.each(['user:default/dev-a', 'group:'])('refuses %s by name', ref => {
    expect(() => read(['platform', ref])).toThrow(
      `fairway.tenancy.platformGroups[1] is '${ref}', which is not a group; write it as 'group:<namespace>/<name>'`,
    );
  });
});
