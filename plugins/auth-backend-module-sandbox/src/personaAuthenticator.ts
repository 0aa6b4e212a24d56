// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Header by which the sign-in page says who is there. @public */
export const PERSONA_HEADER = 'x-fairway-persona';

// The form of a catalog entity's name (backstage/backstage:packages/catalog-model, validators).
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The persona that a request names. */
export interface PersonaResult {
  persona: string;
}

/**
 * Reads the persona's name from the request.
 *
 * A header and not a cookie: two tabs of one browser can be two personas.
 */
export const personaAuthenticator = createProxyAuthenticator<
  undefined,
  PersonaResult,
  undefined
>({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => undefined,
  async authenticate({ req }) {
    const persona = req.header(PERSONA_HEADER);
    if (!persona) {
      throw new AuthenticationError(
        `Choose a persona first: the header ${PERSONA_HEADER} is missing.`,
      );
    }
    if (!NAME.test(persona)) {
      throw new InputError(
        `${PERSONA_HEADER}: not the name of a persona. Use lower case letters, digits and dashes, at most 63.`,
      );
    }
    return { result: { persona } };
  },
});
