// The plugins have their own, scaffolded by create-plugin; this one is for everything else.
import prettier from 'eslint-config-prettier';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'datasource-plugin/', 'panel-plugin/', 'data/', 'workbench/bin/'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['ingest/**', 'scripts/**', 'test/**'],
    // What a log line says must not decide how long it is looked at: no expression may backtrack over it, in power or
    // in square, neither where it matches nor where it is tried at each character.
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'regexp/no-potentially-useless-backreference': 'error',
    },
  },
  { files: ['ingest/bin/**'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['scripts/**', 'test/**', '**/*.mjs'], rules: { 'no-console': 'off' } }
);
