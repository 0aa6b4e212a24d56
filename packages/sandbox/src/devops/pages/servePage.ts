// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DevOps } from '../DevOps';
import { DevOpsError } from '../http/DevOpsError';
import { REVIEWER } from '../state/Identities';
import { buildPage, definitionPage } from './buildPages';
import { html, page } from './html';
import { pullRequestPage, pullRequestsPage } from './pullRequestPages';
import {
  commitPage,
  commitsPage,
  indexPage,
  repositoryPage,
} from './repositoryPages';

const REPOSITORY =
  /^\/([^/]+)\/_git\/([^/]+)(?:\/(commit|commits|pullrequests|pullrequest)(?:\/([^/]+))?(?:\/(approve|reject|complete))?)?\/?$/;
const BUILD = /^\/([^/]+)\/_build\/(results|definition)\/?$/;

/**
 * Pages for people, so that links from the portal open something real. They
 * can be read by anyone on this machine; the buttons act as the person at
 * the keyboard.
 */
export async function servePage(
  devops: DevOps,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  path: string,
): Promise<void> {
  try {
    const answer = await render(devops, request, url, path);
    if (answer.location) {
      response.writeHead(303, { Location: answer.location }).end();
      return;
    }
    sendPage(response, 200, answer.body ?? '');
  } catch (error) {
    if (!(error instanceof DevOpsError)) {
      throw error;
    }
    sendPage(
      response,
      error.status,
      page(
        error.status === 404 ? 'Not found' : 'Not possible',
        [],
        html`<p>${error.message}</p>`,
      ),
    );
  }
}

async function render(
  devops: DevOps,
  request: IncomingMessage,
  url: URL,
  path: string,
): Promise<{ body?: string; location?: string }> {
  const build = BUILD.exec(path);
  if (build) {
    const project = decodeURIComponent(build[1]);
    return {
      body:
        build[2] === 'results'
          ? buildPage(devops, project, Number(url.searchParams.get('buildId')))
          : definitionPage(
              devops,
              project,
              Number(url.searchParams.get('definitionId')),
            ),
    };
  }
  const match = REPOSITORY.exec(path);
  if (!match) {
    const [, project] = /^\/([^/]+)\/?$/.exec(path) ?? [];
    if (path !== '/' && !project) {
      throw new DevOpsError(
        404,
        'PageNotFoundException',
        `There is no page ${path}.`,
      );
    }
    return { body: indexPage(devops, project && decodeURIComponent(project)) };
  }
  const [project, name] = match.slice(1, 3).map(decodeURIComponent);
  const [, , , kind, id, action] = match;
  const record = devops.repositories.readable(project, name);
  if (action) {
    return act(devops, request, Number(id), action);
  }
  switch (kind) {
    case 'commit':
      return { body: await commitPage(devops, record, id ?? '') };
    case 'commits':
      return { body: await commitsPage(devops, record) };
    case 'pullrequests':
      return { body: pullRequestsPage(devops, record) };
    case 'pullrequest':
      return { body: await pullRequestPage(devops, record, Number(id)) };
    default:
      return { body: await repositoryPage(devops, record, url.searchParams) };
  }
}

async function act(
  devops: DevOps,
  request: IncomingMessage,
  id: number,
  action: string,
): Promise<{ location: string }> {
  const { origin, host } = request.headers;
  const isOwn = !origin || new URL(origin).host === host;
  if (request.method !== 'POST' || !isOwn) {
    throw new DevOpsError(
      403,
      'CrossOriginException',
      'Use the buttons on the page of the pull request.',
    );
  }
  const pull = devops.pulls.get(id);
  if (action === 'complete') {
    await devops.pulls.complete(pull, REVIEWER);
  } else {
    devops.pulls.vote(pull, REVIEWER, action === 'approve' ? 10 : -10);
  }
  return { location: `${devops.repositories.webUrl(pull)}/pullrequest/${id}` };
}

function sendPage(
  response: ServerResponse,
  status: number,
  body: string,
): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  });
  response.end(body);
}
