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
      windows: '{{name}} cannot be a folder on Windows. Choose another name.',
      taken:
        '{{name}} exists already and belongs to {{owner}}. Choose another name.',
      nobody: 'nobody',
    },
    description: {
      label: 'What it does',
      help: 'One sentence, for people who find it in the catalog.',
      placeholder: 'for example Takes the customer through payment',
      missing: 'Say in one sentence what the service does.',
      long: 'Use at most {{max}} characters; this has {{length}}.',
      invisible:
        'Use only plain text: this has a character that cannot be seen.',
      template: 'Use no template text such as {{example}}.',
      left_one: '{{count}} character left.',
      left_other: '{{count}} characters left.',
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
    task: {
      something: 'The service',
      making: '{{name}} is being made',
      step: 'Step {{number}} of {{total}}: {{step}}',
      leave: 'You can leave this page and come back: the work goes on.',
      links: 'Made so far',
      unreachableTitle: 'The portal does not answer at the moment',
      unreachable:
        'The work goes on without this page, which asks again every 15 seconds.',
      refused: '{{name}} was not made: something in the form is not right',
      refusedHelp:
        'Nothing was made. Press Start Over: the form keeps what you typed.',
      failed: '{{name}} was not made',
      failedAt: 'The step "{{step}}" failed.',
      removed: 'Undone',
      left: 'Still there',
      nothingMade: 'Nothing had been made before.',
      retry:
        'When the cause is gone, press Start Over: the form keeps what you typed.',
      takeUp:
        'When the cause is gone, press Start Over with the same values: the work goes on from what is still there.',
      cancelled: '{{name}} was stopped',
      cancelledHelp:
        'What had been made until then is still there. Press Start Over with the same values to go on from it.',
    },
  },
});
