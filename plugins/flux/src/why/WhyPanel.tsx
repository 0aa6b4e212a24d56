// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  CopyCommand,
  EvidenceList,
  Section,
  SourceFooter,
  VerdictText,
  toneClass,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import type {
  EnvironmentDeployments,
  TargetDeployments,
} from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';
import { CauseChain } from './CauseChain';
import { commandsFor } from './commands';
import styles from './WhyPanel.module.css';

interface CauseProps {
  target: TargetDeployments;
  phrase: PhraseRenderer;
  /** The panel's title says the reason of an only region already. */
  only: boolean;
}

function Cause(props: CauseProps) {
  const { target, phrase, only } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const commands = commandsFor(target);
  return (
    <div className={`${styles.cause} ${toneClass(target.verdict.tone)}`}>
      {!only && <h4 className={styles.heading}>{target.cluster}</h4>}
      <div>
        <VerdictText verdict={target.verdict} phrase={phrase} nextOnly={only} />
      </div>
      <CauseChain target={target} />
      <EvidenceList evidence={target.verdict.evidence} />
      {commands.length > 0 && (
        <div className={styles.commands}>
          <span className={styles.quiet}>{t('why.commands')}</span>
          {commands.map(command => (
            <CopyCommand key={command} command={command} />
          ))}
        </div>
      )}
    </div>
  );
}

export interface WhyPanelProps {
  environment: EnvironmentDeployments;
  phrase: PhraseRenderer;
  onClose: () => void;
}

/** The cause of an environment's state, region by region: sentence, chain, next step, evidence, command. */
export function WhyPanel(props: WhyPanelProps) {
  const { environment, phrase, onClose } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const { title, verdict, targets } = environment;
  const newest = targets.map(({ source }) => source.asOf ?? '').sort()[0];
  return (
    <Section
      level={3}
      title={t('why.title', {
        environment: title,
        reason: phrase(verdict.reason),
      })}
      aside={
        <Button size="small" variant="tertiary" onPress={onClose}>
          {t('why.close')}
        </Button>
      }
      footer={
        <SourceFooter
          source={targets.map(({ cluster }) => cluster).join(', ')}
          asOf={newest || undefined}
        />
      }
    >
      <div className={styles.panel}>
        {targets.map(target => (
          <Cause
            key={target.cluster}
            target={target}
            phrase={phrase}
            only={targets.length === 1}
          />
        ))}
      </div>
    </Section>
  );
}
