#!/usr/bin/env node
// Plain JavaScript, so that npm can link it before anything is built; CommonJS, because loading an ES module starts
// libuv's threads, and their number can be set only before that.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

// The engine's queries and file reads share these threads; four would let two inserts and two panels take them all.
process.env.UV_THREADPOOL_SIZE ??= '8';

const main = path.join(__dirname, '..', 'dist', 'main.js');
if (existsSync(main)) {
  void import(pathToFileURL(main).href);
} else {
  process.stderr.write('fireplot is not built yet: run npm run build in its folder.\n');
  process.exitCode = 2;
}
