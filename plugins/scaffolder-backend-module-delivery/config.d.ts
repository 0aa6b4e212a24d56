// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface Config {
  fairway?: {
    /** Where the templates make repositories and pipelines. */
    azureDevOps?: {
      /**
       * Address of the organisation, such as https://dev.azure.com/contoso. Its
       * credential is the one of its host under integrations.azure.
       */
      organizationUrl: string;
      /** Project of a team's repositories; {team} is the team's name. Default: {team}. */
      project?: string;
      /**
       * Repository with the pipeline templates, as project/repository, that new
       * pipelines are allowed to use. Default: platform/pipeline-templates.
       */
      pipelineTemplates?: string;
      /** Service connections of the team's project that new pipelines are allowed to use. */
      serviceConnections?: string[];
    };
    gitops?: {
      /** Clone URL of the GitOps repository. */
      repositoryUrl: string;
      /** Default: main. */
      branch?: string;
    };
    /** What the manifests of new services say. */
    templates?: {
      /** Host of the container registry. Default: acrfairway.azurecr.io. */
      registry?: string;
      /**
       * Domain of services that are reached from outside: a service is
       * <name>-<team>.<environment>.<domain>. Default: apps.example.com.
       */
      domain?: string;
      /** The shared gateway that an HTTPRoute hangs on. */
      gateway?: {
        /** Default: public. */
        name?: string;
        /** Default: platform. */
        namespace?: string;
      };
    };
    environments?: Array<{
      name: string;
      order?: number;
    }>;
  };
}
