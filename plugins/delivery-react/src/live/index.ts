// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { DefaultDeliveryApi } from './DefaultDeliveryApi';
export type { DeliveryApiOptions } from './DefaultDeliveryApi';
export { deliveryApi } from './deliveryApi';
export { deliveryApiRef } from './deliveryApiRef';
export type { DeliveryApi, LiveRequest, LiveState, LiveStatus } from './types';
export { useLiveDocument } from './useLiveDocument';
export type { LiveDocument } from './useLiveDocument';
