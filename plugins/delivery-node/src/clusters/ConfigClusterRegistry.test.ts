// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { ConfigClusterRegistry } from './ConfigClusterRegistry';

const DEV = {
  name: 'dev',
  title: 'Development',
  url: 'https://dev.example:443/',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'of the portal',
};

function configOf(
  clusters: object[],
  clusterAliases: Record<string, unknown> = {},
): JsonObject {
  return JSON.parse(
    JSON.stringify({
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'catalog' },
          { type: 'config', clusters },
        ],
      },
      fairway: { clusterAliases },
    }),
  );
}

function read(clusters: object[], aliases?: Record<string, unknown>) {
  return ConfigClusterRegistry.fromConfig(
    new ConfigReader(configOf(clusters, aliases)),
  );
}

/** A configuration that can change, as files do. */
function changing(data: JsonObject) {
  let current = new ConfigReader(data);
  const listeners: Array<() => void> = [];
  const config = {
    getOptional: (key: string) => current.getOptional(key),
    getOptionalConfigArray: (key: string) =>
      current.getOptionalConfigArray(key),
    subscribe(listener: () => void) {
      listeners.push(listener);
      return { unsubscribe: () => {} };
    },
  } as Partial<RootConfigService> as RootConfigService;
  return {
    config,
    set(next: JsonObject) {
      current = new ConfigReader(next);
      listeners.forEach(changed => changed());
    },
  };
}

describe('ConfigClusterRegistry', () => {
  const folder = createMockDirectory();

  it('reads the clusters of the stock configuration, with names, aliases and authorities', async () => {
    const file = path.join(folder.path, 'ca.pem');
    writeFileSync(file, 'PEM of a file');
    const registry = read(
      [
        { ...DEV, caData: Buffer.from('PEM of data').toString('base64') },
        {
          name: 'prod',
          url: 'http://prod',
          authProvider: 'google',
          caFile: file,
        },
        {
          name: 'own.example',
          url: 'https://own',
          authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
        },
      ],
      { dev: ['arm-id'], 'own.example': ['kubecost-id'] },
    );
    expect(registry.list()).toEqual([
      {
        name: 'dev',
        title: 'Development',
        url: 'https://dev.example:443',
        caData: 'PEM of data',
        skipTLSVerify: undefined,
        aliases: ['arm-id'],
        credentials: { getToken: expect.any(Function) },
      },
      {
        name: 'prod',
        title: 'prod',
        url: 'http://prod',
        caData: 'PEM of a file',
        skipTLSVerify: undefined,
        aliases: [],
        credentials: undefined,
      },
      expect.objectContaining({
        name: 'own.example',
        aliases: ['kubecost-id'],
        credentials: expect.objectContaining({}),
      }),
    ]);
    expect(await registry.get('arm-id')?.credentials?.getToken()).toEqual({
      token: 'of the portal',
    });
    expect(registry.get('nobody')).toBeUndefined();
    expect(read([]).list()).toEqual([]);
  });

  it.each<[string, object[], Record<string, unknown>, string]>([
    ['no name', [{ url: 'https://a' }], {}, "name'"],
    [
      'an address that is none',
      [{ ...DEV, url: 'dev.example' }],
      {},
      'the url of the cluster "dev" is "dev.example": give an address that begins with https://',
    ],
    [
      'another protocol',
      [{ ...DEV, url: 'file:///etc/passwd' }],
      {},
      'the url of the cluster "dev" is "file:///etc/passwd"',
    ],
    [
      'a name twice',
      [DEV, DEV],
      {},
      '"dev" names both "dev" and "dev": a name or alias belongs to one cluster',
    ],
    [
      'an alias of two',
      [DEV, { ...DEV, name: 'prod' }],
      { dev: ['same'], prod: ['same'] },
      '"same" names both "dev" and "prod"',
    ],
    [
      'aliases that are no list',
      [DEV],
      { dev: 'arm-id' },
      'fairway.clusterAliases: what is given for "dev" is no list of names',
    ],
    [
      'a file that is not there',
      [{ ...DEV, caFile: '/nowhere/ca.pem' }],
      {},
      'the caFile of the cluster "dev" cannot be read: ENOENT',
    ],
  ])('refuses %s and names the field', (_title, clusters, aliases, message) => {
    expect(() => read(clusters, aliases)).toThrow(message);
  });

  it('follows the configuration; a change that cannot work changes nothing', () => {
    const logger = mockServices.logger.mock();
    const { config, set } = changing(configOf([DEV]));
    const registry = ConfigClusterRegistry.follow(config, logger);
    let told = 0;
    const stop = registry.subscribe(() => told++);
    const [before] = registry.list();
    set(configOf([DEV]));
    expect([told, registry.get('dev') === before]).toEqual([0, true]);
    set(configOf([DEV, { ...DEV, name: 'prod' }]));
    expect([told, registry.list().length]).toEqual([1, 2]);
    set(configOf([DEV, DEV]));
    expect([told, registry.list().length]).toEqual([1, 2]);
    expect(logger.error).toHaveBeenCalledTimes(1);
    set(configOf([]));
    expect([told, registry.list()]).toEqual([2, []]);
    stop();
    set(configOf([DEV]));
    expect(told).toBe(2);
  });
});
