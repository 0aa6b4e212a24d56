// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  Changing,
  Section,
  SourceNotice,
  StatusPill,
  Timestamp,
  VerdictText,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import type { EnvironmentDeployments } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';
import { CommitLink } from './CommitLink';
import { EnvironmentFooter } from './EnvironmentFooter';
import { RegionList } from './RegionList';
import { summarizeEnvironment } from './summarizeEnvironment';
import { VersionLine } from './VersionLine';
import { usePodsWords } from './usePodsWords';
import type { Selection } from './useSelection';
import styles from './EnvironmentCard.module.css';

export interface EnvironmentCardProps {
  environment: EnvironmentDeployments;
  phrase: PhraseRenderer;
  selection: Selection;
}

/** One column of the page: what runs in an environment, and whether it should. */
export function EnvironmentCard(props: EnvironmentCardProps) {
  const { environment, phrase, selection } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const { name, title, verdict, targets } = environment;
  const podsWords = usePodsWords();
  const summary = summarizeEnvironment(environment);
  const { commit, since, pods } = summary;
  const calm = verdict.tone === 'positive' && !verdict.next;
  const open = selection.why === name;
  const only = selection.environment === name;
  const facts = [
    commit && (
      <CommitLink key="subject" commit={commit} text={commit.subject} />
    ),
    since && (
      <span key="since">
        <Timestamp time={since} />
      </span>
    ),
    pods && (
      <Changing key="pods" value={`${pods.ready}/${pods.desired}`}>
        {podsWords(pods)}
      </Changing>
    ),
  ].filter(Boolean);
  const troubled = targets.filter(({ source }) => source.state !== 'current');

  return (
    <Section
      level={3}
      title={title}
      subtitle={
        targets.length > 1
          ? t('environment.regions', { count: targets.length })
          : undefined
      }
      tone={verdict.tone}
      aside={
        <Changing value={verdict.state}>
          <StatusPill tone={verdict.tone} label={t(`state.${verdict.state}`)} />
        </Changing>
      }
      footer={<EnvironmentFooter environment={environment} />}
    >
      <VersionLine summary={summary} total={targets.length} />
      {!calm && (
        <div className={styles.line}>
          <VerdictText verdict={verdict} phrase={phrase} reasonOnly />
        </div>
      )}
      {facts.length > 0 && (
        <p className={`${styles.line} ${styles.quiet}`}>
          {facts.map((fact, index) => (
            <span key={index}>
              {fact}
              {index < facts.length - 1 && ' · '}
            </span>
          ))}
        </p>
      )}
      {targets.length > 1 && summary.differs && (
        <RegionList targets={targets} phrase={phrase} />
      )}
      {troubled.length > 0 && (
        <div className={styles.notices}>
          {troubled.map(target => (
            <SourceNotice
              key={target.cluster}
              source={target.cluster}
              status={target.source}
              phrase={phrase}
            />
          ))}
        </div>
      )}
      <div className={styles.actions}>
        {!calm && (
          <Button
            size="small"
            variant={verdict.tone === 'negative' ? 'primary' : 'secondary'}
            aria-expanded={open}
            aria-label={t('environment.whyLabel', { environment: title })}
            onPress={() => selection.select({ why: open ? undefined : name })}
          >
            {t('environment.why')}
          </Button>
        )}
        <Button
          size="small"
          variant="tertiary"
          aria-pressed={only}
          aria-label={t('environment.historyOfLabel', { environment: title })}
          onPress={() =>
            selection.select({ environment: only ? undefined : name })
          }
        >
          {t('environment.historyOf')}
        </Button>
      </div>
    </Section>
  );
}
