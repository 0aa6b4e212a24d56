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
       * report only logs what enforce would hide. Default: enforce.
       */
      mode?: 'report' | 'enforce';
      /**
       * Namespaces that entities may use although no Namespace object says so.
       */
      allow?: Array<{ entityRef: string; namespace: string }>;
    };
    /**
     * Other names of a cluster, by its name: ARM id, Kubecost id, Prometheus label.
     */
    clusterAliases?: { [cluster: string]: string[] };
    gitops?: {
      /** Clone URL of the GitOps repository. */
      repositoryUrl: string;
      /** Default: main. */
      branch?: string;
    };
  };
}
