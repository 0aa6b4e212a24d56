// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ActionServices } from './ActionServices';
import { ensureCatalogEntryExamples } from './ensureCatalogEntry.examples';

/** For how long a task waits for the catalog, in milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** `catalog:ensure`: the catalog reads the service's catalog-info.yaml. */
export function createEnsureCatalogEntryAction(services: ActionServices) {
  const { devops, catalog, auth } = services;
  return createTemplateAction({
    id: 'catalog:ensure',
    description:
      "Registers a catalog-info.yaml of the portal's Azure DevOps organisation, unless it is registered already.",
    examples: ensureCatalogEntryExamples,
    supportsDryRun: true,
    schema: {
      input: {
        catalogInfoUrl: z => z.string().describe('URL of the file'),
        entityRef: z => z.string().describe('Reference of the entity in it'),
      },
      output: {
        entityRef: z => z.string(),
        created: z => z.boolean().describe('Registered by this task'),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl, entityRef } = ctx.input;
      const { organizationUrl } = devops.settings();
      if (!catalogInfoUrl.startsWith(`${organizationUrl}/`)) {
        throw new InputError(
          `catalogInfoUrl: ${catalogInfoUrl} is not in ${organizationUrl}.`,
        );
      }
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Plan: register ${catalogInfoUrl}.`);
        ctx.output('created', false);
        return;
      }
      // The portal's own right: what is registered was checked and made by the task.
      const credentials = await auth.getOwnServiceCredentials();
      const isRegistered = async () =>
        (await catalog.getLocationByRef(`url:${catalogInfoUrl}`, {
          credentials,
        })) !== undefined;
      const { created } = await ctx.checkpoint({
        key: `location.${catalogInfoUrl}`,
        fn: async () => {
          if (await isRegistered()) {
            return { created: false };
          }
          try {
            await catalog.addLocation(
              { type: 'url', target: catalogInfoUrl },
              { credentials },
            );
            return { created: true };
          } catch (error) {
            // Another task, or this one before a restart, was faster.
            if (await isRegistered()) {
              return { created: false };
            }
            throw error;
          }
        },
      });
      // The catalog reads it in its own time; a link to a page that is not there yet
      // would look like a failure.
      const isRead = await becomesTrue(
        async () =>
          (await catalog.getEntityByRef(entityRef, { credentials })) !==
          undefined,
        ctx.signal,
      );
      ctx.logger.info(
        isRead
          ? `${entityRef} is ${created ? 'now' : 'already'} in the catalog.`
          : `${catalogInfoUrl} is registered, but the catalog has not read it yet. The page of ${entityRef} appears as soon as it has.`,
      );
      ctx.output('created', created);
    },
  });
}

/** Asks until it is true; false when the patience is over. */
async function becomesTrue(
  ask: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    if (await ask()) {
      return true;
    }
    if (Date.now() > end) {
      return false;
    }
    await delay(PAUSE_MS, undefined, { signal });
  }
}
