// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { DevOps } from '../DevOps';
import { guidOf } from '../http/guid';
import { Answer, AREAS, list, type Locations } from '../http/Locations';

/** Projects, identities, connection data, resource areas. */
export function addCoreRoutes(locations: Locations, devops: DevOps): void {
  const { repositories, identities } = devops;
  const organisation = guidOf('organisation/fairway');

  locations.add(
    'Location',
    'e81700f7-3be2-46de-8624-2eb35882fcaa',
    'ResourceAreas',
    '_apis/{resource}/{areaId}',
    1,
    {
      GET: ({ params }) => {
        const areas = Object.entries(AREAS).map(([name, id]) => ({
          id,
          name,
          locationUrl: `${devops.url()}/`,
        }));
        return params.areaId
          ? areas.find(area => area.id === params.areaId) ?? new Answer(404)
          : list(areas);
      },
    },
  );
  locations.add(
    'Location',
    '00d9565f-ed9c-4a06-9a50-00e7896ccab4',
    'connectionData',
    '_apis/{resource}',
    1,
    {
      GET: ({ user }) => {
        const { id, displayName, descriptor } = identities.of(user);
        const person = {
          id,
          descriptor,
          subjectDescriptor: descriptor,
          providerDisplayName: displayName,
          isActive: true,
          properties: {
            Account: {
              $type: 'System.String',
              $value: `${displayName}@example.com`,
            },
          },
        };
        return {
          authenticatedUser: person,
          authorizedUser: person,
          instanceId: organisation,
          deploymentId: organisation,
          deploymentType: 'hosted',
          locationServiceData: {
            serviceOwner: '00025394-6065-48ca-87d9-7f5672854ef7',
            defaultAccessMappingMoniker: 'PublicAccessMapping',
          },
        };
      },
    },
  );
  locations.add(
    'IMS',
    '28010c54-d0c0-4c89-a5b0-1d9e188b9fb7',
    'identities',
    '_apis/{resource}/{identityId}',
    1,
    {
      GET: ({ params, query }) => {
        if (params.identityId) {
          return identities.of(identities.nameOf(params.identityId));
        }
        const found = identities.search(query.get('filterValue') ?? '');
        return list(
          found.map(identity => ({
            ...identity,
            providerDisplayName: identity.displayName,
            isActive: true,
          })),
        );
      },
    },
  );
  locations.add(
    'core',
    '603fe2ac-9723-48b9-88ad-09305aa6c6e1',
    'projects',
    '_apis/{resource}/{projectId}',
    4,
    {
      GET: ({ params, query }) => {
        if (params.projectId) {
          const project = repositories.project(params.projectId);
          return {
            ...repositories.projectWire(project),
            capabilities: {
              versioncontrol: { sourceControlType: 'Git' },
              processTemplate: { templateName: 'Agile' },
            },
            defaultTeam: {
              id: guidOf(`team/${project.name}`),
              name: `${project.name} Team`,
            },
          };
        }
        const all = repositories.projects();
        const skip = Number(query.get('$skip') ?? 0);
        const top = Number(query.get('$top') ?? all.length);
        return list(
          all
            .slice(skip, skip + top)
            .map(project => repositories.projectWire(project)),
        );
      },
      POST: ({ body }) => {
        const project = repositories.createProject(body.name, body.description);
        return new Answer(202, {
          id: guidOf(`operation/${project.id}`),
          status: 'queued',
          url: `${devops.url()}/_apis/operations/${guidOf(
            `operation/${project.id}`,
          )}`,
        });
      },
    },
  );
  locations.add(
    'operations',
    '9a1b74b4-2ca8-4a9f-8470-c2f2e6fdc949',
    'operations',
    '_apis/{resource}/{operationId}',
    1,
    {
      GET: ({ params }) => ({
        id: params.operationId ?? randomUUID(),
        status: 'succeeded',
      }),
    },
  );
  locations.add(
    'core',
    'd30a3dd1-f8ba-442a-b86a-bd0c0c383e59',
    'teams',
    '_apis/projects/{projectId}/{resource}/{teamId}',
    3,
    {
      GET: ({ params }) => {
        const { name } = repositories.project(params.projectId!);
        return list([
          {
            id: guidOf(`team/${name}`),
            name: `${name} Team`,
            projectName: name,
          },
        ]);
      },
    },
  );
}
