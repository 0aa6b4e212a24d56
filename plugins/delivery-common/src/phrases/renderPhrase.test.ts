// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { deliveryPhrases } from './deliveryPhrases';
import { renderPhrase } from './renderPhrase';

const DICTIONARY = {
  late: '{{name}} is {{lateSeconds}} late ({{count}}), {{deletedAt}}, {{until}}',
};

describe('renderPhrase', () => {
  it('says what a parameter is by its name', () => {
    expect(
      renderPhrase(
        {
          code: 'late',
          params: {
            name: 'orders',
            lateSeconds: 5400,
            count: 5400,
            deletedAt: '2026-11-24T10:00:00Z',
            until: 'Friday',
          },
        },
        DICTIONARY,
      ),
    ).toBe('orders is 1 h 30 min late (5400), 2026-11-24 10:00 UTC, Friday');
  });

  it('leaves the place of what is missing empty, and gives an unknown code as it is', () => {
    expect(renderPhrase({ code: 'late', params: {} }, DICTIONARY)).toBe(
      ' is  late (), , ',
    );
    expect(renderPhrase({ code: 'toString', params: {} }, DICTIONARY)).toBe(
      'toString',
    );
  });

  it('never throws and never fills in what nobody gave', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double())),
        params => {
          const text = renderPhrase({ code: 'late', params }, DICTIONARY);
          expect(text).not.toContain('undefined');
        },
      ),
    );
  });

  it('reads a value as text, also when it looks like a placeholder or a pattern', () => {
    expect(
      renderPhrase(
        { code: 'x', params: { a: '{{b}} $& $1', b: 'secret' } },
        { x: '{{a}}' },
      ),
    ).toBe('{{b}} $& $1');
  });
});

describe('deliveryPhrases', () => {
  it('uses no parameter that sources and bindings do not give', () => {
    const used = Object.values(deliveryPhrases).flatMap(text =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name),
    );
    expect([...new Set(used)].sort()).toEqual([
      'cluster',
      'kind',
      'message',
      'namespace',
      'owner',
    ]);
  });
});
