// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { DefaultAzureCredential } from '@azure/identity';
import type { Config } from '@backstage/config';
import { CachedCredentials } from './CachedCredentials';
import type { ClusterCredentials, ClusterToken } from './types';

/** Entra application of AKS, the same in every tenant (learn.microsoft.com, "Azure Kubernetes Service AAD Server"). */
const AKS_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/** Where a pod finds its own token (kubernetes.io, "Accessing the Kubernetes API from a Pod"). */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/**
 * How the portal proves itself to a cluster. Only what works without a browser
 * can drive a shared watch: `serviceAccount` (with a token, or with the pod's own)
 * and `azure`. For all others there are no credentials.
 *
 * @param cluster - one entry of `kubernetes.clusterLocatorMethods[].clusters`
 */
export function readCredentials(
  cluster: Config,
): ClusterCredentials | undefined {
  // Read whole: a key with a slash is none that the configuration could be asked for.
  const metadata = cluster.getOptional<Record<string, unknown>>('authMetadata');
  const provider =
    cluster.getOptionalString('authProvider') ?? metadata?.[AUTH_PROVIDER];
  switch (provider) {
    case 'serviceAccount': {
      const token = cluster.getOptionalString('serviceAccountToken');
      return token
        ? { getToken: async () => ({ token }) }
        : CachedCredentials.create(readPodToken);
    }
    case 'azure':
      return CachedCredentials.create(azureTokens());
    default:
      return undefined;
  }
}

/** The kubelet renews the file; the token in it says when it ends. */
async function readPodToken(): Promise<ClusterToken> {
  const token = (await readFile(POD_TOKEN, 'utf8')).trim();
  return { token, expiresAt: endOf(token) };
}

function endOf(jwt: string): Date | undefined {
  try {
    const claims = JSON.parse(
      Buffer.from(jwt.split('.')[1], 'base64url').toString('utf8'),
    );
    return typeof claims.exp === 'number'
      ? new Date(claims.exp * 1000)
      : undefined;
  } catch {
    // No JWT: it has no end that could be read.
    return undefined;
  }
}

/** Workload identity, or what else the environment offers. */
function azureTokens(): (fresh: boolean) => Promise<ClusterToken> {
  let credential: DefaultAzureCredential | undefined;
  return async fresh => {
    if (fresh || !credential) {
      // The library keeps tokens per instance: only a new one asks again.
      credential = new DefaultAzureCredential();
    }
    const { token, expiresOnTimestamp } = await credential.getToken(AKS_SCOPE);
    return { token, expiresAt: new Date(expiresOnTimestamp) };
  };
}
