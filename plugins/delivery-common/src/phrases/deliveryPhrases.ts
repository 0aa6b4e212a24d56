// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * English for the codes of sources and bindings. The interface spreads it into
 * its translations.
 *
 * @public
 */
export const deliveryPhrases = {
  'source.starting':
    'The portal has just started and reads {{cluster}} for the first time',
  'source.unreachable': '{{cluster}} does not answer: {{message}}',
  'source.unauthorized':
    '{{cluster}} refuses the credentials of the portal: {{message}}',
  'source.needs-browser-token':
    'The portal has no credentials of its own for {{cluster}}',
  'source.forbidden': 'The portal may not list {{kind}} objects in {{cluster}}',
  'source.not-installed': '{{cluster}} does not serve {{kind}} objects',
  'source.unknown-cluster': 'No cluster has the name {{cluster}}',
  'source.retry': 'It is asked again by itself',
  'source.renew-credentials':
    'A platform engineer renews the credentials of {{cluster}}',
  'source.add-credentials':
    'A platform engineer gives {{cluster}} a serviceAccountToken or authProvider: azure in kubernetes.clusterLocatorMethods',
  'source.grant-read':
    'A platform engineer lets the portal list and watch {{kind}} objects in {{cluster}}',
  'source.install':
    'Install what brings {{kind}} to {{cluster}}; the portal sees it within minutes',
  'source.add-cluster':
    'Add {{cluster}} to kubernetes.clusterLocatorMethods, or take it out of fairway.environments',
  'binding.no-namespace': '{{cluster}} has no namespace {{namespace}}',
  'binding.no-owner':
    'The namespace {{namespace}} of {{cluster}} does not say whom it belongs to',
  'binding.other-owner':
    'The namespace {{namespace}} of {{cluster}} does not belong to {{owner}}',
  'binding.ask-platform':
    'The platform team sets the annotation fairway.dev/owner of the namespace {{namespace}} in {{cluster}} to {{owner}}',
} as const;
