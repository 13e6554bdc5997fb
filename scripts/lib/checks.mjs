// Lint, format and types of every workspace: what `npm run lint` runs, and `npm test` before anything else.
import path from 'node:path';
import { ROOT } from './tools.mjs';

const ESLINT = [process.execPath, path.join(ROOT, 'node_modules/eslint/bin/eslint.js'), '--max-warnings', '0'];
const TSC = [process.execPath, path.join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit'];
const PRETTIER = [process.execPath, path.join(ROOT, 'node_modules/prettier/bin/prettier.cjs'), '--log-level', 'warn'];

export const CHECKS = [
  { name: 'lint', command: [...ESLINT, '.'] },
  { name: 'lint, data source', command: [...ESLINT, '.'], cwd: 'datasource-plugin' },
  { name: 'lint, panel', command: [...ESLINT, '.'], cwd: 'panel-plugin' },
  { name: 'format', command: [...PRETTIER, '--check', '.'] },
  { name: 'types, ingest', command: [...TSC, '-p', 'tsconfig.test.json'], cwd: 'ingest' },
  { name: 'types, data source', command: TSC, cwd: 'datasource-plugin' },
  { name: 'types, panel', command: TSC, cwd: 'panel-plugin' },
  { name: 'types, workbench', command: TSC, cwd: 'workbench' },
  { name: 'types, browser tests', command: TSC, cwd: 'test' },
];
