// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface Config {
  fairway?: {
    tenancy?: {
      /**
       * Groups whose members are allowed everything, as entity references.
       * Default: ['group:default/platform']. An empty list gives nobody more
       * than what they own.
       */
      platformGroups?: string[];
      /**
       * Who leads a team, and what only leads may do. Without it, leads may do
       * what members may.
       */
      leads?: {
        /**
         * Names of permissions on catalog entities (fairway-*) that members do
         * not have.
         */
        permissions?: string[];
        /**
         * A member of a team who is also in this group leads the team. {team}
         * stands for the team's name: group:default/{team}-leads.
         */
        group?: string;
        /**
         * Type of the relation from a Group entity to the users or groups that
         * lead it, such as ledBy.
         */
        relation?: string;
      };
    };
  };
}
