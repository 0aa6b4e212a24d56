// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DEPLOYMENT, failure } from './__testing__/build';

const D = { 'app/d.yaml': DEPLOYMENT };

describe('builds that fail say why in the words of kustomize', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'an unknown field',
      { 'app/kustomization.yaml': 'resource: [d.yaml]' },
      'invalid Kustomization: json: unknown field "resource"',
    ],
    [
      'an unknown field inside',
      {
        'app/kustomization.yaml':
          'resources: [d.yaml]\nimages: [{name: a, newDigest: b}]',
      },
      'invalid Kustomization: json: unknown field "newDigest"',
    ],
    [
      'a number for a tag',
      {
        'app/kustomization.yaml':
          'resources: [d.yaml]\nimages: [{name: a, newTag: 1.5}]',
      },
      'invalid Kustomization: json: cannot unmarshal number into Go struct field Kustomization.images.newTag of type string',
    ],
    [
      'nothing in it',
      { 'app/kustomization.yaml': 'resources: []' },
      'kustomization.yaml is empty',
    ],
    [
      'no kustomization file',
      D,
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/tmp/k/app'",
    ],
    [
      'a resource that is not there',
      { 'app/kustomization.yaml': 'resources: [x.yaml]' },
      "accumulating resources: accumulation err='accumulating resources from 'x.yaml': open /tmp/k/app/x.yaml: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '/tmp/k/app/x.yaml' : lstat /tmp/k/app/x.yaml: no such file or directory",
    ],
    [
      'a base without a kustomization file',
      {
        'app/kustomization.yaml': 'resources: [../base]',
        'base/x.yaml': DEPLOYMENT,
      },
      expect.stringMatching(
        /recursed accumulation of path '\/tmp\/k\/base': unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\/tmp\/k\/base'$/,
      ),
    ],
    [
      'a path out of the tree',
      { 'app/kustomization.yaml': 'resources: [../../etc]' },
      expect.stringMatching(/path '\/tmp\/etc' is not in or below '\/tmp\/k'$/),
    ],
    [
      'a remote base',
      {
        'app/kustomization.yaml':
          'resources: ["https://example.com/x?ref=main"]',
      },
      expect.stringMatching(/remote bases are not allowed/),
    ],
    [
      'a cycle',
      {
        'app/kustomization.yaml': 'resources: [../base]',
        'base/kustomization.yaml': 'resources: [../app]',
      },
      expect.stringMatching(
        /cycle detected: candidate root '\/tmp\/k\/app' contains visited root '\/tmp\/k\/app'$/,
      ),
    ],
    [
      'the same object twice',
      {
        ...D,
        'app/kustomization.yaml': 'resources: [d.yaml, e.yaml]',
        'app/e.yaml': DEPLOYMENT,
      },
      'accumulating resources: may not add resource with an already registered id: Deployment.v1.apps/orders.[noNs]',
    ],
    [
      'a patch for an object that is not there',
      {
        ...D,
        'app/kustomization.yaml':
          'resources: [d.yaml]\npatches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart}}"}]',
      },
      'no resource matches strategic merge patch "Deployment.v1.apps/cart.[noNs]": no matches for Id Deployment.v1.apps/cart.[noNs]; failed to find unique target for patch Deployment.v1.apps/cart.[noNs]',
    ],
    [
      'a JSON patch into nothing',
      {
        ...D,
        'app/kustomization.yaml':
          'resources: [d.yaml]\npatches: [{target: {kind: Deployment}, patch: "[{op: replace, path: /spec/x/y, value: 1}]"}]',
      },
      'replace operation does not apply: doc is missing path: /spec/x/y: missing value',
    ],
    [
      'a text that is no patch',
      {
        ...D,
        'app/kustomization.yaml':
          'resources: [d.yaml]\npatches: [{patch: hello}]',
      },
      'unable to parse SM or JSON patch from [hello]',
    ],
    [
      'replicas of nobody',
      {
        ...D,
        'app/kustomization.yaml':
          'resources: [d.yaml]\nreplicas: [{name: cart, count: 1}]',
      },
      expect.stringMatching(/^resource with name cart does not match a config/),
    ],
    [
      'YAML that is none',
      {
        'app/kustomization.yaml': 'resources: [d.yaml]',
        'app/d.yaml': 'a: [1\n',
      },
      expect.stringMatching(
        /MalformedYAMLError: yaml: line \d+: .* in File: d.yaml/,
      ),
    ],
    [
      'an object without a kind',
      {
        'app/kustomization.yaml': 'resources: [d.yaml]',
        'app/d.yaml': 'a: 1\n',
      },
      expect.stringMatching(/Object 'Kind' is missing in 'd.yaml'/),
    ],
    [
      'a component as a resource',
      {
        'app/kustomization.yaml': 'resources: [../c]',
        'c/kustomization.yaml': 'kind: Component\nnamePrefix: a-',
      },
      expect.stringMatching(
        /expected kind != 'Component' for path '\/tmp\/k\/c'$/,
      ),
    ],
    [
      'a field that the sandbox does not build',
      { 'app/kustomization.yaml': 'helmCharts: []' },
      expect.stringMatching(
        /^the field 'helmCharts' of kustomization.yaml is not built by the sandbox/,
      ),
    ],
  ])('%s', (_, files, message) => {
    expect(failure(files)).toEqual(message);
  });
});
