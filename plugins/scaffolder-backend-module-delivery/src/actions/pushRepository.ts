// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { gitBlobId } from '../files/gitBlobId';
import { readFiles, type WorkspaceFile } from '../files/readFiles';
import { commitMessage, isOriginOf } from '../service/commitMessage';
import type { AzureRepository } from '../sources/AzureRepository';
import { ensure } from '../sources/ensure';
import type { ActionServices } from './ActionServices';
import { authorOf } from './authorOf';
import { pushRepositoryExamples } from './pushRepository.examples';

/** `azdo:repo:push`: an empty repository gets its files in one commit. */
export function createPushRepositoryAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:repo:push',
    description:
      'Writes the first commit of an empty repository. Does nothing when the template has written it before.',
    examples: pushRepositoryExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
        sourcePath: z => z.string().describe('Folder of the workspace'),
        service: z =>
          z.string().describe('<team>/<service>: what the repository is for'),
        message: z => z.string().min(1).describe('Title of the commit'),
        branch: z => z.string().optional().describe('Default: main'),
      },
      output: {
        commit: z => z.string(),
        changed: z => z.boolean().describe('A commit was written'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl, sourcePath, service, message } = ctx.input;
      const branch = ctx.input.branch ?? 'main';
      const files = await readFiles(ctx.workspacePath, sourcePath);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: one commit with ${
            files.length
          } files on ${branch} of ${repositoryUrl}:\n${files
            .map(({ path }) => `+ ${path}`)
            .join('\n')}`,
        );
        ctx.output('commit', '0'.repeat(40));
        ctx.output('changed', true);
        return;
      }
      const repository = devops.repository(ctx, repositoryUrl);
      const pushed = await ctx.checkpoint({
        key: `push.${repositoryUrl}.${branch}`,
        fn: async () => {
          const { value, created } = await ensure({
            find: () => findOrigin(repository, { branch, files, service }),
            create: () =>
              repository.push({
                branch,
                expected: undefined,
                comment: commitMessage(message, { service, task: ctx.task.id }),
                author: authorOf(ctx.user),
                changes: files.map(file => ({ ...file, exists: false })),
              }),
            signal: ctx.signal,
          });
          return { commit: value, changed: created };
        },
      });
      ctx.logger.info(
        pushed.changed
          ? `Wrote ${files.length} files in one commit, ${pushed.commit.slice(
              0,
              8,
            )}.`
          : `${repository.url} has its files already, nothing was written.`,
      );
      ctx.output('commit', pushed.commit);
      ctx.output('changed', pushed.changed);
    },
  });
}

/**
 * The commit that a branch is at, when the files are in it or a template began the
 * branch for this service: what people changed since then is theirs.
 *
 * @throws ConflictError when something else is in the repository
 */
async function findOrigin(
  repository: AzureRepository,
  wanted: { branch: string; files: WorkspaceFile[]; service: string },
): Promise<string | undefined> {
  const head = await repository.head(wanted.branch);
  if (!head) {
    return undefined;
  }
  const tree = await repository.tree(head);
  const hasAll = wanted.files.every(
    ({ path, content }) => tree.get(path) === gitBlobId(content),
  );
  if (hasAll) {
    return head;
  }
  const origin = await repository.origin(wanted.branch);
  if (isOriginOf(origin?.message, wanted.service)) {
    return head;
  }
  throw new ConflictError(
    `name: the repository ${repository.url} holds something else. Choose another name, or empty the repository.`,
  );
}
