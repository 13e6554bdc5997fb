#!/usr/bin/env node
// npm run score. Runs score.ts from the sources, with threads enough for the engine.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hooks = new URL('../../ingest/source-hooks/register.mjs', import.meta.url).href;
const script = fileURLToPath(new URL('score.ts', import.meta.url));
const child = spawn(process.execPath, ['--import', hooks, script], {
  env: { ...process.env, TZ: 'UTC', UV_THREADPOOL_SIZE: '8' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
child.on('close', (code) => (process.exitCode = code ?? 1));
