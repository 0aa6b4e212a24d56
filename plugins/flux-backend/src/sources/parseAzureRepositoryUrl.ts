// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An Azure Repos repository in its parts. */
export interface AzureRepository {
  /** `https://dev.azure.com/<org>`: what the REST API is below. */
  baseUrl: string;
  project: string;
  repository: string;
}

/**
 * Reads a clone URL of Azure Repos: `https://dev.azure.com/<org>/<project>/_git/<repo>`,
 * the same on a server of one's own (http or https, any port), the older
 * `https://<org>.visualstudio.com/<project>/_git/<repo>`, and ssh.
 * Undefined when it is none of them.
 */
export function parseAzureRepositoryUrl(
  url: string,
): AzureRepository | undefined {
  const ssh =
    /^(?:ssh:\/\/)?git@ssh\.dev\.azure\.com(?::22)?[:/]v3\/([^/]+)\/([^/]+)\/([^/]+?)\/?$/.exec(
      url,
    );
  try {
    if (ssh) {
      return {
        baseUrl: `https://dev.azure.com/${ssh[1]}`,
        project: decodeURIComponent(ssh[2]),
        repository: decodeURIComponent(ssh[3]),
      };
    }
    const parsed = new URL(url);
    if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
      return undefined;
    }
    const parts = parsed.pathname.split('/').filter(part => part !== '');
    const git = parts.indexOf('_git');
    if (git < 1 || git !== parts.length - 2) {
      return undefined;
    }
    const repository = decodeURIComponent(parts[git + 1]);
    const inHost = parsed.hostname.endsWith('.visualstudio.com');
    const before = parts.slice(0, git);
    const organization = inHost ? [] : before.slice(0, 1);
    // A repository of the same name as its project may leave the project out.
    const project = before.slice(organization.length).at(-1) ?? repository;
    return {
      baseUrl: [parsed.origin, ...organization].join('/'),
      project: decodeURIComponent(project),
      repository,
    };
  } catch {
    return undefined;
  }
}
