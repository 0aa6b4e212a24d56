// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  compareTrees,
  EMPTY_TREE,
  type GitCommitInfo,
  type TreeEntry,
} from '../../git';
import type { DevOps } from '../DevOps';
import { notFound } from '../http/DevOpsError';
import type { RepositoryRecord } from '../state/Repositories';
import { type Html, html, moment, page } from './html';

const MOST_COMMITS = 50;
const LONGEST_FILE = 200_000;

/** Projects and repositories. */
export function indexPage(devops: DevOps, project?: string): string {
  const { repositories } = devops;
  const projects = project
    ? [repositories.project(project)]
    : repositories.projects();
  return page(
    project ? `Project ${projects[0].name}` : 'Projects',
    [],
    html`${projects.map(
      one => html`<section>
        ${project ? '' : html`<h2>${one.name}</h2>`}
        <ul>
          ${repositories.list(one.name).map(
            record =>
              html`<li>
                <a href="${repositories.webUrl(record)}"
                  >${record.repository}</a
                >
              </li>`,
          )}
        </ul>
      </section>`,
    )}`,
  );
}

/** A folder or file of a repository, at a branch. */
export async function repositoryPage(
  devops: DevOps,
  record: RepositoryRecord,
  query: URLSearchParams,
): Promise<string> {
  const web = devops.repositories.webUrl(record);
  const repository = devops.repositories.repository(record);
  const version = query.get('version')?.replace(/^G[BTC]/, '');
  const name = version ?? record.defaultBranch.replace('refs/heads/', '');
  const commit = await repository.resolve(name);
  const clone = html`<p>Clone: <code>git clone ${web}</code></p>`;
  if (!commit) {
    return page(
      record.repository,
      trail(devops, record),
      html`${clone}
        <p>
          ${version
            ? `There is no branch ${version}.`
            : 'Nothing was pushed yet.'}
        </p>`,
    );
  }
  const path = (query.get('path') ?? '').replace(/^\/+|\/+$/g, '');
  const entries = await repository.tree(commit);
  const entry = entries.find(one => one.path === path);
  if (path && !entry) {
    throw notFound('GitItemNotFoundException', `There is no file ${path}.`);
  }
  const content =
    entry?.type === 'blob'
      ? await fileView(devops, record, entry)
      : folderView(web, entries, path, version);
  const [newest] = await repository.log(commit, { path, limit: 1 });
  return page(
    path || record.repository,
    trail(devops, record),
    html`${clone}
      <p>
        <a href="${web}/commits">Commits</a>,
        <a href="${web}/pullrequests">Pull requests</a>
      </p>
      ${newest
        ? html`<p class="quiet">Last change: ${line(web, newest)}</p>`
        : ''}
      ${content}`,
  );
}

export async function commitsPage(
  devops: DevOps,
  record: RepositoryRecord,
): Promise<string> {
  const commits = await devops.repositories
    .repository(record)
    .log(record.defaultBranch, { limit: MOST_COMMITS });
  const web = devops.repositories.webUrl(record);
  return page(
    `Commits of ${record.repository}`,
    trail(devops, record),
    html`<ul>
      ${commits.map(commit => html`<li>${line(web, commit)}</li>`)}
    </ul>`,
  );
}

export async function commitPage(
  devops: DevOps,
  record: RepositoryRecord,
  sha: string,
): Promise<string> {
  const repository = devops.repositories.repository(record);
  const full = await repository.resolve(sha);
  const [commit] = full ? await repository.log(full, { limit: 1 }) : [];
  if (!commit) {
    throw notFound(
      'GitCommitDoesNotExistException',
      `TF401175: Unable to find a Git commit with ID ${sha}.`,
    );
  }
  const changes = await compareTrees(
    repository.dir,
    commit.parents[0] ?? EMPTY_TREE,
    commit.sha,
  );
  return page(
    commit.message.split('\n')[0],
    trail(devops, record),
    html`<p>
        <code>${commit.sha}</code> by ${commit.author.name},
        ${moment(commit.author.date)}
      </p>
      ${commit.message.includes('\n')
        ? html`<pre tabindex="0">${commit.message}</pre>`
        : ''}
      <h2>Changes</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>
          ${changes.map(
            change =>
              html`<tr>
                <td>${change.kind}</td>
                <td>${change.path}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  );
}

/** Where a page of a repository stands. */
export function trail(devops: DevOps, record: RepositoryRecord) {
  return [
    { title: record.project, href: `${devops.url()}/${record.project}` },
    { title: record.repository, href: devops.repositories.webUrl(record) },
  ];
}

function line(web: string, commit: GitCommitInfo): Html {
  return html`<a href="${web}/commit/${commit.sha}"
      >${commit.message.split('\n')[0]}</a
    >
    by ${commit.author.name}, ${moment(commit.author.date)}`;
}

function folderView(
  web: string,
  entries: TreeEntry[],
  path: string,
  version: string | undefined,
): Html {
  const inside = entries.filter(one => {
    const rest = path ? one.path.slice(path.length + 1) : one.path;
    return (!path || one.path.startsWith(`${path}/`)) && !rest.includes('/');
  });
  const at = version ? `&version=GB${encodeURIComponent(version)}` : '';
  return html`<ul>
    ${inside.map(
      one =>
        html`<li>
          <a href="${web}?path=${encodeURIComponent(`/${one.path}`)}${at}"
            >${one.path.split('/').at(-1)}${one.type === 'tree' ? '/' : ''}</a
          >
        </li>`,
    )}
  </ul>`;
}

async function fileView(
  devops: DevOps,
  record: RepositoryRecord,
  entry: TreeEntry,
): Promise<Html> {
  if (entry.size > LONGEST_FILE) {
    return html`<p>
      The file is too large to be shown: clone the repository.
    </p>`;
  }
  const contents = await devops.repositories
    .repository(record)
    .blobs([entry.sha]);
  return html`<pre tabindex="0">${contents.get(entry.sha)!.toString()}</pre>`;
}
