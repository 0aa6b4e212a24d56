// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readFiles } from '../files/readFiles';
import { assertManifests } from '../manifests/assertManifests';
import type { ActionServices } from './ActionServices';
import { validateManifestsExamples } from './validateManifests.examples';

/** `manifest:validate`: refuses manifests that must not reach the GitOps repository. */
export function createValidateManifestsAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'manifest:validate',
    description:
      'Checks rendered manifests: YAML, paths, kinds, labels, images, limits, probes, security context, network policy, Flux object.',
    examples: validateManifestsExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourcePath: z => z.string().describe('Folder of the workspace'),
        team: z => z.string(),
        service: z => z.string(),
        environments: z => z.array(z.string()),
      },
      output: {
        files: z => z.number(),
        objects: z => z.number(),
      },
    },
    async handler(ctx) {
      const { sourcePath, team, service, environments } = ctx.input;
      const files = await readFiles(ctx.workspacePath, sourcePath);
      const objects = assertManifests(files, {
        team,
        service,
        environments,
        registry: devops.settings().registry,
      });
      ctx.logger.info(
        `${files.length} files with ${objects.length} objects: no objection.`,
      );
      ctx.output('files', files.length);
      ctx.output('objects', objects.length);
    },
  });
}
