// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ActionServices } from './ActionServices';
import { ensureCatalogEntryExamples } from './ensureCatalogEntry.examples';

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
      ctx.logger.info(
        `${entityRef} is ${created ? 'now' : 'already'} in the catalog.`,
      );
      ctx.output('created', created);
    },
  });
}
