// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine is slow, not broken: only what never comes may fail by time.
configure({ asyncUtilTimeout: 15_000 });
