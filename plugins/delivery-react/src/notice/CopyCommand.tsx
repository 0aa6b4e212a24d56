// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Notice.module.css';

/** A command with a button that copies it. The outcome is said, not only shown. @public */
export function CopyCommand(props: { command: string }) {
  const { command } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      setOutcome('copied');
    } catch {
      // Without https, or when the browser refuses, the text is still selectable.
      setOutcome('failed');
    }
  };
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <Button
        size="small"
        variant="secondary"
        onPress={copy}
        aria-label={`${t('copy.button')} – ${t('copy.command', { command })}`}
      >
        {t('copy.button')}
      </Button>
      <span role="status" className={styles.quiet}>
        {outcome && t(`copy.${outcome}`)}
      </span>
    </div>
  );
}
