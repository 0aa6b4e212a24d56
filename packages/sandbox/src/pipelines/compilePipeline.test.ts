// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePipeline } from './compilePipeline';
import { evaluateExpression } from './evaluateExpression';
import { setNewTag } from './ImageUpdates';
import { nextVersion } from './nextVersion';

const template = readFileSync(
  join(__dirname, 'templates/v1/container-service.yml'),
  'utf8',
);

const service = (parameters: string) => `trigger: [main]
resources:
  repositories:
    - { repository: templates, type: git, name: platform/pipeline-templates, ref: refs/tags/v1 }
extends:
  template: v1/container-service.yml@templates
  parameters: ${parameters}
`;

const compile = (
  text: string,
  reason = 'Manual',
  files: Record<string, string> = {},
) =>
  compilePipeline({
    text,
    path: 'azure-pipelines.yml',
    variables: { 'Build.Reason': reason },
    parameters: {},
    readFile: async (path, from) => {
      if (from) {
        expect(from).toEqual({
          repository: 'platform/pipeline-templates',
          ref: 'refs/tags/v1',
        });
        return path === 'v1/container-service.yml' ? template : undefined;
      }
      return files[path];
    },
  });

describe('the platform template', () => {
  it('builds a pull request without credentials and everything else wholly', async () => {
    const main = await compile(
      service('{ imageName: team-a/orders, coverageThreshold: 80 }'),
    );
    expect(main.stages.map(stage => stage.name)).toEqual([
      'verify',
      'analyse',
      'package',
      'scan',
      'sign',
      'push',
    ]);
    expect(main.stages[0].jobs[0].steps.map(step => step.displayName)).toEqual([
      'Checkout self',
      'Use Node 24.x',
      'Restore packages',
      'Install packages',
      'Lint',
      'Test',
      'Publish test results',
      'Publish coverage (at least 80 %)',
      'Check Dockerfile',
    ]);
    expect(main.trigger).toEqual({ include: ['main'], exclude: [] });
    expect(main.finalYaml).toContain(
      'value: acrfairway.azurecr.io/team-a/orders',
    );
    const pull = await compile(
      service(
        '{ imageName: team-a/orders, language: go, testCommand: go test ./... }',
      ),
      'PullRequest',
    );
    expect(pull.stages.map(stage => stage.name)).toEqual(['verify', 'analyse']);
    expect(pull.finalYaml).not.toMatch(/AzureCLI|azureSubscription|UseNode/);
    expect(pull.finalYaml).toContain('languages: go');
  });

  it.each([
    ['{}', "A value for the 'imageName' parameter must be provided."],
    ['{ imageName: x, nope: 1 }', "Unexpected parameter 'nope'"],
    [
      '{ imageName: x, coverageThreshold: high }',
      "The 'coverageThreshold' parameter value 'high' is not a valid Number.",
    ],
    [
      '{ imageName: x, scanSeverity: NONE }',
      'is not an allowed value: use LOW, MEDIUM, HIGH, CRITICAL',
    ],
  ])('says what is wrong with %s', async (parameters, message) => {
    await expect(compile(service(parameters))).rejects.toThrow(message);
  });
});

describe('pipeline files', () => {
  it('expands if, elseif, else, each, insert and nested templates', async () => {
    const plan = await compile(
      `parameters:
  - { name: regions, type: object, default: [weu, neu] }
  - { name: fast, type: boolean, default: false }
jobs:
  - \${{ each region in parameters.regions }}:
      - job: test_\${{ region }}
        steps:
          - \${{ if eq(region, 'weu') }}:
              - script: echo west
          - \${{ elseif eq(region, 'neu') }}:
              - script: echo north
          - \${{ else }}:
              - script: echo elsewhere
          - template: steps.yml
            parameters:
              word: \${{ upper(region) }}
  - job: last
    \${{ if not(parameters.fast) }}:
      displayName: Slow
    \${{ else }}:
      displayName: Fast
    steps: [{ bash: 'true' }]
`,
      'Manual',
      {
        'steps.yml':
          "parameters: { word: none }\nsteps:\n  - script: say ${{ parameters.word }} ${{ format('{0}-{1}', 1, 'b') }}\n",
      },
    );
    expect(
      plan.stages[0].jobs.map(job => [
        job.name,
        job.displayName,
        job.steps.map(step => step.script),
      ]),
    ).toEqual([
      ['test_weu', 'test_weu', ['echo west', 'say WEU 1-b']],
      ['test_neu', 'test_neu', ['echo north', 'say NEU 1-b']],
      ['last', 'Slow', ['true']],
    ]);
  });

  it.each([
    ['steps: [', /azure-pipelines.yml: /],
    ['- a\n- b', /A mapping was expected/],
    ['trigger: none', /No stages, jobs or steps/],
    [
      'extends: { template: x.yml@nowhere }',
      /repository nowhere .* could not be found/,
    ],
    [
      'extends: { template: absent.yml }',
      /Could not find absent.yml in repository self/,
    ],
    ['steps: [{ script: "${{ nope(\'x\') }}" }]', /Unrecognized value: 'nope'/],
    ['steps: [{ script: "${{ eq(1, }}" }]', /Unexpected/],
  ])('refuses %j', async (text, message) => {
    await expect(compile(text)).rejects.toThrow(message);
  });

  it('never hangs on a template that includes itself', async () => {
    await expect(
      compile('steps: [{ template: a.yml }]', 'Manual', {
        'a.yml': 'steps: [{ template: a.yml }]',
      }),
    ).rejects.toThrow('include each other');
  });
});

it.each([
  ["and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))", true],
  ["in('B', 'a', 'b')", true],
  ["coalesce('', null, 'x')", 'x'],
  ['gt(1.10.0, 1.9.0)', true],
  ["length('four')", 4],
  ["containsValue(list.items, 'TWO')", true],
  ["replace('a-b', '-', '''')", "a'b"],
  ["join(',', split('a b', ' '))", 'a,b'],
  ["iif(eq(true, 'True'), 'yes', 'no')", 'yes'],
  ['list.items[1]', 'two'],
  ['list.absent', null],
])('evaluates %s', (text, expected) => {
  expect(
    evaluateExpression(text, {
      values: {
        variables: { 'Build.Reason': 'Manual' },
        list: { items: ['one', 'two'] },
      },
      functions: { succeeded: () => true },
    }),
  ).toBe(expected);
});

it.each([
  ['0.1.0', [], '0.1.0'],
  ['0.1.0', ['0.1.0', '0.1.0-abcdef1'], '0.1.1'],
  ['0.1.0', ['0.1.0', '0.1.9', '0.1.10'], '0.1.11'],
  ['0.2.0', ['0.1.0', '0.1.1'], '0.2.0'],
  ['', [], '0.1.0'],
])('the version after %s with %j is %s', (declared, used, expected) => {
  expect(nextVersion(declared, used)).toBe(expected);
});

it('sets a tag and nothing else', () => {
  const text = `# top
resources: [ ../../base ]   # odd layout

images:
- name: host/other
  newTag: 1.0.0
- name: host/team-a/orders # ours
  newTag: "1.2.3" # {"$imagepolicy": "a:b:tag"}
`;
  expect(setNewTag(text, 'host/team-a/orders', '1.10.0')).toBe(
    text.replace('"1.2.3"', '"1.10.0"'),
  );
  expect(setNewTag(text, 'host/team-a/orders', '1.2.3')).toBeUndefined();
  expect(setNewTag(text, 'host/team-a/orders', '1.2.2')).toBeUndefined();
  expect(setNewTag(text, 'host/absent', '1.2.2')).toBeUndefined();
});
