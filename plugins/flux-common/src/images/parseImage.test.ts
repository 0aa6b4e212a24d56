// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { parseRevision, shortRevision } from '../status/parseRevision';
import { parseDurationSeconds } from '../status/readFluxObject';
import { imageVersion, parseImage } from './parseImage';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseImage', () => {
  it.each([
    ['nginx', { repository: 'nginx' }, 'latest'],
    ['nginx:1.27', { repository: 'nginx', tag: '1.27' }, '1.27'],
    [
      'acr.azurecr.io/team-a/orders:1.5.0',
      { repository: 'acr.azurecr.io/team-a/orders', tag: '1.5.0' },
      '1.5.0',
    ],
    [
      'localhost:7111/team-a/orders',
      { repository: 'localhost:7111/team-a/orders' },
      'latest',
    ],
    [
      'localhost:7111/team-a/orders:1.5.0',
      { repository: 'localhost:7111/team-a/orders', tag: '1.5.0' },
      '1.5.0',
    ],
    [
      `acr.azurecr.io/orders:1.5.0@${DIGEST}`,
      { repository: 'acr.azurecr.io/orders', tag: '1.5.0', digest: DIGEST },
      '1.5.0',
    ],
    [
      `acr.azurecr.io:443/orders@${DIGEST}`,
      { repository: 'acr.azurecr.io:443/orders', digest: DIGEST },
      '0123456789ab',
    ],
    ['orders:', { repository: 'orders' }, 'latest'],
    ['', { repository: '' }, 'latest'],
  ])('%s', (image, parsed, version) => {
    expect(parseImage(image)).toEqual(parsed);
    expect(imageVersion(parseImage(image))).toBe(version);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(typeof imageVersion(parseImage(text))).toBe('string');
      }),
    );
  });
});

describe('parseRevision', () => {
  const SHA = 'a1b2c3d4'.repeat(5);

  it.each([
    [
      `main@sha1:${SHA}`,
      { name: 'main', algorithm: 'sha1', hash: SHA },
      'a1b2c3d4',
    ],
    [
      `refs/heads/feature/x@sha1:${SHA}`,
      { name: 'feature/x', algorithm: 'sha1', hash: SHA },
      'a1b2c3d4',
    ],
    [
      `v1.2.3@sha1:${SHA}`,
      { name: 'v1.2.3', algorithm: 'sha1', hash: SHA },
      'a1b2c3d4',
    ],
    [`sha1:${SHA}`, { algorithm: 'sha1', hash: SHA }, 'a1b2c3d4'],
    [
      `latest@${DIGEST}`,
      { name: 'latest', algorithm: 'sha256', hash: DIGEST.slice(7) },
      '01234567',
    ],
    [`main/${SHA}`, { name: 'main', algorithm: 'sha1', hash: SHA }, 'a1b2c3d4'],
    [
      '6.6.1+0cc9a8446c95',
      { name: '6.6.1+0cc9a8446c95' },
      '6.6.1+0cc9a8446c95',
    ],
    ['', {}, ''],
  ])('%s', (raw, parsed, short) => {
    expect(parseRevision(raw)).toEqual({ raw, ...parsed });
    expect(shortRevision(raw)).toBe(short);
  });
});

describe('parseDurationSeconds', () => {
  it.each([
    ['10m', 600],
    ['1h30m', 5400],
    ['10m0s', 600],
    ['1.5s', 1.5],
    ['250ms', 0.25],
    ['', undefined],
    ['10', undefined],
    ['10 m', undefined],
    [10, undefined],
  ])('%s', (text, seconds) => {
    expect(parseDurationSeconds(text)).toBe(seconds);
  });
});
