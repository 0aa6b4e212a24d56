// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the form fields for Fairway templates. @public */
export const scaffolderFieldsTranslationRef = createTranslationRef({
  id: 'fairway-scaffolder-fields',
  messages: {
    name: {
      label: 'Name of the service',
      help: 'Names the repository, the Kubernetes objects and the catalog entry. 3 to 40 lower case letters, digits and hyphens; it cannot be changed later.',
      placeholder: 'for example checkout',
      checking: 'Checking whether the name is free',
      free: '{{name}} is free.',
      unchecked:
        'Whether the name is free could not be checked. It is checked again before anything is created.',
      missing: 'Name the service.',
      short: 'Use at least {{min}} characters.',
      long: 'Use at most {{max}} characters; this has {{length}}.',
      upper: 'Use lower case letters: {{suggestion}}.',
      start: 'Begin with a letter from a to z.',
      end: 'End with a letter or a digit.',
      characters:
        'Use only lower case letters, digits and hyphens. Not allowed: {{characters}}',
      reserved: '{{name}} is reserved for the platform. Choose another name.',
      taken:
        '{{name}} exists already and belongs to {{owner}}. Choose another name.',
      nobody: 'nobody',
    },
    owner: {
      label: 'Owner',
      help: 'The team that looks after the service. Only groups that you are a member of.',
      placeholder: 'Choose a group',
      none: 'You are not a member of any group, so nothing could own the service. Ask the platform team to add you to one.',
      failed: 'Your groups could not be read: {{message}}',
      missing: 'Choose the group that owns the service.',
      foreign: 'You are not a member of {{owner}}. Choose one of your groups.',
    },
    environments: {
      label: 'Environments',
      help: 'A change goes through them in this order. {{first}} is always there.',
      required: '{{title}} (always)',
      missing: 'Choose at least {{first}}.',
      unknown: '{{names}} is no environment of this portal.',
      skipped: 'A change will reach {{after}} without {{skipped}} before it.',
    },
    exposure: {
      label: 'Who can reach it',
      none: 'Only inside the cluster',
      noneHelp:
        'A Service and nothing more. Right for workers and for what other services of the cluster call.',
      gateway: 'From outside, through the Gateway API',
      gatewayHelp:
        'An HTTPRoute on the shared gateway of the platform. The choice for new services.',
      nginx: 'From outside, through ingress-nginx',
      nginxHelp:
        'An Ingress. Only where the cluster has no gateway yet: ingress-nginx is at the end of its life.',
      missing: 'Choose who can reach the service.',
    },
  },
});
