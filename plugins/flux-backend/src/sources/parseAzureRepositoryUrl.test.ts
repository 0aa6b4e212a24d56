// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAzureRepositoryUrl } from './parseAzureRepositoryUrl';

describe('parseAzureRepositoryUrl', () => {
  it.each([
    [
      'https://dev.azure.com/org/My%20Project/_git/gitops',
      ['https://dev.azure.com/org', 'My Project', 'gitops'],
    ],
    [
      'https://dev.azure.com/org/_git/gitops',
      ['https://dev.azure.com/org', 'gitops', 'gitops'],
    ],
    [
      'https://org.visualstudio.com/project/_git/gitops',
      ['https://org.visualstudio.com', 'project', 'gitops'],
    ],
    [
      'http://localhost:7110/fairway/platform/_git/gitops',
      ['http://localhost:7110/fairway', 'platform', 'gitops'],
    ],
    [
      'git@ssh.dev.azure.com:v3/org/project/gitops',
      ['https://dev.azure.com/org', 'project', 'gitops'],
    ],
    [
      'ssh://git@ssh.dev.azure.com/v3/org/project/gitops',
      ['https://dev.azure.com/org', 'project', 'gitops'],
    ],
  ])('%s', (url, [baseUrl, project, repository]) => {
    expect(parseAzureRepositoryUrl(url)).toEqual({
      baseUrl,
      project,
      repository,
    });
  });

  it.each([
    'https://github.com/org/gitops',
    'https://dev.azure.com/org/project/_git/gitops/extra',
    'https://dev.azure.com/org/project/gitops',
    'file:///org/project/_git/gitops',
    'oci://acr.azurecr.io/gitops',
    'https://dev.azure.com/org/%zz/_git/gitops',
    '',
  ])('%s is none', url => {
    expect(parseAzureRepositoryUrl(url)).toBeUndefined();
  });
});
