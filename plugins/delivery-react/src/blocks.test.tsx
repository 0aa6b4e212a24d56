// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import {
  SOURCE_STATES,
  type Evidence,
  type Tone,
  type Verdict,
} from '@fairway/plugin-delivery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import type { ReactElement } from 'react';
import {
  CopyCommand,
  EmptyState,
  ErrorState,
  EvidenceList,
  Freshness,
  LoadingSkeleton,
  Section,
  SourceFooter,
  SourceNotice,
  StackingTable,
  StatusPill,
  Timestamp,
  VerdictText,
  type LiveStatus,
} from '.';
import { createPseudoTranslationApi, findRawLiterals } from './testing';

expect.extend(toHaveNoViolations);

const NOW = Date.parse('2026-11-26T12:00:00Z');
const DATA = ['DATA', 'aks-dev-weu'];
const TONES: Tone[] = [
  'positive',
  'progressing',
  'paused',
  'warning',
  'negative',
  'unknown',
];
const STATUSES: LiveStatus[] = [
  'loading',
  'live',
  'polling',
  'paused',
  'error',
  'gone',
];
const EVIDENCE: Evidence = {
  source: 'aks-dev-weu',
  reason: 'DATA',
  message: 'DATA <b>DATA</b> \u202eDATA',
  time: '2026-11-26T11:59:00Z',
  // eslint-disable-next-line no-script-url -- an attack, which must not become a link
  link: 'javascript:alert(1)',
};
const VERDICT: Verdict = {
  state: 'failing',
  tone: 'negative',
  reason: { code: 'failing', params: {} },
  next: { code: 'next', params: {} },
  evidence: [EVIDENCE],
};
const words = () => 'DATA';

const BLOCKS: Array<[name: string, block: ReactElement]> = [
  ['command', <CopyCommand command="flux get all" />],
  ['nothing', <EmptyState title="DATA" description="DATA" level={3} />],
  ['error', <ErrorState error={new Error('DATA')} onRetry={() => {}} />],
  ['evidence', <EvidenceList evidence={[EVIDENCE]} />],
  ['skeletons', <LoadingSkeleton what="DATA" height={40} count={2} />],
  [
    'section',
    <Section
      title="DATA"
      subtitle="DATA"
      tone="warning"
      aside={<StatusPill tone="warning" />}
      footer={<SourceFooter source="aks-dev-weu" asOf={NOW - 60_000} />}
    >
      DATA
    </Section>,
  ],
  [
    'table',
    <StackingTable columns={['DATA']}>
      <tr>
        <td data-column="DATA">DATA</td>
      </tr>
    </StackingTable>,
  ],
  ['relative time', <Timestamp time={NOW - 90_000} />],
  ['clock', <Timestamp time={NOW - 90_000} format="clock" />],
  ['verdict', <VerdictText verdict={VERDICT} phrase={words} />],
  ...TONES.map(tone => [tone, <StatusPill tone={tone} />] as const),
  ...STATUSES.map(
    status =>
      [
        `freshness ${status}`,
        <Freshness
          status={status}
          asOf={NOW - 5000}
          liveSince={NOW - 60_000}
        />,
      ] as const,
  ),
  ...SOURCE_STATES.map(
    state =>
      [
        `source ${state}`,
        <SourceNotice
          source="aks-dev-weu"
          status={{ state, asOf: '2026-11-26T09:00:00Z' }}
        />,
      ] as const,
  ),
].map(([name, block]) => [String(name), block as ReactElement]);

describe('blocks of the pages', () => {
  it.each(BLOCKS)(
    '%s: every word is translated, and axe finds nothing',
    async (_, block) => {
      renderInTestApp(
        <TestApiProvider
          apis={[
            [
              translationApiRef,
              createPseudoTranslationApi(mockApis.translation()),
            ],
          ]}
        >
          <div data-testid="block">{block}</div>
        </TestApiProvider>,
      );
      const shown = await screen.findByTestId('block');
      expect(shown).not.toBeEmptyDOMElement();
      expect(findRawLiterals(shown, { data: DATA })).toEqual([]);
      expect(await axe(shown)).toHaveNoViolations();
    },
  );

  it('shows what came from a cluster as text, and links only to the web', async () => {
    renderInTestApp(<EvidenceList evidence={[EVIDENCE]} />);
    expect(await screen.findByText(/DATA <b>DATA<\/b>/)).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('tries again when the reader asks', async () => {
    const onRetry = jest.fn();
    renderInTestApp(<ErrorState error={new Error('DATA')} onRetry={onRetry} />);
    await userEvent.click(await screen.findByRole('button'));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});
