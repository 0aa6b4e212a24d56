// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { Section } from '@fairway/plugin-delivery-react';
import { sandboxTranslationRef } from '../translation';
import styles from './SandboxPage.module.css';

const SPEEDS = [1, 5, 30, 100];

/** How fast simulated time goes. */
export function SpeedSection(props: {
  speed: number;
  onSet(factor: number): void;
}) {
  const { speed, onSet } = props;
  const { t } = useTranslationRef(sandboxTranslationRef);
  return (
    <Section title={t('speed.title')} subtitle={t('speed.subtitle')}>
      <p role="status" className={styles.text}>
        {speed === 1
          ? t('speed.real')
          : t('speed.now', { factor: String(speed) })}
      </p>
      <ToggleButtonGroup
        aria-label={t('speed.label')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[String(speed)]}
        onSelectionChange={([key]) => key !== undefined && onSet(Number(key))}
      >
        {SPEEDS.map(factor => (
          <ToggleButton key={factor} id={String(factor)}>
            {t('speed.factor', { factor: String(factor) })}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Section>
  );
}
