// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Bearer token and the instant it ends, when known. @public */
export interface ClusterToken {
  token: string;
  expiresAt?: Date;
}

/** How a server-side process proves itself to a cluster. @public */
export interface ClusterCredentials {
  /** Single flight; `fresh` asks for a new one after a 401. */
  getToken(options?: { fresh?: boolean }): Promise<ClusterToken>;
}

/** One cluster that Fairway knows. @public */
export interface Cluster {
  /** The one name, as in the `kubernetes` configuration. */
  name: string;
  title: string;
  url: string;
  /** PEM. */
  caData?: string;
  skipTLSVerify?: boolean;
  /** Other names of the same cluster: ARM id, Kubecost id, Prometheus label. */
  aliases: string[];
  /** Absent when the cluster's authentication needs a browser token: its state is then `unauthorized`. */
  credentials?: ClusterCredentials;
}

/** All clusters of the portal, from the `kubernetes` configuration. One per process. @public */
export interface ClusterRegistry {
  list(): Cluster[];
  /** By name or alias. */
  get(nameOrAlias: string): Cluster | undefined;
  /** Calls back when clusters came, went or changed. Returns the way to stop. */
  subscribe(changed: () => void): () => void;
}
