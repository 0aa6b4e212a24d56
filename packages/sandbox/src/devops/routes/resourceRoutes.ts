// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { DevOps } from '../DevOps';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import {
  Answer,
  type Call,
  type Json,
  list,
  type Locations,
} from '../http/Locations';
import { Table } from '../state/Table';
import { pipelineSchema } from '../../pipelines/pipelineSchema';

/** A thing that pipelines use, kept as it was sent. */
interface ResourceRecord {
  id: string | number;
  project: string;
  name: string;
  body: Json;
}

const TENANT = '00000000-0000-0000-0000-00000000fa12';

/** Service connections, variable groups, environments, queues, the YAML schema. */
export function addResourceRoutes(locations: Locations, devops: DevOps): void {
  const { repositories, identities, clock, state } = devops;
  const endpoints = new Table<ResourceRecord>(state, 'devops/endpoints');
  const groups = new Table<ResourceRecord>(state, 'devops/variableGroups');
  const environments = new Table<ResourceRecord>(state, 'devops/environments');
  const checks = new Table<ResourceRecord>(state, 'devops/checks');

  const projectOf = (call: Call): string => {
    const given =
      call.params.project ??
      call.body.serviceEndpointProjectReferences?.[0]?.projectReference?.id ??
      call.body.variableGroupProjectReferences?.[0]?.projectReference?.id;
    if (!given) {
      throw invalid('project: name the project to which this belongs');
    }
    return repositories.project(String(given)).name;
  };
  const add = (
    table: Table<ResourceRecord>,
    call: Call,
    id: string | number,
  ) => {
    const name = String(call.body.name ?? '').trim();
    const project = projectOf(call);
    if (!name) {
      throw invalid('name: a name is needed');
    }
    if (table.all().some(one => one.project === project && one.name === name)) {
      throw new DevOpsError(
        409,
        'DuplicateResourceException',
        `A resource named ${name} exists already in project ${project}.`,
      );
    }
    return table.put({ id, project, name, body: call.body });
  };
  const one = (table: Table<ResourceRecord>, id: string): ResourceRecord => {
    const found = table.all().find(other => String(other.id) === id);
    if (!found) {
      throw notFound(
        'ResourceNotFoundException',
        `The resource ${id} was not found.`,
      );
    }
    return found;
  };
  const inProject = (
    table: Table<ResourceRecord>,
    call: Call,
    names?: string | null,
  ) => {
    const project = repositories.project(call.params.project!).name;
    const wanted = names?.split(',');
    return table
      .all()
      .filter(
        other =>
          other.project === project && (!wanted || wanted.includes(other.name)),
      );
  };
  const dated = { createdOn: clock.now().toISOString() };

  const endpointWire = ({ id, project, name, body }: ResourceRecord): Json => ({
    ...body,
    id,
    name,
    isReady: true,
    isShared: false,
    owner: 'library',
    createdBy: identities.of('fairway-portal'),
    authorization: {
      ...body.authorization,
      parameters: {
        ...body.authorization?.parameters,
        ...(body.authorization?.scheme === 'WorkloadIdentityFederation'
          ? {
              workloadIdentityFederationIssuer: `https://login.microsoftonline.com/${
                body.authorization.parameters?.tenantid ?? TENANT
              }/v2.0`,
              workloadIdentityFederationSubject: `/eid1/c/pub/t/sandbox/a/sandbox/sc/${project}/${id}`,
            }
          : {}),
      },
    },
    serviceEndpointProjectReferences: [
      {
        projectReference: {
          id: repositories.project(project).id,
          name: project,
        },
        name,
      },
    ],
  });
  const endpointMethods = {
    GET: (call: Call) =>
      call.params.endpointId
        ? endpointWire(one(endpoints, call.params.endpointId))
        : list(
            inProject(endpoints, call, call.query.get('endpointNames')).map(
              endpointWire,
            ),
          ),
    POST: (call: Call) => endpointWire(add(endpoints, call, randomUUID())),
    DELETE: (call: Call) => {
      endpoints.delete(one(endpoints, call.params.endpointId!).id);
      return new Answer(204);
    },
  };
  const endpointPath = '{project}/_apis/{area}/{resource}/{endpointId}';
  locations.add(
    'serviceendpoint',
    'e85f1c62-adfc-4b74-b618-11a150fb195e',
    'endpoints',
    endpointPath,
    4,
    endpointMethods,
  );
  locations.add(
    'serviceendpoint',
    '14e48fdc-2c8b-41ce-a0c3-e26f6cc55bd0',
    'endpoints',
    '_apis/{area}/{resource}/{endpointId}',
    4,
    endpointMethods,
  );

  const groupWire = ({ id, name, body }: ResourceRecord): Json => ({
    ...body,
    id,
    name,
    type: body.type ?? 'Vsts',
    variables: maskSecrets(body.variables),
    isShared: false,
    ...dated,
  });
  locations.add(
    'distributedtask',
    'f5b09dd5-9d54-45a1-8b5a-1c8287d634cc',
    'variablegroups',
    '{project}/_apis/{area}/{resource}/{groupId}',
    2,
    {
      GET: call =>
        call.params.groupId
          ? groupWire(one(groups, call.params.groupId))
          : list(
              inProject(groups, call, call.query.get('groupName')).map(
                groupWire,
              ),
            ),
    },
  );
  locations.add(
    'distributedtask',
    'ef5b7057-ffc3-4c77-bbad-c10b4a4abcc7',
    'variablegroups',
    '_apis/{area}/{resource}/{groupId}',
    2,
    {
      POST: call => groupWire(add(groups, call, groups.nextId())),
      PUT: call => {
        const known = one(groups, call.params.groupId!);
        return groupWire(
          groups.put({
            ...known,
            name: call.body.name ?? known.name,
            body: call.body,
          }),
        );
      },
      DELETE: call => {
        groups.delete(one(groups, call.params.groupId!).id);
        return new Answer(204);
      },
    },
  );

  const environmentWire = ({
    id,
    project,
    name,
    body,
  }: ResourceRecord): Json => ({
    id,
    name,
    description: body.description ?? '',
    project: { id: repositories.project(project).id, name: project },
    createdBy: identities.of('fairway-portal'),
    ...dated,
    resources: [],
  });
  locations.add(
    'distributedtask',
    '8572b1fc-2482-47fa-8f74-7e3ed53ee54b',
    'environments',
    '{project}/_apis/{area}/{resource}/{environmentId}',
    1,
    {
      GET: call =>
        call.params.environmentId
          ? environmentWire(one(environments, call.params.environmentId))
          : list(
              inProject(environments, call, call.query.get('name')).map(
                environmentWire,
              ),
            ),
      POST: call =>
        environmentWire(add(environments, call, environments.nextId())),
      DELETE: call => {
        environments.delete(one(environments, call.params.environmentId!).id);
        return new Answer(204);
      },
    },
  );

  locations.add(
    'distributedtask',
    '900fa995-c559-4923-aae7-f8424fe4fbea',
    'queues',
    '{project}/_apis/{area}/{resource}/{queueId}',
    1,
    {
      GET: ({ params, query }) => {
        const queue = {
          id: 1,
          name: 'Azure Pipelines',
          projectId: params.project && repositories.project(params.project).id,
          pool: { id: 1, name: 'Azure Pipelines', isHosted: true },
        };
        if (params.queueId) {
          return params.queueId === '1' ? queue : new Answer(404);
        }
        const wanted = query.get('queueName') ?? query.get('queueNames');
        return list(
          !wanted || wanted.split(',').includes(queue.name) ? [queue] : [],
        );
      },
    },
  );
  locations.add(
    'distributedtask',
    '1f9990b9-1dba-441f-9c2e-6485888c42b6',
    'yamlschema',
    '_apis/{area}/{resource}',
    1,
    {
      GET: () => pipelineSchema(),
    },
  );

  locations.add(
    'pipelinesChecks',
    '86c8381e-5aee-4cde-8ae4-25c0c7f5eaea',
    'configurations',
    '{project}/_apis/pipelines/checks/{resource}/{checkId}',
    1,
    {
      GET: call =>
        list(
          inProject(checks, call).map(check => ({
            ...check.body,
            id: check.id,
          })),
        ),
      POST: call => {
        const id = checks.nextId();
        const project = projectOf(call);
        checks.put({ id, project, name: String(id), body: call.body });
        return { ...call.body, id };
      },
    },
  );
}

/** Values of secrets never leave. */
function maskSecrets(variables: Json | undefined): Json {
  return Object.fromEntries(
    Object.entries(variables ?? {}).map(([name, variable]) => [
      name,
      variable?.isSecret ? { isSecret: true, value: null } : variable,
    ]),
  );
}
