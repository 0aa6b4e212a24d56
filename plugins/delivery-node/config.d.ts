import type { HumanDuration } from '@backstage/types';

export interface Config {
  fairway?: {
    /**
     * The columns of every page, from the first environment that a change reaches.
     */
    environments?: Array<{
      name: string;
      title?: string;
      order?: number;
      /**
       * Where the environment runs. A namespace may hold {team}, {system}, {component}.
       */
      targets: Array<{ cluster: string; namespace: string }>;
    }>;
    binding?: {
      /**
       * report grants what enforce would hide, and writes it to the audit log. Default: enforce.
       */
      mode?: 'report' | 'enforce';
      /**
       * Namespaces that entities may use although no Namespace object says so.
       */
      allow?: Array<{
        entityRef: string;
        namespace: string;
        /** All clusters of the environments when left out. */
        cluster?: string;
      }>;
    };
    /**
     * Other names of a cluster, by its name: ARM id, Kubecost id, Prometheus label.
     */
    clusterAliases?: { [cluster: string]: string[] };
    /**
     * How clusters are watched. The defaults suit clusters of any size.
     */
    watch?: {
      /** Objects in one page of a list, 1 to 5000. Default: 500. */
      pageSize?: number;
      /** Default: 5 s. */
      connectTimeout?: HumanDuration | string;
      /** For one page of a list. Default: 15 s. */
      listTimeout?: HumanDuration | string;
      /** Without a word, not even a bookmark, a watch is given up. Default: 90 s. */
      inactivity?: HumanDuration | string;
      /** Longest wait between two attempts. Default: 30 s. */
      maxBackoff?: HumanDuration | string;
      /** How often a kind that a cluster does not serve is looked for. Default: 10 min. */
      rediscover?: HumanDuration | string;
      /** How often a kind that may not be read is asked for again. Default: 5 min. */
      forbiddenRecheck?: HumanDuration | string;
      /** How often refused credentials are tried again. Default: 1 min. */
      unauthorizedRecheck?: HumanDuration | string;
    };
    gitops?: {
      /** Clone URL of the GitOps repository. */
      repositoryUrl: string;
      /** Default: main. */
      branch?: string;
    };
  };
}
