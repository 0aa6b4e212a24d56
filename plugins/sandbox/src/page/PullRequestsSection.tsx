// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Section,
  Timestamp,
} from '@fairway/plugin-delivery-react';
import type { SandboxPullRequest } from '../api/SandboxApi';
import { sandboxTranslationRef } from '../translation';
import { explainError } from './explainError';
import type { Polled } from './useSandbox';
import styles from './PullRequestsSection.module.css';

/** Open pull requests to the GitOps repository, each with the button of its reviewer. */
export function PullRequestsSection(props: {
  pullRequests: Polled<SandboxPullRequest[]>;
  running?: string;
  onComplete(id: number): void;
  onRetry(): void;
}) {
  const { pullRequests, running, onComplete, onRetry } = props;
  const { data, error } = pullRequests;
  const { t } = useTranslationRef(sandboxTranslationRef);
  const content = () => {
    if (!data) {
      return error ? (
        <ErrorState
          title={t('pullRequests.error')}
          error={new Error(explainError(error))}
          onRetry={onRetry}
        />
      ) : (
        <LoadingSkeleton height={48} />
      );
    }
    if (data.length === 0) {
      return (
        <EmptyState
          level={3}
          title={t('pullRequests.empty')}
          description={t('pullRequests.emptyDescription')}
        />
      );
    }
    return (
      <ul className={styles.list}>
        {data.map(pullRequest => (
          <PullRequest
            key={pullRequest.id}
            pullRequest={pullRequest}
            pending={running === `pull-request:${pullRequest.id}`}
            onComplete={onComplete}
          />
        ))}
      </ul>
    );
  };
  return (
    <Section
      title={t('pullRequests.title')}
      subtitle={t('pullRequests.subtitle')}
    >
      {content()}
    </Section>
  );
}

function PullRequest(props: {
  pullRequest: SandboxPullRequest;
  pending: boolean;
  onComplete(id: number): void;
}) {
  const { pullRequest, pending, onComplete } = props;
  const { id, title, author, createdAt, url, sourceBranch, canComplete } =
    pullRequest;
  const { t } = useTranslationRef(sandboxTranslationRef);
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <Link href={url} target="_blank" rel="noreferrer" weight="bold">
          {`${id}: ${title}`}
        </Link>
        <p className={styles.byline}>
          {t('pullRequests.byline', { author, branch: sourceBranch })}{' '}
          <Timestamp time={createdAt} />
        </p>
      </div>
      {canComplete ? (
        <Button
          variant="primary"
          isPending={pending}
          aria-label={t('pullRequests.completeLabel', {
            id: String(id),
            title,
          })}
          onPress={() => onComplete(id)}
        >
          {t('pullRequests.complete')}
        </Button>
      ) : (
        <span className={styles.byline}>{t('pullRequests.blocked')}</span>
      )}
    </li>
  );
}
