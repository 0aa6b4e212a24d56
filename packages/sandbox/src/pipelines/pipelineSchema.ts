// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const text = { type: 'string' };
const anyText = { type: ['string', 'number', 'boolean'] };
const listOf = (name: string) => ({
  type: 'array',
  items: { $ref: `#/definitions/${name}` },
});

/** Tasks that are installed in the sandbox's organisation. */
export const TASKS = [
  'AdvancedSecurity-Codeql-Analyze@1',
  'AdvancedSecurity-Codeql-Autobuild@1',
  'AdvancedSecurity-Codeql-Init@1',
  'AdvancedSecurity-Dependency-Scanning@1',
  'AdvancedSecurity-Publish@1',
  'AzureCLI@2',
  'Bash@3',
  'Cache@2',
  'CmdLine@2',
  'Docker@2',
  'GitVersion@5',
  'GoTool@0',
  'Maven@4',
  'NodeTool@0',
  'Notation@0',
  'PublishBuildArtifacts@1',
  'PublishCodeCoverageResults@2',
  'PublishPipelineArtifact@1',
  'PublishTestResults@2',
  'UseNode@1',
  'UsePythonVersion@0',
];

/**
 * The JSON schema of pipeline YAML that the organisation publishes
 * (`_apis/distributedtask/yamlschema`): a file has stages, jobs, steps or
 * extends a template, and names only installed tasks.
 */
export function pipelineSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'azure-pipelines.yml',
    title: 'Pipeline schema of this organisation',
    type: 'object',
    properties: {
      name: text,
      trigger: { type: ['string', 'array', 'object', 'null'] },
      pr: { type: ['string', 'array', 'object', 'null'] },
      schedules: { type: 'array' },
      pool: { type: ['string', 'object'] },
      parameters: { type: ['array', 'object'] },
      variables: { type: ['array', 'object'] },
      resources: {
        type: 'object',
        properties: { repositories: listOf('repository') },
      },
      extends: {
        type: 'object',
        required: ['template'],
        properties: { template: text, parameters: { type: 'object' } },
        additionalProperties: false,
      },
      stages: listOf('stage'),
      jobs: listOf('job'),
      steps: listOf('step'),
    },
    additionalProperties: false,
    oneOf: ['extends', 'stages', 'jobs', 'steps'].map(field => ({
      required: [field],
    })),
    definitions: {
      repository: {
        type: 'object',
        required: ['repository', 'type', 'name'],
        properties: {
          repository: text,
          type: { enum: ['git', 'github', 'githubenterprise', 'bitbucket'] },
          name: text,
          ref: text,
          endpoint: text,
        },
      },
      stage: {
        type: 'object',
        properties: {
          stage: text,
          template: text,
          parameters: { type: 'object' },
          displayName: text,
          dependsOn: { type: ['string', 'array'] },
          condition: anyText,
          jobs: listOf('job'),
        },
      },
      job: {
        type: 'object',
        properties: {
          job: text,
          deployment: text,
          template: text,
          parameters: { type: 'object' },
          displayName: text,
          steps: listOf('step'),
        },
      },
      step: {
        type: 'object',
        properties: {
          task: { enum: TASKS },
          script: text,
          bash: text,
          pwsh: text,
          checkout: text,
          publish: text,
          download: text,
          template: text,
          displayName: text,
          inputs: { type: 'object' },
        },
      },
    },
  };
}
