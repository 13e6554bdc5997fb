import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

/**
 * Starts `NAME-thread` beside this file as a worker thread: the compiled one where this file is compiled, else the
 * source, so that tests run what they see.
 */
export function spawnThread(name: string, options: WorkerOptions): Worker {
  const compiled = new URL(`./${name}-thread.js`, import.meta.url);
  if (existsSync(fileURLToPath(compiled))) return new Worker(compiled, options);
  const hooks = new URL('../../../source-hooks/register.mjs', import.meta.url);
  const execArgv = ['--import', hooks.href];
  return new Worker(new URL(`./${name}-thread.ts`, import.meta.url), { ...options, execArgv });
}
