// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Select } from '@backstage/ui';
import {
  Section,
  StackingTable,
  StatusPill,
} from '@fairway/plugin-delivery-react';
import type { SandboxSystem } from '../api/SandboxApi';
import { sandboxTranslationRef } from '../translation';
import { faultName } from './faultName';
import styles from './FaultsSection.module.css';

const WORKS = 'works';

/** One switch for each system of the sandbox. */
export function FaultsSection(props: {
  systems: SandboxSystem[];
  running?: string;
  /** Without a kind: the system works again. */
  onSet(system: string, kind: string | undefined): void;
  onClearAll(): void;
}) {
  const { systems, running, onSet, onClearAll } = props;
  const { t } = useTranslationRef(sandboxTranslationRef);
  const broken = systems.filter(({ fault }) => fault).length;
  return (
    <Section
      title={t('faults.title')}
      subtitle={t('faults.subtitle')}
      aside={
        <Button
          variant="secondary"
          isDisabled={broken === 0}
          isPending={running === 'faults'}
          onPress={onClearAll}
        >
          {t('faults.clearAll')}
        </Button>
      }
    >
      <p role="status" className={styles.summary}>
        {broken === 0 ? t('faults.none') : t('faults.count', { count: broken })}
      </p>
      <StackingTable
        columns={[t('faults.system'), t('faults.state'), t('faults.fault')]}
      >
        {systems.map(({ name, title, fault, faultKinds }) => (
          <tr key={name}>
            <th scope="row">{title}</th>
            <td data-column={t('faults.state')}>
              <StatusPill
                tone={fault ? 'negative' : 'positive'}
                label={fault ? fault.kind : t('faults.works')}
              />
            </td>
            <td data-column={t('faults.fault')} className={styles.fault}>
              <Select
                aria-label={t('faults.choose', { title })}
                options={[
                  { id: WORKS, label: t('faults.works') },
                  ...faultKinds.map(kind => ({
                    id: kind,
                    label: faultName(t, kind),
                  })),
                ]}
                value={fault?.kind ?? WORKS}
                isDisabled={running === `fault:${name}`}
                onChange={kind =>
                  onSet(name, kind === WORKS ? undefined : String(kind))
                }
              />
            </td>
          </tr>
        ))}
      </StackingTable>
    </Section>
  );
}
