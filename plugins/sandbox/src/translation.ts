// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of sign-in, banner and sandbox page. */
export const sandboxTranslationRef = createTranslationRef({
  id: 'fairway-sandbox',
  messages: {
    banner: {
      label: 'Embedded sandbox',
      text: 'Embedded sandbox: everything here is simulated on this machine.',
      link: 'Stories to try',
    },
    signIn: {
      title: 'Who do you want to be?',
      description:
        'This portal runs on the embedded sandbox: four clusters, Azure DevOps and Git, all simulated on this machine. Nobody needs a password here.',
      hint: 'Each tab can be somebody else. Sign out under Settings to change.',
      choose: '{{title}}, {{role}}. {{sees}}.',
      personas: 'Personas',
      signingIn: 'Signing in as {{title}}',
      waiting:
        'The portal has just started and is still reading who works here. This takes some seconds.',
      failed: 'You could not be signed in as {{title}}',
      other: 'Choose somebody else',
      retry: 'Try again',
      none: 'There is nobody to be',
      noneDescription:
        'The configuration names no personas. Add them under fairway.sandbox.personas, each with name, title, role and sees.',
    },
    page: {
      title: 'Sandbox',
      description:
        'A small company runs here: six teams, about forty services, four clusters with Flux, Azure DevOps with pipelines and Git. It is simulated, but it behaves: what you commit is built, rolled out and can fail.',
      running: 'Running since',
      loading: 'the sandbox',
      error: 'The sandbox does not answer',
      forbidden: 'Not for this persona',
      forbiddenDescription:
        'The switches of the sandbox need the permission fairway-sandbox.control.use. Sign out and come back as somebody else.',
      actionFailed: 'That did not work',
      old: 'The sandbox stopped answering. What you see is from before.',
    },
    stories: {
      title: 'Stories to try',
      subtitle: 'Each shows what happens, and where to look',
      idle: 'Not started',
      running: 'Playing',
      done: 'Played',
      start: 'Start',
      startLabel: 'Start the story: {{title}}',
      again: 'Play again',
      where: 'Look at',
      empty: 'This sandbox tells no stories',
      emptyDescription:
        'It was started without the demo world. Start it with npm start to get it.',
    },
    pullRequests: {
      title: 'Pull requests that wait for a person',
      subtitle: 'Changes to the GitOps repository',
      empty: 'No pull request is open',
      emptyDescription:
        'Create a service, or start a story: what has to be approved appears here.',
      byline: 'by {{author}}, from {{branch}}, opened',
      complete: 'Complete',
      completeLabel: 'Complete pull request {{id}}: {{title}}',
      blocked: 'Cannot be completed yet',
      error: 'Pull requests could not be read',
    },
    faults: {
      title: 'Break something',
      subtitle: 'One fault per system; the portal must cope',
      none: 'All systems work',
      count_one: '{{count}} system is broken',
      count_other: '{{count}} systems are broken',
      system: 'System',
      state: 'State',
      fault: 'Fault',
      works: 'works',
      clearAll: 'Repair everything',
      choose: 'Fault of {{title}}',
      kind: {
        down: 'down: connections are cut',
        slow: 'slow: each answer takes 3 s',
        hang: 'hang: never answers',
        '401': '401: does not know us',
        '403': '403: refuses us',
        '429': '429: too many requests',
        '500': '500: fails inside',
        '503': '503: not available',
        'drop-watches': 'drops watches',
        'expire-resource-versions': 'forgets resource versions (410)',
        restart: 'restarts: away for 8 s, then back by degrees',
      },
    },
    speed: {
      title: 'How fast time goes',
      subtitle: 'Waits of controllers and pipelines are divided by it',
      label: 'Speed',
      factor: '{{factor}}x',
      real: 'Now as fast as the clock on the wall.',
      now: 'Now {{factor}} times as fast as the clock on the wall.',
    },
    reset: {
      title: 'Start over',
      description:
        'Stop the portal with Ctrl-C and run this command: it empties the folder .fairway, and the next start begins with a fresh world.',
    },
  },
});
