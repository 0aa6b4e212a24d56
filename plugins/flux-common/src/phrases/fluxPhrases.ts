// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * English for every code that the verdicts of this package use. Placeholders
 * are `{{name}}`; parameters named `...At` and `until` are instants, those named
 * `...Seconds` lengths of time. The interface spreads it into its translations.
 *
 * @public
 */
export const fluxPhrases = {
  // What runs.
  live: 'Live: {{version}}',
  'live.next': '{{wanted}} is on its way; {{version}} is live',
  'live.at-zero': '{{version}} is deployed and scaled to zero',
  'live.source':
    'Live: {{version}}, but nothing newer can arrive: its source has trouble',
  'live.no-workloads': 'Applied; it has no workloads of its own here',
  'live.flux-unseen':
    '{{version}} runs; the portal may not see what Flux says about it',
  'live.unmanaged':
    'Live: {{version}}, but no Kustomization of Flux manages it',

  // Rollouts and pods.
  rolling: 'Rolling out {{version}}: {{ready}} of {{desired}} pods ready',
  'rolling.paused':
    'The rollout of {{version}} is paused: {{ready}} of {{desired}} pods ready',
  'rolling.pull':
    'Rolling out {{version}}: pods cannot pull the image ({{reason}})',
  'rolling.pull-missing':
    'Rolling out {{version}}: the image {{image}} is not in the registry',
  'rolling.pull-denied':
    'Rolling out {{version}}: the registry refuses to give the image {{image}}',
  'rolling.crash':
    'Rolling out {{version}}: a container starts and ends again ({{reason}})',
  'rolling.memory':
    'Rolling out {{version}}: a container runs out of memory ({{reason}})',
  'rolling.config':
    'Rolling out {{version}}: a container cannot be created ({{reason}})',
  'rolling.schedule':
    'Rolling out {{version}}: no node has room for its pods ({{reason}})',
  'rolling.quota':
    'Rolling out {{version}}: the cluster refuses to create pods ({{reason}})',
  'rolling.other': 'Rolling out {{version}}: pods are not ready ({{reason}})',
  degraded: '{{version}}: {{ready}} of {{desired}} pods ready',
  'degraded.stuck':
    'The rollout of {{version}} is stuck: {{ready}} of {{desired}} pods ready',
  'degraded.pull':
    '{{ready}} of {{desired}} pods ready: pods cannot pull the image of {{version}} ({{reason}})',
  'degraded.pull-missing':
    '{{ready}} of {{desired}} pods ready: the image {{image}} is not in the registry',
  'degraded.pull-denied':
    '{{ready}} of {{desired}} pods ready: the registry refuses to give the image {{image}}',
  'degraded.crash':
    '{{ready}} of {{desired}} pods ready: a container of {{version}} starts and ends again ({{reason}})',
  'degraded.memory':
    '{{ready}} of {{desired}} pods ready: a container of {{version}} runs out of memory ({{reason}})',
  'degraded.config':
    '{{ready}} of {{desired}} pods ready: a container of {{version}} cannot be created ({{reason}})',
  'degraded.schedule':
    '{{ready}} of {{desired}} pods ready: no node has room for the others ({{reason}})',
  'degraded.quota':
    '{{ready}} of {{desired}} pods ready: the cluster refuses to create pods ({{reason}})',
  'degraded.other':
    '{{ready}} of {{desired}} pods of {{version}} ready ({{reason}})',

  // What keeps a health check from passing.
  'pods.pull': 'The pods of {{version}} cannot pull their image ({{reason}})',
  'pods.pull-missing':
    'The pods of {{version}} cannot pull their image: {{image}} is not in the registry',
  'pods.pull-denied':
    'The pods of {{version}} cannot pull their image: the registry refuses to give {{image}}',
  'pods.crash':
    'The pods of {{version}} do not stay up: a container starts and ends again ({{reason}})',
  'pods.memory':
    'The pods of {{version}} do not stay up: a container runs out of memory ({{reason}})',
  'pods.config':
    'The pods of {{version}} cannot start: a container cannot be created ({{reason}})',
  'pods.schedule':
    'The pods of {{version}} cannot start: no node has room for them ({{reason}})',
  'pods.quota':
    'The cluster refuses to create the pods of {{version}} ({{reason}})',
  'pods.other': 'The pods of {{version}} are not ready ({{reason}})',

  // Places.
  'place.not-bound':
    'The platform does not give this namespace to the owner of this service',
  'place.empty': 'Nothing is deployed in {{namespace}} on {{cluster}} yet',
  'place.no-targets': 'This environment has no place to run in',
  'place.last-seen':
    'The cluster last answered {{seenAt}}, and what it said then may have changed',
  'place.flux-unseen': 'The portal may not read the Flux objects of this place',
  'place.held-up':
    'Held up by {{name}}, which the same Kustomization ({{kustomization}}) applies',
  'place.unavailable.partial': 'A part of this namespace cannot be read',
  'place.unavailable.stale': 'The cluster has not answered for a while',
  'place.unavailable.stopped': 'The cluster is stopped',
  'place.unavailable.unreachable': 'The cluster cannot be reached',
  'place.unavailable.unauthorized': 'The portal cannot sign in to the cluster',
  'place.unavailable.forbidden': 'The portal may not read this namespace',
  'place.unavailable.not-installed': 'Flux is not installed in the cluster',
  'place.unavailable.not-collected': 'The cluster has not been read yet',
  'place.unavailable.disabled': 'Reading this cluster is switched off',

  // Several regions.
  'regions.mixed': '{{version}} in {{at}} of {{total}} regions',
  'regions.ready': '{{version}} in {{at}} of {{total}} regions',
  'regions.static': '{{version}} in {{at}} of {{total}} regions',
  'regions.stalled':
    'Stopped in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.failing':
    'Failing in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.degraded':
    'Pods are not ready in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.stale':
    'Not reconciled lately in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.terminating':
    'Being removed from {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.waiting':
    'Waiting in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.suspended':
    'Paused in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.unavailable':
    '{{clusters}} cannot be seen; {{version}} in {{at}} of {{total}} regions',
  'regions.unknown':
    'Unknown in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.progressing':
    'On its way in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.requested':
    'A run is requested in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.drifted':
    'Changed by hand in {{clusters}}; {{version}} in {{at}} of {{total}} regions',
  'regions.not-bound':
    '{{clusters}} is not given to this service; {{version}} in {{at}} of {{total}} regions',
  'regions.empty':
    'Nothing in {{clusters}} yet; {{version}} in {{at}} of {{total}} regions',

  // Flux objects.
  ready: 'Ready',
  'ready.at': 'Ready at {{revision}}',
  'ready.healthy': 'Applied {{revision}}, and what it applied is healthy',
  'ready.applied': 'Applied {{revision}}. Nothing checks whether it runs',
  'ready.source-failing':
    'Applied {{revision}}, but its source {{name}} is failing: nothing newer can arrive',
  'ready.source-stalled':
    'Applied {{revision}}, but its source {{name}} has stopped: nothing newer can arrive',
  'ready.source-suspended':
    'Applied {{revision}}, but its source {{name}} is paused: nothing newer can arrive',
  static: 'Has no state of its own',
  unknown: 'Its state is not understood ({{reason}})',
  terminating: 'Being removed',
  'terminating.held':
    'Being removed, but held back by {{finalizer}}; removal began {{deletedAt}}',
  suspended: 'Paused',
  'suspended.by': 'Paused by {{by}}: "{{reason}}"',
  'suspended.until': 'Paused by {{by}}: "{{reason}}", until {{until}}',
  'suspended.failed': 'Paused; the last run failed',
  'suspended.by.failed': 'Paused by {{by}}: "{{reason}}"; the last run failed',
  'suspended.until.failed':
    'Paused by {{by}}: "{{reason}}", until {{until}}; the last run failed',
  stalled: 'Flux has given up ({{reason}}) and will not try again by itself',
  waiting: 'Waits for a dependency',
  'waiting.on': 'Waits for {{name}}',
  'waiting.missing': 'Waits for {{name}}, which does not exist',
  'waiting.on.failing': 'Waits for {{name}}, which is failing',
  'waiting.on.stalled': 'Waits for {{name}}, which has stopped',
  'waiting.on.suspended': 'Waits for {{name}}, which is paused',
  'waiting.on.stale': 'Waits for {{name}}, which nothing has reconciled lately',
  'waiting.on.waiting': 'Waits for {{name}}, which waits in a circle',
  progressing: 'Flux is at work',
  'progressing.new-spec': 'Its definition changed a moment ago',
  'progressing.not-seen':
    'Its definition changed, and no controller has taken it up',
  'progressing.first-fetch': 'Fetching its source for the first time',
  'progressing.check': 'Routine check of {{revision}}',
  'progressing.fetch': 'Fetching {{revision}}',
  'progressing.build': 'Rendering {{revision}}',
  'progressing.apply': 'Applying {{revision}}',
  'progressing.health':
    'Applied {{revision}}, waiting for it to become healthy',
  'progressing.slow':
    'Still at work on {{revision}}, longer than its timeout; began {{startedAt}}',
  requested: 'A run was requested {{requestedAt}}',
  stale:
    'Says ready, but was last reconciled {{reconciledAt}} (interval {{intervalSeconds}})',
  drifted: 'What runs was changed by hand',

  // Why a Flux object fails.
  'failing.health-check': 'Applied, but not healthy in time: {{objects}}',
  'failing.health-check-stalled':
    'Applied, but cannot become healthy: {{objects}}',
  'failing.retrying': 'Failed at {{revision}} before, and tries again now',
  'failing.health-check-other': 'Applied, but not healthy',
  'failing.forbidden':
    'Flux may not {{verb}} {{resource}} as service account {{account}}',
  'failing.immutable':
    '{{object}} cannot be changed in place: a field is immutable',
  'failing.quota': 'The quota {{quota}} leaves no room for it',
  'failing.kind-missing': 'The cluster does not know the kind {{kind}}',
  'failing.namespace-missing': 'Its namespace does not exist ({{namespace}})',
  'failing.admission': 'A policy of the cluster refused it ({{webhook}})',
  'failing.invalid-object': 'The cluster finds {{object}} invalid',
  'failing.path-missing': 'The path that it reads does not exist in Git',
  'failing.source-missing': 'Its source does not exist or has nothing yet',
  'failing.artifact': 'What its source brought cannot be read',
  'failing.source-not-ready': 'Its source is not ready',
  'failing.build': 'Its manifests cannot be rendered',
  'failing.prune': 'What was removed from Git cannot be deleted',
  'failing.source-auth': 'The source host refuses the credentials',
  'failing.source-secret': 'The credentials for the source are missing',
  'failing.source-branch': 'The branch or tag does not exist',
  'failing.source-unreachable': 'The source cannot be fetched',
  'failing.chart-missing': 'No chart of this name and version exists',
  'failing.rolled-back': 'The upgrade failed and was rolled back',
  'failing.uninstalled': 'The installation failed and was removed again',
  'failing.test': 'The tests of the release failed',
  'failing.release': 'The release could not be installed or upgraded',
  'failing.apply': 'The cluster did not accept it',
  'failing.other': 'Failing ({{reason}})',

  // The host of the GitOps repository.
  'commits.unauthorized':
    'Azure DevOps refuses the credentials of the portal, so commits are not known yet',
  'commits.forbidden':
    'The portal may not read the GitOps repository, so commits are not known yet',
  'commits.unreachable':
    'Azure DevOps does not answer, so commits are not known yet',
  'commits.rate-limited':
    'Azure DevOps asks the portal to slow down, so commits are not known yet',
  'commits.unexpected':
    'Azure DevOps answers what the portal does not understand, so commits are not known yet',
  'commits.retry': 'It is asked again by itself',
  'commits.renew-token':
    'A platform engineer renews the token in integrations.azure',
  'commits.grant-read':
    'A platform engineer gives the token in integrations.azure the right Code (Read)',

  // What to do.
  'next.look-at-pods':
    'Look at the pods of the objects named: their waiting reason and last log lines say why.',
  'next.look-at-message': 'Read the message in the evidence.',
  'next.grant':
    'Let the platform team give the service account this right, or remove the object from Git.',
  'next.recreate':
    'Delete the object so that Flux makes it anew, or give it another name in Git.',
  'next.quota': 'Ask for less, or ask the platform team for a larger quota.',
  'next.install-kind':
    'Ask the platform team to install what defines this kind, or depend on the Kustomization that does.',
  'next.namespace':
    'Ask the platform team to add the namespace to the tenants in Git.',
  'next.admission':
    'Change the manifest so that it follows the policy; the evidence names the rule.',
  'next.fix-manifest':
    'Correct the manifest in Git; the evidence names the place.',
  'next.fix-path': 'Correct spec.path, or add the directory to Git.',
  'next.look-at-source': 'Look at its source: it has no artifact to apply.',
  'next.look-at-source-host':
    'Flux tries again by itself. If it lasts, check that the source host answers.',
  'next.fix-credentials': 'Renew the secret that the source names.',
  'next.fix-branch': 'Correct spec.ref of the source, or create the branch.',
  'next.fix-chart': 'Correct the name or version of the chart.',
  'next.person': 'Someone has to act: correct the cause, then reconcile it.',
  'next.resume': 'Resume it when the reason for the pause is gone.',
  'next.wait': 'Nothing to do: it goes on by itself.',
  'next.dependency':
    'Create what it depends on, or remove it from spec.dependsOn.',
  'next.blocker': 'Look at {{name}} first.',
  'next.neighbour': 'Look at {{name}}: your own objects run.',
  'next.controller':
    'Is the Flux controller of this cluster running? Ask the platform team.',
  'next.drift': 'Bring the change to Git, or let Flux undo it.',
  'next.finalizer': 'Find out what the finalizer waits for.',
  'next.add-wait': 'Add spec.wait, so that ready also means running.',
  'next.bind':
    'Ask the platform team to set fairway.dev/owner on the namespace, or correct the owner of this entity.',
  'next.cluster':
    'Nothing to do here: the portal tries again by itself. If it lasts, tell the platform team.',
  'next.first-deployment':
    'Merge the pull request to the GitOps repository that adds this service, and it appears here.',
  'next.configure-environment':
    'Add a target to fairway.environments in the configuration of the portal.',
  'next.other-region':
    'Wait for the other regions, or look why they stay behind.',
  'next.manage':
    'Put it under a Flux Kustomization, so that Git says what runs.',
  'next.unpause': 'Resume the rollout, or roll back.',
  'next.pull':
    'Check that the image and tag are in the registry and that the cluster may pull it.',
  'next.pull-missing':
    'Look at the pipeline run that should have published {{image}}, or correct the tag in Git.',
  'next.pull-denied':
    'Ask the platform team to let this cluster pull {{image}}.',
  'next.grant-portal':
    'Ask the platform team to let the portal list and watch Kustomizations and GitRepositories in this cluster.',
  'next.crash': 'Read the last log lines of the container.',
  'next.memory': 'Raise the memory limit, or find what uses the memory.',
  'next.config': 'Check the secrets and config maps that the container names.',
  'next.schedule':
    'Ask for less CPU or memory, or ask the platform team for more nodes.',
  'next.other': 'Look at the events of the pods.',
} as const;

/** A code of this package's verdicts. @public */
export type FluxPhraseCode = keyof typeof fluxPhrases;
