// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { composePolicy } from './composePolicy';
import type { PolicyRule } from './PolicyRule';

const permission = createPermission({ name: 'a.b', attributes: {} });
const silent: PolicyRule = () => undefined;
const allow: PolicyRule = () => ({ result: AuthorizeResult.ALLOW });
const deny: PolicyRule = async () => ({ result: AuthorizeResult.DENY });

describe('composePolicy', () => {
  it.each([
    ['the first answer wins', [silent, allow, deny], 'ALLOW'],
    ['a promised answer counts', [silent, deny, allow], 'DENY'],
    ['no answer is a denial', [silent], 'DENY'],
    ['no rule is a denial', [], 'DENY'],
  ])('%s', async (_title, rules, result) => {
    await expect(
      composePolicy(...rules).handle({ permission }),
    ).resolves.toEqual({ result });
  });
});
