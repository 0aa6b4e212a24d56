// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { checkServiceInput } from './checkServiceInput';

const KNOWN = { environments: ['dev', 'staging', 'prod'] };
const GOOD = {
  name: 'checkout',
  description: 'Takes orders',
  owner: 'group:default/team-a',
  environments: ['prod', 'dev'],
  exposure: 'none',
};

describe('checkServiceInput', () => {
  it('takes what is good, with environments in their order', () => {
    expect(checkServiceInput(GOOD, KNOWN)).toEqual({
      problems: [],
      service: { ...GOOD, team: 'team-a', environments: ['dev', 'prod'] },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['name', undefined, /a name is needed/],
    ['name', 7, /a name is needed/],
    ['name', ['checkout'], /a name is needed/],
    ['name', '__proto__', /must begin with a letter/],
    ['name', 'checkout\n', /"checkout\\n" must begin/],
    ['name', 'checkout\u0000', /\\u0000/],
    ['name', 'ch\u0435ckout', /\\u\{435\}/],
    ['name', 'check\u202eout', /\\u\{202e\}/],
    ['name', 'ab', /2 characters; use 3 to 40/],
    ['name', 'a'.repeat(41), /41 characters; use 3 to 40/],
    ['name', 'aux', /folder on Windows/],
    ['name', 'com1', /folder on Windows/],
    ['name', 'kube-proxy', /reserved/],
    ['name', 'flux-system', /reserved/],
    ['description', ' ', /say in one sentence/],
    ['description', { toString: 'x' }, /say in one sentence/],
    ['description', 'a\r\nb', /one line/],
    ['description', 'a\u202eb', /one line/],
    ['description', 'a\u2028b', /one line/],
    ['description', '{% raw %}', /template text/],
    ['description', 'x'.repeat(201), /201 characters; use at most 200/],
    ['owner', 'team-a', /is not a group/],
    ['owner', 'group:other/team-a', /is not a group/],
    ['owner', 'group:default/team-a\n', /is not a group/],
    ['owner', 'group:default/../../x', /is not a group/],
    ['owner', ['group:default/team-a'], /is not a group/],
    ['environments', 'dev', /choose at least dev/],
    ['environments', [], /choose at least dev/],
    ['environments', ['dev', 'dev'], /once/],
    ['environments', ['staging'], /dev must be one of them/],
    ['environments', ['dev', '../prod'], /no environment of this portal/],
    ['environments', ['dev', null], /no environment of this portal/],
    ['exposure', 'LoadBalancer', /none, gateway, ingress-nginx/],
    ['exposure', undefined, /none, gateway, ingress-nginx/],
  ])('refuses %s %j', (field, value, words) => {
    expect(checkServiceInput({ ...GOOD, [field]: value }, KNOWN)).toEqual({
      problems: [{ field, message: expect.stringMatching(words) }],
    });
  });

  it('names everything that is wrong at once', () => {
    const { problems } = checkServiceInput(
      {
        name: '../x',
        description: '',
        owner: '',
        environments: ['qa'],
        exposure: 'all',
      },
      KNOWN,
    );
    expect(problems.map(({ field }) => field)).toEqual([
      'name',
      'description',
      'owner',
      'environments',
      'exposure',
    ]);
  });

  it('lets no name through that is no label of DNS', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({
            unit: fc.constantFrom('a', 'z', '0', '-', '.', '/', '\n'),
          }),
        ),
        name => {
          const { service } = checkServiceInput({ ...GOOD, name }, KNOWN);
          expect(service?.name ?? 'refused').toMatch(
            /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/,
          );
          expect([name, undefined]).toContain(service?.name);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
