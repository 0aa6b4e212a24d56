// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { fluxPhrases, placeStateWords } from '@fairway/plugin-flux-common';

/** Words of the home page. */
export const deliveryTranslationRef = createTranslationRef({
  id: 'fairway-delivery',
  messages: {
    greeting: {
      morning: 'Good morning',
      afternoon: 'Good afternoon',
      evening: 'Good evening',
      named: '{{greeting}}, {{name}}',
    },
    home: {
      create: 'Create a service',
      loading: 'your services',
      errorTitle: 'Your services could not be loaded',
    },
    needsYou: {
      title: 'Needs you',
      titleNumber: 'Needs you ({{number}})',
      allWell: 'Nothing needs you. All that you own is as it should be.',
      in: '{{service}} in {{environment}}',
    },
    services: {
      title: 'My services',
      count_one: '{{count}} service',
      count_other: '{{count}} services',
      truncated: 'The first {{shown}} of {{total}}',
      service: 'Service',
      nothing: 'not deployed',
      absent: 'not used',
      source: 'what Fairway sees in the clusters',
      filter: 'Filter services',
      noMatch: 'None of your services matches “{{filter}}”.',
    },
    empty: {
      title: 'You own no services yet',
      description:
        'Services of your groups appear here with what runs in each environment. There are two ways to get one:',
      create:
        'Create one from a template: repository, pipeline and GitOps pull request come with it.',
      onboard:
        'Bring one that runs already: add catalog-info.yaml with your group as owner and the annotation backstage.io/kubernetes-id to its repository.',
    },
    // A cell has little room.
    state: { ...placeStateWords, ready: 'Healthy' },
    /** Reasons by their codes: what the summaries of the home page say. */
    phrase: fluxPhrases,
  },
});
