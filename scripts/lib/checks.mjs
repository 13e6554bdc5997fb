// Lint, format and types of every workspace: what `npm run lint` runs, and `npm test` before anything else.
export const CHECKS = [
  { name: 'lint', command: ['npx', '--no', 'eslint', '--max-warnings', '0', '.'] },
  { name: 'lint, data source', command: ['npx', '--no', 'eslint', '--max-warnings', '0', '.'], cwd: 'datasource-plugin' },
  { name: 'lint, panel', command: ['npx', '--no', 'eslint', '--max-warnings', '0', '.'], cwd: 'panel-plugin' },
  { name: 'format', command: ['npx', '--no', 'prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types, ingest', command: ['npx', '--no', 'tsc', '-p', 'tsconfig.test.json'], cwd: 'ingest' },
  { name: 'types, data source', command: ['npx', '--no', 'tsc', '--noEmit'], cwd: 'datasource-plugin' },
  { name: 'types, panel', command: ['npx', '--no', 'tsc', '--noEmit'], cwd: 'panel-plugin' },
  { name: 'types, workbench', command: ['npx', '--no', 'tsc', '--noEmit'], cwd: 'workbench' },
  { name: 'types, browser tests', command: ['npx', '--no', 'tsc', '--noEmit'], cwd: 'test' },
];
