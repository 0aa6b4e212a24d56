// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The sandbox page. */
export const rootRouteRef = createRouteRef();
