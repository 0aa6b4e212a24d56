// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { DefaultFluxApi } from './DefaultFluxApi';
export { fluxApiRef } from './FluxApi';
export type { FluxApi, HistoryRequest } from './FluxApi';
