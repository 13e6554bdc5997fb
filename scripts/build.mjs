#!/usr/bin/env node
// npm run build [-- --all]: builds what is missing or stale.
import { buildStale } from './lib/parts.mjs';
import { note } from './lib/say.mjs';
import { install, requireGo, requireNode } from './lib/tools.mjs';

requireNode();
install();
const built = await buildStale({ all: process.argv.includes('--all'), needGo: requireGo });
note(built === 0 ? 'Everything is built.' : `Built ${built} parts.`);
