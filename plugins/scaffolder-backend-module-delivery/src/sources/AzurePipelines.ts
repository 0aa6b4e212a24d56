// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AzureDevOpsClient } from './AzureDevOpsClient';

/** A pipeline's definition, as far as it is used. */
export interface PipelineDefinition {
  id: number;
  name: string;
  repository?: { id: string };
}

/** What a pipeline must be allowed to use before its first run. */
export interface PipelinePermit {
  type: 'repository' | 'endpoint' | 'queue' | 'environment' | 'variablegroup';
  /** Id as Azure DevOps wants it; of a repository: `<project id>.<repository id>`. */
  id: string;
  title: string;
}

/** Pipelines of one project (REST reference, Build and Pipelines, 7.1). */
export class AzurePipelines {
  readonly #client: AzureDevOpsClient;
  readonly #project: string;
  readonly #organizationUrl: string;

  private constructor(client: AzureDevOpsClient, project: string) {
    this.#client = client;
    this.#project = encodeURIComponent(project);
    this.#organizationUrl = client.organizationUrl;
  }

  static of(client: AzureDevOpsClient, project: string): AzurePipelines {
    return new AzurePipelines(client, project);
  }

  /** The pipeline that runs a file of a repository. */
  async find(
    repositoryId: string,
    yamlPath: string,
  ): Promise<PipelineDefinition | undefined> {
    const found = await this.#client.list<PipelineDefinition>({
      path: `${this.#project}/_apis/build/definitions`,
      query: {
        repositoryId,
        repositoryType: 'TfsGit',
        yamlFilename: yamlPath,
      },
    });
    return found.sort((a, b) => a.id - b.id)[0];
  }

  /** @throws AzureDevOpsError 409 when the name is taken in its folder */
  create(input: {
    name: string;
    repositoryId: string;
    yamlPath: string;
    branch: string;
  }): Promise<PipelineDefinition> {
    return this.#client.send({
      method: 'POST',
      path: `${this.#project}/_apis/build/definitions`,
      body: {
        name: input.name,
        path: '\\',
        type: 'build',
        queueStatus: 'enabled',
        repository: {
          id: input.repositoryId,
          type: 'TfsGit',
          defaultBranch: `refs/heads/${input.branch}`,
        },
        process: { type: 2, yamlFilename: input.yamlPath },
        queue: { name: 'Azure Pipelines' },
        // 2: the triggers stand in the YAML file.
        triggers: [
          { triggerType: 'continuousIntegration', settingsSourceType: 2 },
        ],
      },
    });
  }

  async delete(id: number): Promise<void> {
    await this.#client.find({
      method: 'DELETE',
      path: `${this.#project}/_apis/build/definitions/${id}`,
    });
  }

  /**
   * Lets a pipeline use a protected resource, and reads back that it may.
   *
   * @throws AzureDevOpsError, and Error when Azure DevOps did not write it down
   */
  async permit(pipeline: number, permit: PipelinePermit): Promise<void> {
    const answer = await this.#client.send<{
      pipelines?: Array<{ id: number; authorized: boolean }>;
      allPipelines?: { authorized: boolean };
    }>({
      method: 'PATCH',
      path: `${this.#project}/_apis/pipelines/pipelinepermissions/${
        permit.type
      }/${encodeURIComponent(permit.id)}`,
      apiVersion: '7.1-preview.1',
      body: { pipelines: [{ id: pipeline, authorized: true }] },
    });
    const isAllowed =
      answer.allPipelines?.authorized ||
      answer.pipelines?.some(one => one.id === pipeline && one.authorized);
    if (!isAllowed) {
      throw new Error(
        `Azure DevOps did not let pipeline ${pipeline} use ${permit.title}. Allow it under "Pipeline permissions" of ${permit.type} ${permit.title}, or give the portal's identity the right to do so.`,
      );
    }
  }

  /** A run of any state. */
  async findRun(pipeline: number): Promise<{ id: number } | undefined> {
    const [run] = await this.#client.list<{ id: number }>({
      path: `${this.#project}/_apis/build/builds`,
      query: { definitions: pipeline, $top: 1 },
    });
    return run;
  }

  queue(pipeline: number, branch: string): Promise<{ id: number }> {
    return this.#client.send({
      method: 'POST',
      path: `${this.#project}/_apis/build/builds`,
      body: {
        definition: { id: pipeline },
        sourceBranch: `refs/heads/${branch}`,
      },
    });
  }

  /** Id of the service connection of this name. */
  async findEndpoint(name: string): Promise<string | undefined> {
    const found = await this.#client.list<{ id: string; name: string }>({
      path: `${this.#project}/_apis/serviceendpoint/endpoints`,
      query: { endpointNames: name },
    });
    return found.find(one => one.name === name)?.id;
  }

  /** Its page. */
  urlOf(pipeline: number): string {
    return `${this.#organizationUrl}/${
      this.#project
    }/_build?definitionId=${pipeline}`;
  }
}
