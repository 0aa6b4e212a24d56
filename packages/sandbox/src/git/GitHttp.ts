// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { GitRepository } from './GitRepository';
import {
  FLUSH,
  parsePushCommands,
  pktLine,
  refusedPush,
  type PushCommand,
} from './pktLine';
import { gitEnvironment } from './runGit';

export interface GitHttpRequest {
  request: IncomingMessage;
  response: ServerResponse;
  repository: GitRepository;
  /** What follows the repository in the path: `info/refs`, `git-upload-pack`, `git-receive-pack`. */
  action: string;
  query: URLSearchParams;
  /** Answers why a ref must not move, if so. */
  refusalOf(command: PushCommand): string | undefined;
}

const SERVICES = ['git-upload-pack', 'git-receive-pack'];
const LARGEST_PUSH = 200_000_000;

/** Whether a request to git's smart HTTP protocol wants to write. */
export function isPush(action: string, query: URLSearchParams): boolean {
  return (
    action === 'git-receive-pack' || query.get('service') === 'git-receive-pack'
  );
}

/**
 * Git's smart HTTP protocol (git documentation, gitprotocol-http): the wire
 * work is done by `git upload-pack` and `git receive-pack` themselves.
 */
export async function serveGit(options: GitHttpRequest): Promise<void> {
  const { request, response, repository, action, query } = options;
  response.setHeader('Cache-Control', 'no-cache, max-age=0, must-revalidate');
  const protocol = String(request.headers['git-protocol'] ?? '');
  if (action === 'info/refs' && request.method === 'GET') {
    const service = query.get('service') ?? '';
    if (!SERVICES.includes(service)) {
      response.writeHead(403, { 'Content-Type': 'text/plain' });
      response.end('Only the smart HTTP protocol is served: update git.\n');
      return;
    }
    response.setHeader(
      'Content-Type',
      `application/x-${service}-advertisement`,
    );
    response.write(pktLine(`# service=${service}\n`) + FLUSH);
    await pipeGit(
      repository.dir,
      [service.slice(4), '--stateless-rpc', '--advertise-refs'],
      protocol,
      undefined,
      response,
    );
    return;
  }
  if (!SERVICES.includes(action) || request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  const body = await readBody(request);
  response.setHeader('Content-Type', `application/x-${action}-result`);
  const args = [action.slice(4), '--stateless-rpc'];
  if (action === 'git-upload-pack') {
    await pipeGit(repository.dir, args, protocol, body, response);
    return;
  }
  const { commands, capabilities } = parsePushCommands(body);
  const refused = commands.find(command => options.refusalOf(command));
  if (refused) {
    response.end(
      refusedPush(
        commands.map(command => ({
          refName: command.refName,
          reason:
            options.refusalOf(command) ??
            `not pushed, because ${refused.refName} was refused`,
        })),
        capabilities,
      ),
    );
    return;
  }
  // The answer waits until readers see the new refs too.
  const answer = new PassThrough();
  const collected = buffer(answer);
  await repository.exclusive(() =>
    pipeGit(repository.dir, args, protocol, body, answer),
  );
  response.end(await collected);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const encoded = request.headers['content-encoding'] === 'gzip';
  const stream = encoded ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > LARGEST_PUSH) {
      throw new Error(`the push is larger than ${LARGEST_PUSH} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pipeGit(
  gitDir: string,
  args: string[],
  protocol: string,
  input: Buffer | undefined,
  output: Writable,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...args, gitDir], {
      env: gitEnvironment(
        /^[\w=:.-]+$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {},
      ),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.once('error', reject);
    // The exit code is git's business: what went wrong is in its answer.
    child.once('close', () => resolve());
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.stdout.pipe(output);
    // A reader that left must not keep git waiting.
    output.once('close', () => child.stdout.resume());
  });
}
