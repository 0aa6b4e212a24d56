// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  isUserEntity,
  RELATION_MEMBER_OF,
  type UserEntity,
} from '@backstage/catalog-model';
import {
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  AuthResolverContext,
  ProfileTransform,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import type { PersonaResult } from './personaAuthenticator';

/** Annotation that makes a User entity a persona; all other users cannot be taken on. @public */
export const PERSONA_ANNOTATION = 'fairway.dev/sandbox-persona';

/** Name and mail address of the persona, from the catalog. */
export const personaProfile: ProfileTransform<PersonaResult> = async (
  result,
  context,
) => {
  const { profile } = (await findPersona(result.persona, context)).spec;
  return {
    profile: {
      displayName: profile?.displayName ?? result.persona,
      email: profile?.email,
      picture: profile?.picture,
    },
  };
};

/**
 * Issues a token for the persona.
 *
 * @throws NotFoundError when the catalog has no such user (yet)
 * @throws NotAllowedError when the user is no persona
 * @throws ServiceUnavailableError while the user's groups are not known yet
 */
export const signInPersona: SignInResolver<PersonaResult> = async (
  { result },
  context,
) => {
  const user = await findPersona(result.persona, context);
  const groups = user.relations?.some(
    ({ type }) => type === RELATION_MEMBER_OF,
  );
  if (user.spec.memberOf?.length && !groups) {
    // A token keeps its groups for an hour: one issued before the catalog has
    // linked the user to them would see nothing for that long.
    throw new ServiceUnavailableError(
      `The catalog is still linking ${result.persona} to its groups. Try again in some seconds.`,
    );
  }
  return context.signInWithCatalogUser({ entityRef: refOf(result.persona) });
};

async function findPersona(
  persona: string,
  context: AuthResolverContext,
): Promise<UserEntity> {
  const { entity } = await context
    .findCatalogUser({ entityRef: refOf(persona) })
    .catch(error => {
      if (isError(error) && error.name === 'NotFoundError') {
        throw new NotFoundError(
          `There is no user "${persona}" in the catalog. After a start the catalog needs some seconds to read the demo world: try again.`,
        );
      }
      throw error;
    });
  if (
    !isUserEntity(entity) ||
    !entity.metadata.annotations?.[PERSONA_ANNOTATION]
  ) {
    throw new NotAllowedError(
      `"${persona}" is no persona of the sandbox: its User entity has no annotation ${PERSONA_ANNOTATION}.`,
    );
  }
  return entity;
}

function refOf(persona: string) {
  return { kind: 'User', namespace: 'default', name: persona };
}
