// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  asList,
  asMap,
  at,
  type Json,
  type Manifest,
  type ManifestProblem,
  type ManifestScope,
} from './Manifest';

/** Rules for what surrounds the workload: service, scaling, disruption, network, exposure. */
export function checkSurroundings(
  manifests: Manifest[],
  scope: ManifestScope,
): ManifestProblem[] {
  const base = manifests.filter(({ path }) => path.includes('/base/'));
  const of = (kind: string) => base.filter(one => one.kind === kind);
  const problems: ManifestProblem[] = [];
  const needed = [
    'Service',
    'ServiceAccount',
    'NetworkPolicy',
    'PodDisruptionBudget',
  ];
  for (const kind of needed) {
    if (of(kind).length === 0) {
      problems.push({
        path: `apps/${scope.team}/${scope.service}/base`,
        message: `a ${kind} is needed`,
      });
    }
  }
  const labels = of('Deployment').map(({ object }) =>
    asMap(at(object, 'spec.template.metadata.labels')),
  );
  const selects = (selector: Json) => {
    const entries = Object.entries(asMap(selector));
    return (
      entries.length > 0 &&
      labels.some(pod => entries.every(([key, value]) => pod[key] === value))
    );
  };
  const services = of('Service').map(({ name }) => name);
  for (const { path, kind, object } of base) {
    const say = (message: string) => problems.push({ path, message });
    switch (kind) {
      case 'Service':
        if (
          !['ClusterIP', undefined].includes(at(object, 'spec.type') as string)
        ) {
          say(`spec.type ${String(at(object, 'spec.type'))} is not allowed`);
        }
        if (!selects(at(object, 'spec.selector'))) {
          say('spec.selector selects no pod of the service');
        }
        break;
      case 'NetworkPolicy':
        if (!selects(at(object, 'spec.podSelector.matchLabels'))) {
          say('spec.podSelector selects no pod of the service');
        }
        if (!asList(at(object, 'spec.policyTypes')).includes('Ingress')) {
          say('spec.policyTypes must hold Ingress');
        }
        break;
      case 'PodDisruptionBudget':
        if (!selects(at(object, 'spec.selector.matchLabels'))) {
          say('spec.selector selects no pod of the service');
        }
        // minAvailable equal to the number of pods would block every drain of a node.
        if (at(object, 'spec.maxUnavailable') !== 1) {
          say('spec.maxUnavailable must be 1');
        }
        break;
      case 'HorizontalPodAutoscaler':
        checkScaling(object, of('Deployment')).forEach(say);
        break;
      case 'HTTPRoute':
        for (const rule of asList(at(object, 'spec.rules'))) {
          for (const backend of asList(at(rule, 'backendRefs'))) {
            checkBackend(at(backend, 'name'), services).forEach(say);
          }
        }
        break;
      case 'Ingress':
        for (const rule of asList(at(object, 'spec.rules'))) {
          for (const route of asList(at(rule, 'http.paths'))) {
            checkBackend(at(route, 'backend.service.name'), services).forEach(
              say,
            );
          }
        }
        break;
      default:
    }
    if (at(object, 'metadata.namespace') !== undefined) {
      say('metadata.namespace must be left out: Flux sets it');
    }
  }
  return problems;
}

function checkScaling(
  object: Manifest['object'],
  workloads: Manifest[],
): string[] {
  const found: string[] = [];
  const target = at(object, 'spec.scaleTargetRef');
  const isKnown = workloads.some(
    ({ kind, name }) =>
      at(target, 'kind') === kind && at(target, 'name') === name,
  );
  if (!isKnown) {
    found.push('spec.scaleTargetRef names no Deployment of the service');
  }
  const min = Number(at(object, 'spec.minReplicas'));
  const max = Number(at(object, 'spec.maxReplicas'));
  if (!(min >= 1 && max >= min && max <= 100)) {
    found.push(
      `minReplicas ${min} and maxReplicas ${max}: use 1 <= min <= max <= 100`,
    );
  }
  if (asList(at(object, 'spec.metrics')).length === 0) {
    found.push('spec.metrics is needed');
  }
  return found;
}

function checkBackend(name: Json, services: string[]): string[] {
  return services.includes(String(name))
    ? []
    : [`${String(name)} is no Service of this service`];
}
