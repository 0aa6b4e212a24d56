// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useTaskEventStream } from '@backstage/plugin-scaffolder-react';
import { Section } from '@fairway/plugin-delivery-react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { scaffolderFieldsTranslationRef } from '../translation';
import { LogViewerAtHand } from './LogViewerAtHand';
import { TaskLinks } from './TaskLinks';
import { describeTask } from './describeTask';
import styles from './TaskOutcome.module.css';

/**
 * What a template run has come to, in words, on its page: while it goes on, when it
 * has ended well, and what is left when it has not. Takes the place of the stock block
 * with links, which shows only the good end.
 */
export function TaskOutcome() {
  const { taskId = '' } = useParams();
  const stream = useTaskEventStream(taskId);
  const { t } = useTranslationRef(scaffolderFieldsTranslationRef);
  const name = String(stream.task?.spec.parameters.name ?? t('task.something'));
  const state = describeTask(stream);
  // The stock page around it changes its height as steps end: only words are announced.
  return (
    <>
      <div className={styles.outcome} aria-live="polite">
        {content()}
      </div>
      {!stream.completed && <LogViewerAtHand />}
    </>
  );

  function content(): ReactNode {
    switch (state.phase) {
      case 'loading':
        return null;
      case 'running':
        return (
          <Section title={t('task.making', { name })} tone="progressing">
            <p className={styles.line}>
              {t('task.step', {
                number: String(state.step.number),
                total: String(state.step.total),
                step: state.step.name,
              })}
            </p>
            {state.waiting && <p className={styles.line}>{state.waiting}</p>}
            <p className={styles.quiet}>{t('task.leave')}</p>
            {state.links.length > 0 && (
              <>
                <h3 className={styles.heading}>{t('task.links')}</h3>
                <TaskLinks links={state.links} />
              </>
            )}
          </Section>
        );
      case 'unreachable':
        return (
          <Section title={t('task.unreachableTitle')} tone="unknown">
            <p className={styles.line}>{t('task.unreachable')}</p>
          </Section>
        );
      case 'cancelled':
        return (
          <Section title={t('task.cancelled', { name })} tone="paused">
            <p className={styles.line}>{t('task.cancelledHelp')}</p>
          </Section>
        );
      case 'refused':
        return (
          <Section title={t('task.refused', { name })} tone="negative">
            <Lines lines={state.problems} />
            <p className={styles.line}>{t('task.refusedHelp')}</p>
          </Section>
        );
      case 'failed':
        return (
          <Section title={t('task.failed', { name })} tone="negative">
            {state.step && (
              <p className={styles.line}>
                {t('task.failedAt', { step: state.step })}
              </p>
            )}
            <Lines title={t('task.removed')} lines={state.removed} />
            <Lines title={t('task.left')} lines={state.left} />
            {state.removed.length + state.left.length === 0 && (
              <p className={styles.line}>{t('task.nothingMade')}</p>
            )}
            <p className={styles.line}>
              {state.left.length > 0 ? t('task.takeUp') : t('task.retry')}
            </p>
          </Section>
        );
      default:
        return (
          <Section title={state.title ?? name} tone="positive">
            {state.text && <p className={styles.line}>{state.text}</p>}
            <TaskLinks links={state.links} primary />
          </Section>
        );
    }
  }
}

function Lines(props: { title?: string; lines: string[] }) {
  if (props.lines.length === 0) {
    return null;
  }
  return (
    <>
      {props.title && <h3 className={styles.heading}>{props.title}</h3>}
      <ul className={styles.lines}>
        {props.lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
