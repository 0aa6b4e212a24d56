// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ProxiedSignInPage } from '@backstage/core-components';
import { ResponseError } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Button } from '@backstage/ui';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { sandboxTranslationRef } from '../translation';
import { PersonaIdentity } from './PersonaIdentity';
import type { Persona } from './personas';
import styles from './SandboxSignInPage.module.css';

/** The catalog reads the demo world within some seconds of a start. */
const WAITS = 60;
const WAIT_MS = 1_000;

interface Attempt {
  persona: Persona;
  number: number;
  tryAgain(): void;
  giveUp(): void;
}

const AttemptContext = createContext<Attempt | undefined>(undefined);

/** True for what passes by itself: the portal knows the persona a little later. */
function passes(error: Error | undefined): boolean {
  return (
    ResponseError.is(error) &&
    ['NotFoundError', 'ServiceUnavailableError'].includes(error.cause.name)
  );
}

function explain(error: Error | undefined): string {
  return ResponseError.is(error) ? error.cause.message : error?.message ?? '';
}

function SignInFailure(props: { error?: Error }) {
  const { error } = props;
  const { t } = useTranslationRef(sandboxTranslationRef);
  const attempt = useContext(AttemptContext)!;
  const { number, persona, tryAgain, giveUp } = attempt;
  const waits = passes(error) && number < WAITS;
  useEffect(() => {
    if (!waits) {
      return undefined;
    }
    const timer = setTimeout(tryAgain, WAIT_MS);
    return () => clearTimeout(timer);
  }, [waits, tryAgain]);

  if (waits) {
    return <p className={styles.description}>{t('signIn.waiting')}</p>;
  }
  return (
    <div role="alert">
      <h2 className={styles.problem}>
        {t('signIn.failed', { title: persona.title })}
      </h2>
      <p className={styles.description}>{explain(error)}</p>
      <div className={styles.actions}>
        <Button variant="primary" onPress={tryAgain}>
          {t('signIn.retry')}
        </Button>
        <Button variant="secondary" onPress={giveUp}>
          {t('signIn.other')}
        </Button>
      </div>
    </div>
  );
}

/** Signs in as one persona, and waits for a portal that has just started. */
export function PersonaSession(
  props: SignInPageProps & { persona: Persona; onGiveUp(): void },
) {
  const { persona, onGiveUp, onSignInSuccess } = props;
  const { t } = useTranslationRef(sandboxTranslationRef);
  const [number, setNumber] = useState(0);
  const attempt = useMemo(
    () => ({
      persona,
      number,
      tryAgain: () => setNumber(number + 1),
      giveUp: onGiveUp,
    }),
    [persona, number, onGiveUp],
  );
  return (
    <AttemptContext.Provider value={attempt}>
      <p role="status" className={styles.description}>
        {t('signIn.signingIn', { title: persona.title })}
      </p>
      <ProxiedSignInPage
        key={number}
        provider="sandbox"
        headers={{ 'x-fairway-persona': persona.name }}
        ErrorComponent={SignInFailure}
        onSignInSuccess={session =>
          onSignInSuccess(PersonaIdentity.create({ session }))
        }
      />
    </AttemptContext.Provider>
  );
}
