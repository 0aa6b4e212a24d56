// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { phrase } from '@fairway/plugin-delivery-common';
import { explainFailure } from './explainFailure';
import { FluxSubject } from './FluxSubject';
import { findBlocker, waitsForDependency } from './findBlocker';
import { shortRevision } from './parseRevision';
import { normalizeFluxResource } from './readFluxObject';
import {
  isOverdue,
  nextAttemptAt,
  reconciledAtOf,
  secondsSince,
  timeoutSecondsOf,
} from './timing';
import type {
  FluxAssessment,
  FluxContext,
  FluxObject,
  FluxResource,
} from './types';

/** A new object says ArtifactFailed until its source has been fetched once: a false alarm for this long (control-plane reference 4, item 3). */
const FIRST_FETCH_SECONDS = 60;
/** A request that nobody takes up for longer is no longer "pending" (flux reference 11.1, rule 7). */
const REQUEST_SECONDS = 120;
const TERMINATING_SECONDS = 300;

function terminating(subject: FluxSubject): FluxAssessment | undefined {
  const { deletedAt, finalizers } = subject.resource;
  if (!deletedAt) {
    return undefined;
  }
  const held = secondsSince(deletedAt, subject.now) > TERMINATING_SECONDS;
  return held
    ? subject.verdict(
        'terminating',
        phrase('terminating.held', {
          deletedAt,
          finalizer: finalizers?.[0] ?? '',
        }),
        { tone: 'warning', next: phrase('next.finalizer') },
      )
    : subject.verdict('terminating', phrase('terminating', { deletedAt }));
}

function suspended(subject: FluxSubject): FluxAssessment | undefined {
  const { resource } = subject;
  if (!resource.suspended) {
    return undefined;
  }
  const failed =
    (subject.ready?.status === 'False' &&
      subject.ready.reason !== 'DependencyNotReady') ||
    (subject.ready?.status !== 'True' && subject.lastRunFailed);
  const succeeded = subject.ready?.status === 'True';
  const { by, reason, until } = resource.suspension ?? {};
  let code = 'suspended';
  if (by && reason) {
    code = until ? 'suspended.until' : 'suspended.by';
  }
  return subject.verdict(
    'suspended',
    phrase(failed ? `${code}.failed` : code, {
      ...(by ? { by } : {}),
      ...(reason ? { reason } : {}),
      ...(until ? { until } : {}),
    }),
    {
      next: phrase('next.resume'),
      ...(failed ? { lastResult: 'failed' as const } : {}),
      ...(succeeded ? { lastResult: 'succeeded' as const } : {}),
    },
  );
}

function stalled(subject: FluxSubject): FluxAssessment | undefined {
  if (subject.stalled?.status !== 'True') {
    return undefined;
  }
  const reason = subject.stalled.reason ?? subject.ready?.reason ?? 'unknown';
  return subject.verdict('stalled', phrase('stalled', { reason }), {
    next: phrase('next.person'),
    ...(subject.resource.failures
      ? { attempts: subject.resource.failures }
      : {}),
  });
}

function waiting(subject: FluxSubject): FluxAssessment | undefined {
  if (!waitsForDependency(subject.resource)) {
    return undefined;
  }
  const blocker = findBlocker(subject.resource, subject.context);
  const message = subject.ready?.message ?? '';
  if (!blocker) {
    return subject.verdict('waiting', phrase('waiting'), {
      next: phrase('next.wait'),
    });
  }
  const name = blocker.ref.name;
  if (!blocker.resource) {
    return / not found/.test(message)
      ? subject.verdict('waiting', phrase('waiting.missing', { name }), {
          tone: 'warning',
          next: phrase('next.dependency'),
        })
      : subject.verdict('waiting', phrase('waiting.on', { name }), {
          next: phrase('next.wait'),
        });
  }
  // The blocker waits for nothing itself: no deeper chain is followed here.
  const state = assessFluxResource(blocker.resource, {
    now: subject.now,
    related: () => undefined,
  }).state;
  const stuck = ['failing', 'stalled', 'suspended', 'stale', 'waiting'];
  return stuck.includes(state)
    ? subject.verdict('waiting', phrase(`waiting.on.${state}`, { name }), {
        tone: 'warning',
        next: phrase('next.blocker', { name }),
      })
    : subject.verdict('waiting', phrase('waiting.on', { name }), {
        next: phrase('next.wait'),
      });
}

/** What Ready says for a moment before it can know better; after a while it is the truth. */
function tooEarly(subject: FluxSubject): FluxAssessment | undefined {
  const message = subject.ready?.message ?? '';
  const since = subject.ready?.lastTransitionTime;
  const young = (seconds: number | undefined) =>
    seconds !== undefined && seconds <= FIRST_FETCH_SECONDS;
  const first =
    subject.neverApplied &&
    subject.last === undefined &&
    young(subject.ageSeconds) &&
    /artifact not found/i.test(message);
  const behind =
    since !== undefined &&
    young(secondsSince(since, subject.now)) &&
    /latest generation of object has not been reconciled/.test(message);
  return first || behind
    ? subject.verdict('progressing', phrase('progressing.first-fetch'), {
        ...(first ? { phase: 'first' as const } : {}),
      })
    : undefined;
}

function failing(subject: FluxSubject): FluxAssessment | undefined {
  const { ready: condition, resource } = subject;
  const retrying =
    condition?.status === 'Unknown' && subject.failedAtThisRevision;
  if (condition?.status !== 'False' && !retrying) {
    return undefined;
  }
  const early = retrying ? undefined : tooEarly(subject);
  if (early) {
    return early;
  }
  // During a retry Ready says nothing; Healthy tells the last result until the
  // health check begins anew, and then nothing does.
  const failed = retrying ? subject.healthy : condition;
  const explanation =
    failed?.status === 'False'
      ? explainFailure(failed.reason, failed.message)
      : {
          reason: phrase('failing.retrying', {
            revision: shortRevision(resource.lastAttemptedRevision ?? ''),
          }),
          next: phrase('next.look-at-pods'),
        };
  const attempts = subject.failedAtThisRevision
    ? subject.last?.totalReconciliations
    : resource.failures;
  const next =
    condition?.status === 'False'
      ? nextAttemptAt(resource, condition, subject.now)
      : undefined;
  return subject.verdict('failing', explanation.reason, {
    next: explanation.next,
    ...(retrying ? { phase: 'retrying' as const } : {}),
    ...(attempts ? { attempts } : {}),
    ...(next ? { nextAttemptAt: next } : {}),
  });
}

function unseen(subject: FluxSubject): FluxAssessment {
  const { resource, now } = subject;
  const patience = timeoutSecondsOf(resource) + FIRST_FETCH_SECONDS;
  const late =
    subject.ready === undefined && (subject.ageSeconds ?? 0) > patience;
  return isOverdue(resource, now) || late
    ? subject.verdict('progressing', phrase('progressing.not-seen'), {
        tone: 'warning',
        next: phrase('next.controller'),
      })
    : subject.verdict('progressing', phrase('progressing.new-spec'));
}

function progressing(subject: FluxSubject): FluxAssessment | undefined {
  const { ready, reconciling, resource, now } = subject;
  const running = reconciling?.status === 'True' || ready?.status === 'Unknown';
  if (!running) {
    // Green for an older generation, and nobody at work for long: rule 8 tells
    // the truth about it, not "in progress" (flux reference 10.3, state 4).
    const staleGreen = ready?.status === 'True' && isOverdue(resource, now);
    return subject.generationUnseen && !staleGreen
      ? unseen(subject)
      : undefined;
  }
  const since = ready?.status === 'Unknown' ? ready : reconciling;
  const started = since?.lastTransitionTime;
  const elapsed = started ? secondsSince(started, now) : 0;
  const limit = timeoutSecondsOf(resource) + 30;
  const revision =
    subject.revisionInPhase ?? resource.lastAttemptedRevision ?? '';
  const params = {
    revision: shortRevision(revision),
    ...(started ? { startedAt: started } : {}),
  };
  if (elapsed > limit) {
    return subject.verdict('progressing', phrase('progressing.slow', params), {
      tone: 'warning',
      phase: 'slow',
      next: phrase('next.look-at-pods'),
    });
  }
  if (subject.isRoutine) {
    return subject.verdict('progressing', phrase('progressing.check', params), {
      phase: 'checking',
    });
  }
  const message = reconciling?.message ?? ready?.message ?? '';
  const step =
    (/^Fetching/.test(message) && 'progressing.fetch') ||
    (/^Building/.test(message) && 'progressing.build') ||
    (/^Detecting drift/.test(message) && 'progressing.apply') ||
    (/^Running health checks/.test(message) && 'progressing.health') ||
    'progressing';
  return subject.verdict('progressing', phrase(step, params), {
    ...(subject.neverApplied ? { phase: 'first' as const } : {}),
  });
}

function requested(subject: FluxSubject): FluxAssessment | undefined {
  const { requestedAt, lastHandledReconcileAt } = subject.resource;
  if (!requestedAt || requestedAt === lastHandledReconcileAt) {
    return undefined;
  }
  // The token is opaque: only one that is an instant has an age.
  const at = Date.parse(requestedAt);
  // A run that began after it is handling it: the token is copied last.
  const since = subject.ready?.lastTransitionTime;
  if (since && Date.parse(since) >= Math.floor(at / 1000) * 1000) {
    return undefined;
  }
  if (
    Number.isNaN(at) ||
    secondsSince(requestedAt, subject.now) > REQUEST_SECONDS
  ) {
    return undefined;
  }
  return subject.verdict(
    'requested',
    phrase('requested', { requestedAt: new Date(at).toISOString() }),
  );
}

function stale(subject: FluxSubject): FluxAssessment | undefined {
  const { resource, ready, now } = subject;
  if (ready?.status !== 'True' || !isOverdue(resource, now)) {
    return undefined;
  }
  return subject.verdict(
    'stale',
    phrase('stale', {
      reconciledAt: reconciledAtOf(resource) ?? '',
      intervalSeconds: resource.intervalSeconds ?? 0,
    }),
    { next: phrase('next.controller') },
  );
}

function drifted(subject: FluxSubject): FluxAssessment | undefined {
  return subject.drifted?.status === 'True'
    ? subject.verdict('drifted', phrase('drifted'), {
        next: phrase('next.drift'),
      })
    : undefined;
}

/** The source of a Ready Kustomization, when it brings nothing new any more: the Kustomization itself stays green (control-plane reference 4, item 14). */
function brokenSource(subject: FluxSubject): FluxAssessment | undefined {
  const ref = subject.resource.sourceRef;
  const source = ref && subject.context.related(ref);
  if (!source) {
    return undefined;
  }
  const assessment = assessFluxResource(source, {
    now: subject.now,
    related: () => undefined,
  });
  return ['failing', 'stalled', 'suspended'].includes(assessment.state)
    ? assessment
    : undefined;
}

function applied(subject: FluxSubject): FluxAssessment | undefined {
  if (subject.ready?.status !== 'True') {
    return undefined;
  }
  const { resource } = subject;
  const revision = shortRevision(subject.revision);
  const source = brokenSource(subject);
  if (source) {
    const name = resource.sourceRef?.name ?? '';
    return subject.verdict(
      'ready',
      phrase(`ready.source-${source.state}`, { revision, name }),
      {
        tone: 'warning',
        qualifier: resource.checksHealth ? 'healthy' : 'applied',
        next: source.next,
        evidence: [...subject.evidence(), ...source.evidence],
      },
    );
  }
  if (resource.kind !== 'Kustomization') {
    return subject.verdict(
      'ready',
      revision ? phrase('ready.at', { revision }) : phrase('ready'),
      { qualifier: 'healthy' },
    );
  }
  const checked =
    resource.checksHealth === true || subject.healthy?.status === 'True';
  return checked
    ? subject.verdict('ready', phrase('ready.healthy', { revision }), {
        qualifier: 'healthy',
      })
    : subject.verdict('ready', phrase('ready.applied', { revision }), {
        qualifier: 'applied',
        next: phrase('next.add-wait'),
      });
}

const RULES = [
  terminating,
  suspended,
  stalled,
  waiting,
  failing,
  progressing,
  requested,
  stale,
  drifted,
  applied,
];

/**
 * Says what state a Flux object is in, why, and what to do: twelve states, the
 * first rule that matches wins. Pure and total: never throws, whatever is
 * malformed counts as unknown, and the order of conditions and history does not
 * matter.
 *
 * `Ready` alone is not the truth: between two attempts of a failing object it is
 * False, during an attempt Unknown, and after a dead controller it stays True
 * for ever. The verdict is the same at all moments of one situation.
 *
 * Source of the rules: flux reference, sections 10.3 and 11.1, and what real
 * controllers write, control-plane reference, section 4.
 *
 * @param resource - facts, as the watch cache projects them, or the object as the Kubernetes API gives it
 * @param context - the present instant, and other objects of the same cluster
 * @public
 */
export function assessFluxResource(
  resource: FluxResource | FluxObject,
  context: FluxContext,
): FluxAssessment {
  const subject = new FluxSubject(normalizeFluxResource(resource), context);
  for (const rule of RULES) {
    const assessment = rule(subject);
    if (assessment) {
      return assessment;
    }
  }
  if (subject.resource.static) {
    return subject.verdict('static', phrase('static'));
  }
  return subject.verdict(
    'unknown',
    phrase('unknown', {
      reason: subject.ready?.reason ?? 'no status',
    }),
    { next: phrase('next.look-at-message') },
  );
}
