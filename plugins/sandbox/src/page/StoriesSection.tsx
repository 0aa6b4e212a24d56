// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link } from '@backstage/ui';
import type { Tone } from '@fairway/plugin-delivery-common';
import {
  EmptyState,
  Section,
  StatusPill,
} from '@fairway/plugin-delivery-react';
import type { SandboxStory } from '../api/SandboxApi';
import { sandboxTranslationRef } from '../translation';
import styles from './StoriesSection.module.css';

const TONES: Record<SandboxStory['state'], Tone> = {
  idle: 'unknown',
  running: 'progressing',
  done: 'positive',
};

/** The guided stories, in order: what will happen, where to look, a button. */
export function StoriesSection(props: {
  stories: SandboxStory[];
  running?: string;
  onStart(id: string): void;
}) {
  const { stories, running, onStart } = props;
  const { t } = useTranslationRef(sandboxTranslationRef);
  return (
    <Section title={t('stories.title')} subtitle={t('stories.subtitle')}>
      {stories.length === 0 ? (
        <EmptyState
          level={3}
          title={t('stories.empty')}
          description={t('stories.emptyDescription')}
        />
      ) : (
        <ol className={styles.stories}>
          {stories.map((story, index) => (
            <Story
              key={story.id}
              story={story}
              number={index + 1}
              pending={running === `story:${story.id}`}
              onStart={onStart}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function Story(props: {
  story: SandboxStory;
  number: number;
  pending: boolean;
  onStart(id: string): void;
}) {
  const { story, number, pending, onStart } = props;
  const { id, title, what, where, state, canStart } = story;
  const { t } = useTranslationRef(sandboxTranslationRef);
  return (
    <li className={styles.story}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.text}>
        <div className={styles.line}>
          <h3 className={styles.title}>{title}</h3>
          {state !== 'idle' && (
            <StatusPill tone={TONES[state]} label={t(`stories.${state}`)} />
          )}
        </div>
        <p className={styles.what}>{what}</p>
        {where.length > 0 && (
          <p className={styles.where}>
            <span>{t('stories.where')}</span>
            {where.map(place => (
              <Link
                key={`${place.label} ${place.href}`}
                href={place.href}
                variant="body-small"
              >
                {place.label}
              </Link>
            ))}
          </p>
        )}
      </div>
      {canStart && (
        <Button
          variant="secondary"
          isPending={pending}
          isDisabled={state === 'running'}
          aria-label={t('stories.startLabel', { title })}
          onPress={() => onStart(id)}
        >
          {state === 'done' ? t('stories.again') : t('stories.start')}
        </Button>
      )}
    </li>
  );
}
