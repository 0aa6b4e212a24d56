// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Link } from '@backstage/ui';
import { useEntityHref } from './useEntityHref';

/** Name of a service that leads to its page. */
export function ServiceLink(props: { entityRef: string; title: string }) {
  const { entityRef, title } = props;
  const href = useEntityHref()(entityRef);
  return href ? (
    <Link href={href} weight="bold" standalone>
      {title}
    </Link>
  ) : (
    <strong>{title}</strong>
  );
}
