// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';

/** Where distributions put the server's own programs, which are not on the path. */
const VERSIONS = '/usr/lib/postgresql';

export interface RunningPostgres {
  /** An empty database of its own. The test destroys the connection. */
  createDatabase(): Promise<Knex>;
  stop(): void;
}

function findPrograms(): string | undefined {
  const given = process.env.FAIRWAY_POSTGRES_BIN;
  const versions = existsSync(VERSIONS)
    ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))
    : [];
  return [
    ...(given ? [given] : []),
    ...versions.map(version => join(VERSIONS, version, 'bin')),
  ].find(folder => existsSync(join(folder, 'initdb')));
}

/** The server refuses to run as root: then somebody else has to. */
function findUser(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // The next one.
    }
  }
  return undefined;
}

/**
 * Starts a PostgreSQL server as a plain process on a socket in a folder of its
 * own. Undefined where its programs are not installed.
 */
export function startPostgres(): RunningPostgres | undefined {
  const programs = findPrograms();
  const user = findUser();
  if (!programs || !user) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fairway-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(folder, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs, program), args, {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
  run('initdb', '-D', data, '-U', 'fairway', '-A', 'trust', '--no-sync');
  run(
    'pg_ctl',
    ...['-D', data, '-w', '-l', join(folder, 'log')],
    // No port: the socket is reached by nobody else.
    ...['-o', `-c listen_addresses= -c fsync=off -k ${folder}`],
    'start',
  );
  const connect = (database: string) =>
    knexFactory({
      client: 'pg',
      connection: { host: folder, user: 'fairway', database },
      pool: { min: 0, max: 5 },
    });
  let created = 0;
  return {
    async createDatabase() {
      const name = `test_${(created += 1)}`;
      const admin = connect('postgres');
      await admin.raw('create database ??', [name]);
      await admin.destroy();
      return connect(name);
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
