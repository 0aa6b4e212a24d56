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

/** Quantities as people write them; more is a slip (Kubernetes documentation, "Resource units"). */
const CPU = /^([1-9]\d{0,4}m|[1-9]\d?(\.\d{1,3})?|0\.\d{1,3})$/;
const MEMORY = /^[1-9]\d{0,5}(Ki|Mi|Gi)$/;

/**
 * Rules for Deployments: the Pod Security Standard "restricted" (Kubernetes
 * documentation), limits, probes, the image of the team's own repository.
 */
export function checkWorkloads(
  manifests: Manifest[],
  scope: ManifestScope,
): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const isScaled = manifests.some(
    ({ kind }) => kind === 'HorizontalPodAutoscaler',
  );
  const workloads = manifests.filter(({ kind }) => kind === 'Deployment');
  if (workloads.length === 0) {
    problems.push({
      path: `apps/${scope.team}/${scope.service}/base`,
      message: 'a Deployment is needed',
    });
  }
  for (const { path, object } of workloads) {
    const say = (message: string) => problems.push({ path, message });
    const pod = at(object, 'spec.template.spec');
    if (isScaled && at(object, 'spec.replicas') !== undefined) {
      say(
        'spec.replicas must be left out: the HorizontalPodAutoscaler decides',
      );
    }
    checkSelector(object).forEach(say);
    checkPod(pod).forEach(say);
    const containers = asList(at(pod, 'containers'));
    if (containers.length === 0) {
      say('a container is needed');
    }
    for (const container of containers) {
      checkContainer(container, scope).forEach(say);
    }
    for (const container of asList(at(pod, 'initContainers'))) {
      checkImage(container, scope).forEach(say);
      checkSecurity(container).forEach(say);
    }
  }
  return problems;
}

function checkSelector(object: Manifest['object']): string[] {
  const selector = asMap(at(object, 'spec.selector.matchLabels'));
  const labels = asMap(at(object, 'spec.template.metadata.labels'));
  const entries = Object.entries(selector);
  return entries.length > 0 &&
    entries.every(([key, value]) => labels[key] === value)
    ? []
    : ['spec.selector must select the labels of its own pods'];
}

function checkPod(pod: Json): string[] {
  const found: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (at(pod, field)) {
      found.push(`${field} is not allowed`);
    }
  }
  const allowed = ['configMap', 'secret', 'emptyDir', 'projected', 'csi'];
  for (const volume of asList(at(pod, 'volumes'))) {
    const kinds = Object.keys(asMap(volume)).filter(key => key !== 'name');
    if (!kinds.every(kind => allowed.includes(kind))) {
      found.push(`volumes: ${kinds.join(', ')} is not allowed`);
    }
  }
  if (at(pod, 'securityContext.runAsNonRoot') !== true) {
    found.push('securityContext.runAsNonRoot must be true');
  }
  if (at(pod, 'securityContext.seccompProfile.type') !== 'RuntimeDefault') {
    found.push('securityContext.seccompProfile.type must be RuntimeDefault');
  }
  if (at(pod, 'automountServiceAccountToken') !== false) {
    found.push('automountServiceAccountToken must be false');
  }
  if (!at(pod, 'serviceAccountName')) {
    found.push('serviceAccountName is needed');
  }
  return found;
}

function checkContainer(container: Json, scope: ManifestScope): string[] {
  const found = [...checkImage(container, scope), ...checkSecurity(container)];
  const quantities: Array<[string, RegExp]> = [
    ['resources.requests.cpu', CPU],
    ['resources.requests.memory', MEMORY],
    ['resources.limits.memory', MEMORY],
  ];
  for (const [path, pattern] of quantities) {
    const value = at(container, path);
    if (value === undefined) {
      found.push(`${path} is needed`);
    } else if (!pattern.test(String(value))) {
      found.push(`${path}: "${String(value)}" is no sensible quantity`);
    }
  }
  const cpu = at(container, 'resources.limits.cpu');
  if (cpu !== undefined && !CPU.test(String(cpu))) {
    found.push(
      `resources.limits.cpu: "${String(cpu)}" is no sensible quantity`,
    );
  }
  for (const probe of ['livenessProbe', 'readinessProbe']) {
    if (at(container, `${probe}.httpGet`) === undefined) {
      found.push(`${probe} is needed`);
    }
  }
  for (const port of asList(at(container, 'ports'))) {
    const number = at(port, 'containerPort');
    const isGood =
      Number.isInteger(number) &&
      Number(number) > 1023 &&
      Number(number) < 65536;
    if (!isGood) {
      found.push(`ports: ${String(number)} is not between 1024 and 65535`);
    }
    if (at(port, 'hostPort') !== undefined) {
      found.push('ports: hostPort is not allowed');
    }
  }
  return found;
}

function checkImage(container: Json, scope: ManifestScope): string[] {
  const expected = `${scope.registry}/${scope.team}/${scope.service}`;
  const image = at(container, 'image');
  return image === expected
    ? []
    : [
        `image "${String(
          image,
        )}" must be ${expected}, without a tag: the overlays set it`,
      ];
}

function checkSecurity(container: Json): string[] {
  const context = at(container, 'securityContext');
  const found: string[] = [];
  if (at(context, 'privileged')) {
    found.push('securityContext.privileged is not allowed');
  }
  if (at(context, 'allowPrivilegeEscalation') !== false) {
    found.push('securityContext.allowPrivilegeEscalation must be false');
  }
  if (at(context, 'readOnlyRootFilesystem') !== true) {
    found.push('securityContext.readOnlyRootFilesystem must be true');
  }
  if (!asList(at(context, 'capabilities.drop')).includes('ALL')) {
    found.push('securityContext.capabilities.drop must hold ALL');
  }
  if (at(context, 'capabilities.add') !== undefined) {
    found.push('securityContext.capabilities.add is not allowed');
  }
  return found;
}
