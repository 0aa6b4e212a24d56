// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isAlias, isScalar, parseAllDocuments, visit } from 'yaml';
import type { WorkspaceFile } from '../files/readFiles';
import {
  asMap,
  at,
  type JsonMap,
  type Manifest,
  type ManifestProblem,
} from './Manifest';

/**
 * Words that YAML 1.1 readers take for something else than text: sigs.k8s.io/yaml
 * and kustomize read 1.1, so such text must stand in quotes (YAML 1.1, section 10.3).
 */
const AMBIGUOUS =
  /^(y|n|yes|no|on|off|[-+]?0[xob]?[0-9a-f_]+|[-+]?[0-9][0-9_]*:[0-9:]+|[-+]?[0-9.]+e[-+]?[0-9]+)$/i;

const LARGEST_FILE = 256 * 1024;

/** Objects of all files, and what is wrong with the text itself. */
export function parseManifests(files: WorkspaceFile[]): {
  manifests: Manifest[];
  problems: ManifestProblem[];
} {
  const manifests: Manifest[] = [];
  const problems: ManifestProblem[] = [];
  for (const { path, content } of files) {
    const say = (message: string) => problems.push({ path, message });
    if (!/\.ya?ml$/.test(path)) {
      say('only .yaml files may be written');
      continue;
    }
    if (content.length > LARGEST_FILE) {
      say(`${content.length} bytes; at most ${LARGEST_FILE} are allowed`);
      continue;
    }
    const text = content.toString('utf8');
    if (text.includes('${{') || text.includes('{%')) {
      say('template text was not rendered');
    }
    let count = 0;
    for (const document of parseAllDocuments(text, { version: '1.2' })) {
      if (!('contents' in document)) {
        continue;
      }
      for (const { message } of [...document.errors, ...document.warnings]) {
        say(`YAML: ${message.split('\n')[0]}`);
      }
      let hasAlias = false;
      visit(document, (_key, node) => {
        if (isAlias(node)) {
          hasAlias = true;
          say(`YAML: the alias *${node.source} must be written out`);
        } else if (isScalar(node) && node.type === 'PLAIN') {
          const source = node.source ?? '';
          if (AMBIGUOUS.test(source) && String(node.value) !== source) {
            say(
              `YAML: ${source} is read differently by others, write it plainly or in quotes`,
            );
          } else if (AMBIGUOUS.test(source) && typeof node.value === 'string') {
            say(`YAML: put "${source}" in quotes`);
          }
        }
      });
      // An alias can make a small file very large, so it is not followed.
      if (hasAlias || document.errors.length > 0 || !document.contents) {
        continue;
      }
      const object = asMap(document.toJS());
      const manifest = manifestOf(path, object);
      if (manifest) {
        manifests.push(manifest);
        count += 1;
      } else {
        say('apiVersion, kind and metadata.name are needed');
      }
    }
    if (count === 0 && !problems.some(problem => problem.path === path)) {
      say('holds no object');
    }
  }
  return { manifests, problems };
}

function manifestOf(path: string, object: JsonMap): Manifest | undefined {
  const { apiVersion, kind } = object;
  // A kustomization.yaml has no name.
  const name = path.endsWith('/kustomization.yaml')
    ? ''
    : at(object, 'metadata.name');
  return typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof name === 'string'
    ? { path, apiVersion, kind, name, object }
    : undefined;
}
