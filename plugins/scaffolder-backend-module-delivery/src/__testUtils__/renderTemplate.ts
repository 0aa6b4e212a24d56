// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { TEMPLATE, type TestScaffolder } from './startTestScaffolder';

/** What a dry run of the template leaves in the workspace, by path. */
export async function renderTemplate(
  scaffolder: TestScaffolder,
  values: object,
): Promise<{ files: Map<string, string>; log: string }> {
  const paths = readdirSync(TEMPLATE, {
    recursive: true,
    withFileTypes: true,
  })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  const { status, body } = await scaffolder.post('/v2/dry-run', {
    template: parse(readFileSync(join(TEMPLATE, 'template.yaml'), 'utf8')),
    values,
    secrets: {},
    directoryContents: paths.map(path => ({
      path: path.slice(TEMPLATE.length + 1),
      base64Content: readFileSync(path).toString('base64'),
    })),
  });
  if (status !== 200) {
    throw new Error(`${status}: ${JSON.stringify(body)}`);
  }
  const { directoryContents, log } = body as {
    directoryContents: Array<{ path: string; base64Content: string }>;
    log: Array<{ body: { message: string } }>;
  };
  return {
    files: new Map(
      directoryContents.map(({ path, base64Content }) => [
        path,
        Buffer.from(base64Content, 'base64').toString(),
      ]),
    ),
    log: log.map(entry => entry.body.message).join('\n'),
  };
}
