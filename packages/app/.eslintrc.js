module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['e2e-tests/**', 'screenshots/**'],
      rules: {
        // Playwright belongs to the repository, and its `use` is no React hook.
        '@backstage/no-undeclared-imports': 'off',
        'react-hooks/rules-of-hooks': 'off',
      },
    },
  ],
});
