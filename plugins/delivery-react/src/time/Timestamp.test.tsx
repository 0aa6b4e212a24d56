// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { Timestamp } from './Timestamp';

describe('Timestamp', () => {
  it('never puts what has happened into the future, though clocks differ', async () => {
    const ahead = Date.now() + 45_000;
    renderInTestApp(
      <>
        <p data-testid="happened">
          <Timestamp time={ahead} />
        </p>
        <p data-testid="planned">
          <Timestamp time={ahead} planned />
        </p>
        <p data-testid="unreadable">
          <Timestamp time="yesterday" />
        </p>
      </>,
    );
    expect(await screen.findByTestId('happened')).toHaveTextContent(/^now/);
    expect(screen.getByTestId('planned')).toHaveTextContent(/^in /);
    expect(screen.getByTestId('unreadable')).toHaveTextContent(/^yesterday$/);
  });
});
