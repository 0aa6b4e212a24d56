// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Faults } from '../faults';
import { StateStore } from '../state';
import { digestOf, MemoryImageRegistry, startRegistry } from '.';

const image = (repository: string, version: string, createdAt: string) => ({
  repository,
  digest: digestOf(`${repository}:${version}`),
  tags: [version, `${version}-abcdef1`],
  createdAt,
  annotations: { 'org.opencontainers.image.version': version },
});

describe('the container registry', () => {
  it('answers what was published, by tag and digest, also after a restart', async () => {
    const state = StateStore.inMemory();
    const first = MemoryImageRegistry.create(state);
    first.publish(image('team-a/orders', '1.0.0', '2026-11-01T00:00:00.000Z'));
    first.publish(image('team-a/orders', '1.1.0', '2026-11-02T00:00:00.000Z'));
    const latest = image('team-a/cart', '0.1.0', '2026-11-03T00:00:00.000Z');
    first.publish(latest);
    first.publish({
      ...image('team-a/cart', '0.2.0', '2026-11-04T00:00:00.000Z'),
      tags: ['0.2.0', '0.1.0-abcdef1'],
    });

    const registry = MemoryImageRegistry.create(state);
    expect(registry.repositories()).toEqual(['team-a/cart', 'team-a/orders']);
    expect(registry.images('team-a/cart').map(one => one.tags)).toEqual([
      ['0.1.0'],
      ['0.2.0', '0.1.0-abcdef1'],
    ]);
    const host = 'acrfairway.azurecr.io';
    expect(registry.resolve(`${host}/team-a/cart:0.1.0`)).toEqual({
      digest: latest.digest,
      image: { ...latest, tags: ['0.1.0'] },
    });
    expect(
      registry.resolve(`${host}/team-a/cart@${latest.digest}`)?.digest,
    ).toBe(latest.digest);
    expect(registry.resolve(`${host}/team-a/cart:9.9.9`)).toBeUndefined();
    expect(registry.resolve('docker.io/library/nginx:1')?.digest).toMatch(
      /^sha256:/,
    );
    expect(() =>
      registry.publish({ ...latest, digest: 'sha256:short' }),
    ).toThrow('digest must be');

    const faults = new Faults();
    const server = await startRegistry({ port: 0, registry, faults });
    const get = async (path: string, method = 'GET') => {
      const response = await fetch(`${server.url}${path}`, { method });
      const text = await response.text();
      return {
        status: response.status,
        digest: response.headers.get('docker-content-digest'),
        body: text ? JSON.parse(text) : undefined,
      };
    };
    try {
      expect(await get('/v2/')).toMatchObject({ status: 200, body: {} });
      expect((await get('/v2/_catalog?n=1')).body).toEqual({
        repositories: ['team-a/cart'],
      });
      expect((await get('/v2/_catalog?n=1&last=team-a/cart')).body).toEqual({
        repositories: ['team-a/orders'],
      });
      expect((await get('/v2/team-a/orders/tags/list')).body).toEqual({
        name: 'team-a/orders',
        tags: ['1.0.0', '1.0.0-abcdef1', '1.1.0', '1.1.0-abcdef1'],
      });
      const byTag = await get('/v2/team-a/orders/manifests/1.1.0');
      expect(byTag).toMatchObject({
        status: 200,
        digest: digestOf('team-a/orders:1.1.0'),
        body: {
          schemaVersion: 2,
          annotations: { 'org.opencontainers.image.version': '1.1.0' },
        },
      });
      expect(await get(`/v2/team-a/orders/manifests/${byTag.digest}`)).toEqual(
        byTag,
      );
      expect(
        await get('/v2/team-a/orders/manifests/1.1.0', 'HEAD'),
      ).toMatchObject({ status: 200, digest: byTag.digest, body: undefined });
      expect(await get('/v2/team-a/orders/manifests/9')).toMatchObject({
        status: 404,
        body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] },
      });
      expect(await get('/v2/team-x/none/tags/list')).toMatchObject({
        status: 404,
        body: { errors: [{ code: 'NAME_UNKNOWN' }] },
      });
      expect(
        (await get('/acr/v1/team-a/orders/_tags?orderby=timedesc&n=1')).body,
      ).toMatchObject({
        registry: host,
        imageName: 'team-a/orders',
        tags: [
          {
            name: '1.1.0',
            digest: byTag.digest,
            createdTime: '2026-11-02T00:00:00.000Z',
          },
        ],
      });
      faults.set({ system: 'registry', kind: '503' });
      expect((await get('/v2/')).status).toBe(503);
    } finally {
      await server.stop();
      state.close();
    }
  });
});
