// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyRule } from '../PolicyRule';

/**
 * The stock Kubernetes plugin reads and, through its proxy, writes clusters with the
 * portal's own credentials, and takes namespace and selector from annotations that
 * any catalog contributor writes. Its permissions know no entity
 * (`backstage/backstage:plugins/kubernetes-common/src/permissions.ts`), so it can
 * only be for nobody; put a rule for the platform before this one.
 *
 * @public
 */
export const protectKubernetes: PolicyRule = ({ permission }, user) =>
  user && permission.name.startsWith('kubernetes.')
    ? { result: AuthorizeResult.DENY }
    : undefined;
