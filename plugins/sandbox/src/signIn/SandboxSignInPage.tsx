// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { EmptyState } from '@fairway/plugin-delivery-react';
import { useCallback, useMemo, useState } from 'react';
import { sandboxTranslationRef } from '../translation';
import { PersonaCard } from './PersonaCard';
import { chosenPersona, readPersonas, type Persona } from './personas';
import { PersonaSession } from './PersonaSession';
import styles from './SandboxSignInPage.module.css';

/** Sign-in of the sandbox: choose who you are. Remembers the choice for the tab. */
export function SandboxSignInPage(props: SignInPageProps) {
  const { t } = useTranslationRef(sandboxTranslationRef);
  const config = useApi(configApiRef);
  const personas = useMemo(() => readPersonas(config), [config]);
  const [name, setName] = useState(chosenPersona.get);
  const persona = personas.find(other => other.name === name);
  const choose = (chosen: Persona) => {
    chosenPersona.set(chosen.name);
    setName(chosen.name);
  };
  const giveUp = useCallback(() => {
    chosenPersona.clear();
    setName(undefined);
  }, []);

  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <p className={styles.logo}>
          fair<span>way</span>
        </p>
        {persona ? (
          <PersonaSession {...props} persona={persona} onGiveUp={giveUp} />
        ) : (
          <>
            <h1 className={styles.title}>{t('signIn.title')}</h1>
            <p className={styles.description}>{t('signIn.description')}</p>
            {personas.length === 0 ? (
              <EmptyState
                title={t('signIn.none')}
                description={t('signIn.noneDescription')}
              />
            ) : (
              <ul className={styles.personas} aria-label={t('signIn.personas')}>
                {personas.map(other => (
                  <li key={other.name}>
                    <PersonaCard persona={other} onChoose={choose} />
                  </li>
                ))}
              </ul>
            )}
            <p className={styles.hint}>{t('signIn.hint')}</p>
          </>
        )}
      </div>
    </main>
  );
}
