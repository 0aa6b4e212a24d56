// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';
import type { WorkspaceFile } from '../files/readFiles';
import { checkFluxObjects } from './fluxRules';
import { checkKustomizations } from './kustomizationRules';
import type { Manifest, ManifestScope } from './Manifest';
import { checkSurroundings } from './networkRules';
import { parseManifests } from './parseManifests';
import { checkKinds, checkPaths } from './pathRules';
import { checkWorkloads } from './workloadRules';

/**
 * Checks all files that are to be written to the GitOps repository for one service.
 *
 * @returns the objects in them
 * @throws InputError that lists every objection with its file
 */
export function assertManifests(
  files: WorkspaceFile[],
  scope: ManifestScope,
): Manifest[] {
  const { manifests, problems } = parseManifests(files);
  problems.push(
    ...checkPaths(files, scope),
    ...checkKinds(manifests),
    ...checkKustomizations(manifests, scope),
    ...checkWorkloads(manifests, scope),
    ...checkSurroundings(manifests, scope),
    ...checkFluxObjects(manifests, scope),
  );
  if (problems.length > 0) {
    throw new InputError(
      `The manifests have ${problems.length} problem(s):\n${problems
        .map(({ path, message }) => `${path}: ${message}`)
        .join('\n')}`,
    );
  }
  return manifests;
}
