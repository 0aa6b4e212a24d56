// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BuildRecord, DefinitionRecord } from '../pipelines/model';
import type { DevOps } from './DevOps';
import { guidOf } from './http/guid';
import type { Json } from './http/Locations';

/** Shape of BuildDefinition on the wire. */
export function definitionWire(devops: DevOps, record: DefinitionRecord): Json {
  const { repositories, identities } = devops;
  const project = repositories.project(record.project);
  const url = `${devops.url()}/${project.id}/_apis/build/Definitions/${
    record.id
  }`;
  return {
    id: record.id,
    name: record.name,
    path: record.path,
    revision: record.revision,
    type: 'build',
    quality: 'definition',
    queueStatus: record.queueStatus,
    createdDate: record.createdAt,
    authoredBy: identities.of(record.createdBy),
    project: repositories.projectWire(project),
    process: { type: 2, yamlFilename: record.yamlPath },
    repository: {
      id: record.repositoryId,
      name: record.repository,
      type: 'TfsGit',
      url: repositories.webUrl(record),
      defaultBranch: 'refs/heads/main',
    },
    queue: {
      id: 1,
      name: 'Azure Pipelines',
      pool: { id: 1, name: 'Azure Pipelines', isHosted: true },
    },
    variables: record.variables,
    triggers: [
      {
        triggerType: 'continuousIntegration',
        settingsSourceType: 2,
        branchFilters: [],
        pathFilters: [],
      },
    ],
    url,
    uri: `vstfs:///Build/Definition/${record.id}`,
    _links: {
      self: { href: url },
      web: {
        href: `${devops.url()}/${
          record.project
        }/_build/definition?definitionId=${record.id}`,
      },
    },
  };
}

/** Where a person finds a run. */
export function buildWebUrl(
  devops: Pick<DevOps, 'url'>,
  build: BuildRecord,
): string {
  return `${devops.url()}/${build.project}/_build/results?buildId=${build.id}`;
}

/** Shape of Build on the wire. */
export function buildWire(devops: DevOps, build: BuildRecord): Json {
  const { repositories, identities, definitions } = devops;
  const project = repositories.project(build.project);
  const url = `${devops.url()}/${project.id}/_apis/build/Builds/${build.id}`;
  const definition = definitions
    .all()
    .find(one => one.id === build.definitionId);
  const person = identities.of(build.requestedFor);
  return {
    id: build.id,
    buildNumber: build.buildNumber,
    status: build.status,
    ...(build.result ? { result: build.result } : {}),
    queueTime: build.queueTime,
    startTime: build.startTime,
    finishTime: build.finishTime,
    reason: build.reason,
    definition: {
      id: build.definitionId,
      name: definition?.name,
      path: definition?.path,
      type: 'build',
      project: repositories.projectWire(project),
    },
    project: repositories.projectWire(project),
    sourceBranch: build.sourceBranch,
    sourceVersion: build.sourceVersion,
    repository: {
      id: build.repositoryId,
      name: build.repository,
      type: 'TfsGit',
      url: repositories.webUrl(build),
    },
    priority: 'normal',
    requestedFor: person,
    requestedBy: person,
    triggerInfo: triggerInfo(devops, build),
    templateParameters: build.parameters,
    validationResults: build.validationErrors.map(message => ({
      result: 'error',
      message,
    })),
    tags: build.tags,
    keepForever: build.keepForever,
    retainedByRelease: false,
    logs: { id: 0, type: 'Container', url: `${url}/logs` },
    orchestrationPlan: { planId: guidOf(`plan/${build.id}`) },
    url,
    uri: `vstfs:///Build/Build/${build.id}`,
    _links: {
      self: { href: url },
      web: { href: buildWebUrl(devops, build) },
      timeline: { href: `${url}/Timeline` },
    },
  };
}

function triggerInfo(devops: DevOps, build: BuildRecord): Json {
  if (build.reason === 'pullRequest') {
    const pull = devops.pulls.get(build.pullRequestId!);
    return {
      'pr.number': String(pull.id),
      'pr.sourceBranch': pull.source,
      'pr.sourceSha': pull.sourceCommit,
      'pr.title': pull.title,
    };
  }
  return build.reason === 'individualCI'
    ? {
        'ci.sourceBranch': build.sourceBranch,
        'ci.sourceSha': build.sourceVersion,
      }
    : {};
}

/** Shape of Timeline on the wire. */
export function timelineWire(devops: DevOps, build: BuildRecord): Json {
  const base = `${devops.url()}/${build.project}/_apis/build/builds/${
    build.id
  }`;
  return {
    id: guidOf(`plan/${build.id}`),
    changeId: build.timeline.filter(record => record.state === 'completed')
      .length,
    lastChangedBy: '00000002-0000-8888-8000-000000000000',
    lastChangedOn: build.finishTime ?? build.startTime ?? build.queueTime,
    url: `${base}/timeline`,
    records: build.timeline.map(record => ({
      id: record.id,
      parentId: record.parentId,
      type: record.type,
      name: record.name,
      refName: record.identifier.split('.').at(-1),
      identifier: record.identifier,
      order: record.order,
      state: record.state,
      result: record.result,
      startTime: record.startTime,
      finishTime: record.finishTime,
      attempt: 1,
      errorCount: record.issues.filter(issue => issue.type === 'error').length,
      warningCount: record.issues.filter(issue => issue.type === 'warning')
        .length,
      issues: record.issues,
      workerName: record.type === 'Job' ? 'Hosted Agent' : null,
      log:
        record.logId && devops.runner.log(build.id, record.logId)
          ? {
              id: record.logId,
              type: 'Container',
              url: `${base}/logs/${record.logId}`,
            }
          : null,
    })),
  };
}
