// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAllDocuments, stringify } from 'yaml';
import { FileTree, renderKustomization } from '..';

/** Files as YAML texts, by path. */
export type Files = Record<string, string>;

/** Builds a folder and gives the objects as one YAML text, keys sorted. */
export function build(files: Files, folder = 'app'): string {
  const tree = FileTree.of(new Map(Object.entries(files)), '/tmp/k');
  return canonical(renderKustomization(tree, folder));
}

/** The same form for what is expected. */
export function expected(text: string): string {
  return canonical(parseAllDocuments(text).map(document => document.toJS()));
}

/** The message that a build fails with. */
export function failure(files: Files, folder = 'app'): string {
  try {
    build(files, folder);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the build did not fail');
}

function canonical(objects: readonly unknown[]): string {
  return objects
    .map(object =>
      stringify(object, { sortMapEntries: true, aliasDuplicateObjects: false }),
    )
    .join('---\n');
}

/** A small Deployment. */
export const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 1
  selector:
    matchLabels: {app: orders}
  template:
    metadata:
      labels: {app: orders}
    spec:
      containers:
        - name: orders
          image: registry.example.com/team-a/orders:1.0.0
`;

/** The same after \`spec\` fields have been put in. */
export function deployment(changes: {
  metadata?: string;
  replicas?: number;
  image?: string;
  container?: string;
  pod?: string;
  labels?: string;
  selector?: string;
}): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: ${changes.metadata ?? '{name: orders}'}
spec:
  replicas: ${changes.replicas ?? 1}
  selector:
    matchLabels: ${changes.selector ?? '{app: orders}'}
  template:
    metadata:
      labels: ${changes.labels ?? '{app: orders}'}
    spec:
      containers:
        - name: orders
          image: ${changes.image ?? 'registry.example.com/team-a/orders:1.0.0'}
          ${changes.container ?? ''}
      ${changes.pod ?? ''}
`;
}
