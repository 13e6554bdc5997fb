#!/usr/bin/env node
// Plain JavaScript, so that npm can link it before anything is built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) {
  // The engine's queries and file reads share libuv's threads; four would let two inserts and two panels take them all.
  process.env.UV_THREADPOOL_SIZE ??= '8';
  await import(main.href);
} else {
  process.stderr.write('fireplot is not built yet: run npm run build in its folder.\n');
  process.exitCode = 2;
}
