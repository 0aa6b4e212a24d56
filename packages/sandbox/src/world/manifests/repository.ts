// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';
import type { DemoService } from '../DemoWorld';
import { serviceEntity } from './catalog';

/** The files of a demo service's own repository at one version. */
export function repositoryFiles(
  demo: DemoService,
  version: string,
): Map<string, string> {
  return new Map([
    ['README.md', `# ${demo.name}\n\n${demo.description}.\n`],
    ['catalog-info.yaml', serviceEntity(demo)],
    [
      'package.json',
      `${JSON.stringify(
        {
          name: demo.name,
          version,
          private: true,
          type: 'module',
          scripts: { start: 'node src/main.js', test: 'node --test' },
        },
        null,
        2,
      )}\n`,
    ],
    ['src/main.js', mainFile(demo)],
    [
      'Dockerfile',
      [
        'FROM node:24-slim',
        'WORKDIR /app',
        'COPY package.json ./',
        'COPY src ./src',
        'USER node',
        'CMD ["node", "src/main.js"]',
        '',
      ].join('\n'),
    ],
    [
      'azure-pipelines.yml',
      stringify({
        trigger: { branches: { include: ['main'] } },
        resources: {
          repositories: [
            {
              repository: 'templates',
              type: 'git',
              name: 'platform/pipeline-templates',
              ref: 'refs/tags/v1',
            },
          ],
        },
        extends: {
          template: 'v1/container-service.yml@templates',
          parameters: {
            imageName: `${demo.team}/${demo.name}`,
            dockerfile: 'Dockerfile',
            testCommand: 'npm test',
          },
        },
      }),
    ],
  ]);
}

function mainFile(demo: DemoService): string {
  return `import { createServer } from 'node:http';

// ${demo.description}.
const server = createServer((request, response) => {
  const known = ['/healthz', '/readyz'].includes(request.url);
  response.writeHead(known ? 200 : 404).end();
});
server.listen(Number(process.env.PORT ?? 8080));
process.once('SIGTERM', () => server.close());
`;
}
