// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// Who may import whom. The layout that these rules keep is in docs/architecture.md.
const TESTS =
  '\\.(test|bench)\\.tsx?$|/testing/|/__testing__/|/__testUtils__/|/__recordings__/|/e2e-tests/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Data flows one way: observe, assess, serve, show.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'common-is-pure',
      comment:
        '*-common has no I/O: engines take plain objects and return plain objects.',
      severity: 'error',
      from: { path: '^plugins/[^/]+-common/src', pathNot: TESTS },
      to: {
        dependencyTypes: ['core'],
      },
    },
    {
      name: 'common-knows-only-common',
      severity: 'error',
      from: { path: '^plugins/[^/]+-common/src', pathNot: TESTS },
      to: {
        path: [
          '^plugins/(?![^/]+-common/)',
          '^packages/',
          'node_modules/(react|express|knex|@backstage/(backend|core|frontend|ui|plugin-.*-(node|react|backend)))',
        ],
      },
    },
    {
      name: 'backend-plugins-stand-alone',
      comment: 'What two backend plugins need is a service in delivery-node.',
      severity: 'error',
      from: {
        path: '^plugins/([^/]+-backend[^/]*)/',
        pathNot: TESTS,
      },
      to: {
        path: '^plugins/[^/]+-backend',
        pathNot: '^plugins/$1/',
      },
    },
    {
      name: 'browser-code-stays-in-the-browser',
      severity: 'error',
      from: {
        path: '^(packages/app|plugins/(delivery|delivery-react|flux|sandbox|scaffolder-module-fields))/src',
        pathNot: TESTS,
      },
      to: { path: '^plugins/[^/]+-(backend|node)' },
    },
    {
      name: 'sandbox-plays-the-other-side',
      comment:
        'It must not agree with us by construction, so it shares no code with the plugins.',
      severity: 'error',
      from: { path: '^packages/sandbox/' },
      to: { path: '^plugins/' },
    },
    {
      name: 'plugins-never-need-the-sandbox',
      severity: 'error',
      from: { path: '^(plugins|packages/(app|backend))/', pathNot: TESTS },
      to: { path: '^packages/sandbox/' },
    },
    {
      name: 'launcher-has-no-dependency',
      severity: 'error',
      from: { path: '^packages/launcher/' },
      to: { pathNot: '^packages/launcher/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-types|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
