// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the building blocks that Fairway pages share. @public */
export const deliveryReactTranslationRef = createTranslationRef({
  id: 'fairway-delivery-react',
  messages: {
    tone: {
      positive: 'Healthy',
      progressing: 'In progress',
      paused: 'Paused',
      warning: 'Needs attention',
      negative: 'Failing',
      unknown: 'Unknown',
    },
    freshness: {
      loading: 'loading',
      live: 'live',
      liveSince: 'live since {{time}}',
      polling: 'asks again every 30 s',
      paused: 'paused: tab hidden',
      error: 'not connected',
      errorSince: 'not connected, shows {{time}}',
      gone: 'no longer there',
      asOf: 'as of {{time}}',
    },
    source: {
      from: 'from {{source}}',
      asOf: 'as of',
      never: 'never seen',
      next: 'Next:',
      current: {
        title: 'Up to date',
        why: 'The source answers and its data is fresh.',
        next: 'Nothing to do.',
      },
      stale: {
        title: 'Old data',
        why: 'The source has not confirmed this data for longer than it should.',
        next: 'It is asked again by itself; if this lasts, ask the platform team whether the source still runs.',
      },
      partial: {
        title: 'Not complete',
        why: 'Part of the source did not answer. What is missing is not counted as zero.',
        next: 'Read the figures as a lower bound until all parts answer.',
      },
      stopped: {
        title: 'Stopped',
        why: 'The source was switched off; nothing new arrives.',
        next: 'Start it again, or read what is shown as history.',
      },
      unreachable: {
        title: 'Not reachable',
        why: 'The source does not answer.',
        next: 'Fairway keeps trying. What was seen last stays visible with its age.',
      },
      unauthorized: {
        title: 'Sign-in refused',
        why: 'The source does not accept the credentials that Fairway uses.',
        next: 'A platform engineer has to renew the credentials of this source.',
      },
      forbidden: {
        title: 'Not allowed',
        why: 'The source knows Fairway, and does not let it read this.',
        next: 'A platform engineer has to grant Fairway read access to these objects.',
      },
      'not-installed': {
        title: 'Not installed',
        why: 'What would produce this data is not installed here.',
        next: 'Install it, or take this place out of the configuration.',
      },
      'not-collected': {
        title: 'Not collected',
        why: 'The source runs, but does not collect this kind of data.',
        next: 'Switch the collection on at the source.',
      },
      'not-bound': {
        title: 'Not bound',
        why: 'The namespace does not say that it belongs to the owner of this service.',
        next: 'The platform team sets the annotation fairway.dev/owner on the namespace.',
      },
      disabled: {
        title: 'Switched off',
        why: 'This source is switched off in the configuration of the portal.',
        next: 'Switch it on in the configuration if you need it.',
      },
    },
    evidence: {
      title: 'Evidence',
      none: 'No evidence was recorded.',
      open: 'Open at the source',
    },
    verdict: { next: 'Next:' },
    error: {
      title: 'This could not be loaded',
      description:
        'The portal did not answer as expected. Your data is safe; try again in a moment.',
      gone: 'This does not exist, or you may not see it.',
      signedOut: 'You are signed out. Load the page again to sign in.',
      retry: 'Try again',
      details: 'What the portal said',
    },
    copy: {
      button: 'Copy',
      copied: 'Copied',
      failed: 'Select the text and copy it by hand.',
      command: 'Command: {{command}}',
    },
    loading: 'Loading {{what}}',
    loadingAnything: 'Loading',
  },
});
