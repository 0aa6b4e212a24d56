// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Evidence } from '@fairway/plugin-delivery-common';
import { Timestamp } from '../time';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Notice.module.css';

/** Messages of a cluster are foreign text: a link in them leads only to the web. */
function isWebLink(link: string | undefined): link is string {
  return link !== undefined && /^https?:\/\//i.test(link);
}

/** What a verdict rests on, in the raw words of its sources. @public */
export function EvidenceList(props: { evidence: readonly Evidence[] }) {
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  if (props.evidence.length === 0) {
    return <p className={styles.quiet}>{t('evidence.none')}</p>;
  }
  return (
    <ul className={styles.evidence} aria-label={t('evidence.title')}>
      {props.evidence.map((item, index) => (
        <li key={index}>
          <div>
            <bdi>{item.source}</bdi>
            {item.time && (
              <>
                {' · '}
                <Timestamp time={item.time} />
              </>
            )}
            {isWebLink(item.link) && (
              <>
                {' · '}
                <Link href={item.link} target="_blank" rel="noreferrer">
                  {t('evidence.open')}
                </Link>
              </>
            )}
          </div>
          {(item.reason || item.message) && (
            <code dir="auto">
              {[item.reason, item.message].filter(Boolean).join(': ')}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
