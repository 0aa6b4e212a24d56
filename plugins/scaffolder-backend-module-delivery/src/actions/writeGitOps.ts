// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { NotFoundError } from '@backstage/errors';
import { gitBlobId } from '../files/gitBlobId';
import { readFiles, type WorkspaceFile } from '../files/readFiles';
import { assertManifests } from '../manifests/assertManifests';
import { branchOf } from '../service/branchOf';
import { commitMessage } from '../service/commitMessage';
import type { AzureRepository } from '../sources/AzureRepository';
import { ensure } from '../sources/ensure';
import type { ActionServices } from './ActionServices';
import { authorOf } from './authorOf';
import { writeGitOpsExamples } from './writeGitOps.examples';

/**
 * `gitops:write`: the files of a service are in the GitOps repository, on the main
 * branch or on the service's own branch. Only adds files: what is on the main branch
 * belongs to the team and to the image automation.
 */
export function createWriteGitOpsAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'gitops:write',
    description:
      "Adds the manifests of a service to its own branch of the GitOps repository, in one push that cannot lose or overwrite another writer's work.",
    examples: writeGitOpsExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourcePath: z => z.string().describe('Folder of the workspace'),
        team: z => z.string(),
        service: z => z.string(),
        environments: z => z.array(z.string()),
        message: z => z.string().min(1).describe('Title of the commit'),
      },
      output: {
        repositoryUrl: z => z.string(),
        branch: z => z.string(),
        baseBranch: z => z.string(),
        commit: z => z.string(),
        changed: z => z.boolean().describe('A commit was written'),
        isMerged: z => z.boolean().describe('The main branch has every file'),
      },
    },
    async handler(ctx) {
      const { sourcePath, team, service, environments, message } = ctx.input;
      const { gitops, registry } = devops.settings();
      const files = await readFiles(ctx.workspacePath, sourcePath);
      assertManifests(files, { team, service, environments, registry });
      const branch = branchOf(team, service);
      const repository = devops.repository(ctx, gitops.repositoryUrl);
      ctx.output('repositoryUrl', repository.url);
      ctx.output('branch', branch);
      ctx.output('baseBranch', gitops.branch);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: one commit on ${branch} of ${repository.url}:\n${files
            .map(({ path }) => `+ ${path}`)
            .join('\n')}`,
        );
        ctx.output('commit', '0'.repeat(40));
        ctx.output('changed', true);
        ctx.output('isMerged', false);
        return;
      }
      const written = await ctx.checkpoint({
        key: `gitops.${repository.url}.${branch}`,
        fn: async () => {
          let state = await readState(repository, gitops.branch, branch, files);
          const { value, created } = await ensure({
            find: async () => {
              state = await readState(repository, gitops.branch, branch, files);
              return state.missing.length === 0 ? state.commit : undefined;
            },
            create: () =>
              repository.push({
                branch,
                expected: state.branchHead,
                base: state.mainHead,
                comment: commitMessage(message, {
                  service: `${team}/${service}`,
                  task: ctx.task.id,
                }),
                author: authorOf(ctx.user),
                changes: state.missing,
              }),
            signal: ctx.signal,
          });
          return { commit: value, changed: created, isMerged: state.isMerged };
        },
      });
      ctx.logger.info(
        written.changed
          ? `Wrote ${files.length} files to ${branch}, ${written.commit.slice(
              0,
              8,
            )}.`
          : `${
              written.isMerged ? gitops.branch : branch
            } has the service's files already, nothing was written.`,
      );
      ctx.output('commit', written.commit);
      ctx.output('changed', written.changed);
      ctx.output('isMerged', written.isMerged);
    },
  });
}

interface GitOpsState {
  mainHead: string;
  branchHead?: string;
  /** Where the files are, when none is missing. */
  commit: string;
  isMerged: boolean;
  /** What is to be written on the branch. */
  missing: Array<WorkspaceFile & { exists: boolean }>;
}

async function readState(
  repository: AzureRepository,
  main: string,
  branch: string,
  files: WorkspaceFile[],
): Promise<GitOpsState> {
  const mainHead = await repository.head(main);
  if (!mainHead) {
    throw new NotFoundError(
      `The GitOps repository ${repository.url} has no branch ${main}. Set fairway.gitops in the portal's configuration.`,
    );
  }
  const onMain = await filesOf(repository, mainHead, files);
  const lacking = files.filter(({ path }) => !onMain.has(path));
  if (lacking.length === 0) {
    return { mainHead, commit: mainHead, isMerged: true, missing: [] };
  }
  const branchHead = await repository.head(branch);
  const onBranch = branchHead
    ? await filesOf(repository, branchHead, lacking)
    : onMain;
  return {
    mainHead,
    branchHead,
    commit: branchHead ?? mainHead,
    isMerged: false,
    missing: lacking
      .filter(({ path, content }) => onBranch.get(path) !== gitBlobId(content))
      .map(file => ({ ...file, exists: onBranch.has(file.path) })),
  };
}

/** Blob ids of a commit in the folders that the files lie in: the repository may be large. */
async function filesOf(
  repository: AzureRepository,
  commit: string,
  files: WorkspaceFile[],
): Promise<Map<string, string>> {
  const folders = new Set(
    files.map(({ path }) => {
      const parts = path.split('/');
      return parts[0] === 'apps'
        ? parts.slice(0, 3).join('/')
        : parts.slice(0, -1).join('/');
    }),
  );
  const found = await Promise.all(
    [...folders].map(folder => repository.tree(commit, `/${folder}`)),
  );
  return new Map(found.flatMap(tree => [...tree]));
}
