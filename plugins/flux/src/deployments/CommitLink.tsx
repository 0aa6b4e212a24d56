// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';

/** A commit by its short SHA or by other words, linked to the source host when it has a page there. */
export function CommitLink(props: { commit: DeploymentCommit; text?: string }) {
  const { commit } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const sha = commit.sha.slice(0, 7);
  const text = <bdi>{props.text ?? sha}</bdi>;
  if (!commit.url || !/^https?:\/\//i.test(commit.url)) {
    return text;
  }
  return (
    <Link
      href={commit.url}
      target="_blank"
      rel="noreferrer"
      title={t('environment.commit', { sha, subject: commit.subject })}
    >
      {text}
    </Link>
  );
}
