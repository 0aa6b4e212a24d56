// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from '@fairway/plugin-delivery-common';
import type { FluxSubject } from './FluxSubject';
import { shortRevision } from './parseRevision';
import { isOverdue, secondsSince, timeoutSecondsOf } from './timing';
import type { FluxAssessment } from './types';

/** A new object says ArtifactFailed until its source has been fetched once: a false alarm for this long (control-plane reference 4, item 3). */
const FIRST_FETCH_SECONDS = 60;

function phrase(code: string, params: Phrase['params'] = {}): Phrase {
  return { code, params };
}

/** What Ready says for a moment before it can know better; after a while it is the truth. */
export function tooEarly(subject: FluxSubject): FluxAssessment | undefined {
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

/** A controller is at work on it, or has not seen its newest definition yet. */
export function progressing(subject: FluxSubject): FluxAssessment | undefined {
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
