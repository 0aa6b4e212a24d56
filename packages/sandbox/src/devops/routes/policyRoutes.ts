// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DevOps } from '../DevOps';
import { invalid } from '../http/DevOpsError';
import { Answer, list, type Locations } from '../http/Locations';
import { evaluationWire } from '../pulls/pullRequestWire';

/** Policy types, configurations and evaluations. */
export function addPolicyRoutes(locations: Locations, devops: DevOps): void {
  const { policies, pulls } = devops;

  locations.add(
    'policy',
    '44096322-2d3d-466a-bb30-d1b7de69f61f',
    'types',
    '{project}/_apis/{area}/{resource}/{typeId}',
    1,
    {
      GET: ({ params }) =>
        params.typeId
          ? policies.types().find(type => type.id === params.typeId) ??
            new Answer(404)
          : list(policies.types()),
    },
  );
  locations.add(
    'policy',
    'dad91cbe-d183-45f8-9c6e-9c1164472121',
    'configurations',
    '{project}/_apis/{area}/{resource}/{configurationId}',
    1,
    {
      GET: ({ params, query }) => {
        if (params.configurationId) {
          return policies.wire(
            policies.get(params.project!, Number(params.configurationId)),
          );
        }
        const type = query.get('policyType');
        return list(
          policies
            .list(params.project!)
            .filter(policy => !type || policy.type === type)
            .map(policy => policies.wire(policy)),
        );
      },
      POST: ({ params, body, user }) =>
        policies.wire(policies.create(params.project!, body, user)),
      PUT: ({ params, body }) =>
        policies.wire(
          policies.update(
            params.project!,
            Number(params.configurationId),
            body,
          ),
        ),
      DELETE: ({ params }) => {
        policies.delete(params.project!, Number(params.configurationId));
        return new Answer(204);
      },
    },
  );
  locations.add(
    'policy',
    'c23ddff5-229c-4d04-a80b-0fdce9f360c8',
    'evaluations',
    '{project}/_apis/{area}/{resource}/{evaluationId}',
    1,
    {
      GET: async ({ query }) => {
        const artifact = query.get('artifactId') ?? '';
        const id = Number(/CodeReviewId\/[^/]+\/(\d+)$/.exec(artifact)?.[1]);
        if (!id) {
          throw invalid(
            'artifactId: use vstfs:///CodeReview/CodeReviewId/{projectId}/{pullRequestId}',
          );
        }
        const pull = pulls.get(id);
        const evaluations = await pulls.evaluations(pull);
        return list(
          evaluations
            .filter(
              one =>
                query.get('includeNotApplicable') === 'true' ||
                one.status !== 'notApplicable',
            )
            .map(one => evaluationWire(devops, pull, one)),
        );
      },
    },
  );
}
