// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// For *-common packages: the present instant is an argument, never read.
const message =
  'A common package has no clock of its own: take `now` as an argument.';

module.exports = {
  rules: {
    'jest/expect-expect': [
      'error',
      // Tables of cases share one function; a property is an assertion.
      { assertFunctionNames: ['expect', 'check', 'fc.assert'] },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector:
          "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message,
      },
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message,
      },
    ],
    'no-restricted-globals': [
      'error',
      'window',
      'document',
      'process',
      'fetch',
      'setTimeout',
      'setInterval',
    ],
  },
};
