// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { personaAuthenticator } from './personaAuthenticator';
import { personaProfile, signInPersona } from './signInPersona';

/**
 * Registers the auth provider `sandbox`: whoever asks is the persona that the
 * header names, without a secret.
 *
 * Refuses to start unless `fairway.sandbox.enabled` is true, so that a portal
 * that has this module by mistake fails at start instead of letting anybody in.
 *
 * @public
 */
export const authModuleSandbox = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sandbox',
  register(env) {
    env.registerInit({
      deps: {
        authProviders: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ authProviders, config }) {
        if (config.getOptionalBoolean('fairway.sandbox.enabled') !== true) {
          throw new Error(
            'Sign-in as a demo persona needs no secret and is for the embedded sandbox only. ' +
              'Set fairway.sandbox.enabled to true there, and remove @fairway/plugin-auth-backend-module-sandbox everywhere else.',
          );
        }
        authProviders.registerProvider({
          providerId: 'sandbox',
          factory: createProxyAuthProviderFactory({
            authenticator: personaAuthenticator,
            profileTransform: personaProfile,
            signInResolver: signInPersona,
          }),
        });
      },
    });
  },
});
