// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TargetDeployments } from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';
import { usePodsWords } from '../deployments/usePodsWords';
import styles from './WhyPanel.module.css';

const BECAUSE = {
  label: 'why.becauseLabel',
  annotation: 'why.becauseAnnotation',
  owner: 'why.becauseOwner',
} as const;

function isKnownBecause(because: string): because is keyof typeof BECAUSE {
  return because in BECAUSE;
}

/** From the Kustomization over the workloads to their pods, with what each says. */
export function CauseChain(props: { target: TargetDeployments }) {
  const { cluster, kustomization, workloads } = props.target;
  const { t } = useTranslationRef(fluxTranslationRef);
  const podsWords = usePodsWords();
  const revisions = kustomization && [
    kustomization.path && t('why.path', { path: kustomization.path }),
    kustomization.appliedRevision &&
      t('why.applied', { revision: kustomization.appliedRevision }),
    kustomization.attemptedRevision &&
      kustomization.attemptedRevision !== kustomization.appliedRevision &&
      t('why.attempted', { revision: kustomization.attemptedRevision }),
    isKnownBecause(kustomization.because) &&
      t('why.because', { because: t(BECAUSE[kustomization.because]) }),
  ];
  return (
    <ul className={styles.chain} aria-label={t('why.chain', { cluster })}>
      <li>
        {kustomization ? (
          <>
            {t('why.kustomization', {
              name: `${kustomization.namespace}/${kustomization.name}`,
            })}{' '}
            <span className={styles.quiet}>
              {revisions?.filter(Boolean).join(' · ')}
            </span>
          </>
        ) : (
          t('why.noKustomization')
        )}
      </li>
      {workloads.length === 0 && <li>{t('why.noWorkloads')}</li>}
      {workloads.map(({ kind, name, pods, trouble }) => (
        <li key={`${kind}/${name}`}>
          {t('why.workload', { kind, name })}{' '}
          <span className={styles.quiet}>{podsWords(pods)}</span>
          {trouble && (
            <>
              {' → '}
              {t('why.podsTrouble', { count: trouble.pods })}
              {trouble.pod && (
                <span className={styles.quiet}>
                  {' '}
                  (
                  {trouble.container
                    ? t('why.containerOf', {
                        container: trouble.container,
                        pod: trouble.pod,
                      })
                    : trouble.pod}
                  )
                </span>
              )}
              {': '}
              <code dir="auto">
                {[trouble.reason, trouble.message].filter(Boolean).join(': ')}
              </code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
