// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import type { TaskLink } from './describeTask';
import styles from './TaskOutcome.module.css';

/** What a task has made, to open; the first one as the next thing to do where `primary` says so. */
export function TaskLinks(props: { links: TaskLink[]; primary?: boolean }) {
  const entityRoute = useRouteRef(entityRouteRef);
  return (
    <ul className={styles.links}>
      {props.links.map(({ title, entityRef, url }, index) => {
        const variant = props.primary && index === 0 ? 'primary' : 'secondary';
        const href = entityRef ? entityRoute?.(parseEntityRef(entityRef)) : url;
        return href === undefined ? null : (
          <li key={href}>
            {/* What lies outside of the portal leaves the task page open. */}
            <ButtonLink
              href={href}
              variant={variant}
              {...(entityRef ? {} : { target: '_blank', rel: 'noopener' })}
            >
              {title}
            </ButtonLink>
          </li>
        );
      })}
    </ul>
  );
}
