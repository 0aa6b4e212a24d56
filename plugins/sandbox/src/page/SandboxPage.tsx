// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import {
  CopyCommand,
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Section,
  Timestamp,
} from '@fairway/plugin-delivery-react';
import { sandboxTranslationRef } from '../translation';
import { explainError, isForbidden } from './explainError';
import { FaultsSection } from './FaultsSection';
import { PullRequestsSection } from './PullRequestsSection';
import { SpeedSection } from './SpeedSection';
import { StoriesSection } from './StoriesSection';
import { useSandbox, type Sandbox } from './useSandbox';
import styles from './SandboxPage.module.css';

/** What the demo world is, its stories and its switches. */
export function SandboxPage() {
  const { t } = useTranslationRef(sandboxTranslationRef);
  const sandbox = useSandbox();
  const startedAt = sandbox.state.data?.startedAt;
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{t('page.title')}</h1>
      <p className={styles.description}>
        {t('page.description')}{' '}
        {startedAt && (
          <>
            {t('page.running')} <Timestamp time={startedAt} format="clock" />.
          </>
        )}
      </p>
      <Content sandbox={sandbox} />
    </main>
  );
}

function Content(props: { sandbox: Sandbox }) {
  const { sandbox } = props;
  const { state, pullRequests, actionError, running, act } = sandbox;
  const { t } = useTranslationRef(sandboxTranslationRef);
  const { data, error } = state;
  if (error && isForbidden(error)) {
    return (
      <EmptyState
        title={t('page.forbidden')}
        description={t('page.forbiddenDescription')}
      />
    );
  }
  if (!data) {
    return error ? (
      <ErrorState
        title={t('page.error')}
        error={new Error(explainError(error))}
        onRetry={sandbox.reload}
      />
    ) : (
      <LoadingSkeleton what={t('page.loading')} height={120} count={4} />
    );
  }
  return (
    <div className={styles.sections}>
      <div role="alert" className={styles.alerts}>
        {error && (
          <Alert
            status="warning"
            icon
            title={t('page.old')}
            description={explainError(error)}
          />
        )}
        {actionError && (
          <Alert
            status="danger"
            icon
            title={t('page.actionFailed')}
            description={explainError(actionError)}
          />
        )}
      </div>
      <StoriesSection
        stories={data.stories}
        running={running}
        onStart={id => act(`story:${id}`, api => api.startStory(id))}
      />
      <PullRequestsSection
        pullRequests={pullRequests}
        running={running}
        onComplete={id =>
          act(`pull-request:${id}`, api => api.completePullRequest(id))
        }
        onRetry={sandbox.reload}
      />
      <FaultsSection
        systems={data.systems}
        running={running}
        onSet={(system, kind) =>
          act(`fault:${system}`, api =>
            kind ? api.setFault(system, kind) : api.clearFaults(system),
          )
        }
        onClearAll={() => act('faults', api => api.clearFaults())}
      />
      <SpeedSection
        speed={data.speed}
        onSet={factor => act('speed', api => api.setSpeed(factor))}
      />
      <Section title={t('reset.title')}>
        <p className={styles.text}>{t('reset.description')}</p>
        <CopyCommand command="npm run sandbox:reset" />
      </Section>
    </div>
  );
}
