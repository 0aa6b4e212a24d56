// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { FileTree, renderKustomization } from '../kustomize';
import type { KubeObject } from '../kubernetes/types';
import { deployedVersion, type PastRollout } from './history';
import { kustomizationOf, namespaceOf } from './DemoWorld';
import { baseFiles, overlayFile, overlayFolder } from './manifests/service';

/** What Flux applied at one rollout of the past: the overlay as it was, rendered, with Flux's labels. */
export function renderPast(rollout: PastRollout): KubeObject[] {
  const { demo, environment, version } = rollout;
  const isLast = deployedVersion(demo, environment) === version;
  const files = baseFiles(demo);
  const [path, content] = overlayFile(demo, environment, version, isLast);
  files.set(path, content);
  return renderKustomization(
    FileTree.of(files, '/gitops'),
    overlayFolder(demo, environment),
  ).map(object => ({
    ...object,
    metadata: {
      ...object.metadata,
      namespace: namespaceOf(demo),
      labels: {
        ...object.metadata.labels,
        'backstage.io/kubernetes-id': demo.name,
        'fairway.dev/team': demo.team,
        'kustomize.toolkit.fluxcd.io/name': kustomizationOf(demo),
        'kustomize.toolkit.fluxcd.io/namespace': namespaceOf(demo),
      },
    },
  }));
}
