// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleSandbox } from './module';

const USERS = [
  user('dev-a', { persona: true, linked: true }),
  user('lead-a', { persona: true, linked: false }),
  user('admin', { persona: false, linked: true }),
];

function user(
  name: string,
  options: { persona: boolean; linked: boolean },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      namespace: 'default',
      annotations: options.persona
        ? { 'fairway.dev/sandbox-persona': 'true' }
        : {},
    },
    spec: {
      profile: { displayName: `The ${name}`, email: `${name}@example.org` },
      memberOf: ['team-a'],
    },
    relations: options.linked
      ? [{ type: 'memberOf', targetRef: 'group:default/team-a' }]
      : [],
  };
}

async function start(sandbox: object) {
  return startTestBackend({
    features: [
      authPlugin,
      authModuleSandbox,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          auth: { providers: { sandbox: {} } },
          fairway: { sandbox },
        },
      }),
      mockServices.database.factory(),
      catalogServiceMock.factory({ entities: USERS }),
    ],
  });
}

describe('sign-in as a persona', () => {
  it('issues a session for personas of the catalog, and for nobody else', async () => {
    const { server } = await start({ enabled: true });
    const signIn = (persona?: string) => {
      const call = request(server).get('/api/auth/sandbox/refresh');
      return persona === undefined
        ? call
        : call.set('x-fairway-persona', persona);
    };

    const session = await signIn('dev-a');
    expect(session.status).toBe(200);
    expect(session.body).toEqual({
      profile: { displayName: 'The dev-a', email: 'dev-a@example.org' },
      backstageIdentity: {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/dev-a',
          ownershipEntityRefs: ['user:default/dev-a', 'group:default/team-a'],
        },
      },
    });

    const refusals = await Promise.all(
      [undefined, 'Dev A', '../../x', 'nobody', 'admin', 'lead-a'].map(
        async persona => {
          const { status, body } = await signIn(persona);
          return [persona, status, body.error.message];
        },
      ),
    );
    expect(refusals).toEqual([
      [undefined, 401, expect.stringContaining('x-fairway-persona is missing')],
      ['Dev A', 400, expect.stringContaining('not the name of a persona')],
      ['../../x', 400, expect.stringContaining('not the name of a persona')],
      ['nobody', 404, expect.stringContaining('no user "nobody"')],
      ['admin', 403, expect.stringContaining('no persona of the sandbox')],
      ['lead-a', 503, expect.stringContaining('still linking lead-a')],
    ]);
  });

  it.each([{}, { enabled: false }])(
    'refuses to start outside the sandbox: %j',
    async sandbox => {
      await expect(start(sandbox)).rejects.toThrow(
        /Set fairway\.sandbox\.enabled to true there/,
      );
    },
  );
});
