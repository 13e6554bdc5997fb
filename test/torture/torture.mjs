#!/usr/bin/env node
// npm run torture [-- --kills 20 --seconds 60 --lines 2000000 --runs 3000 --seed 1 --only kill,away,full,model,fuzz]:
// what npm test does in bounded form, for longer. Any seed is as good as another; that of a failure makes it again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    lines: { type: 'string', default: '2000000' },
    runs: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'kill,away,full,model,fuzz' },
  },
});
const seed = Number(values.seed);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVE = new URL('../../ingest/src/cli/serve/torture/', import.meta.url);
register(new URL('../../ingest/source-hooks/hooks.mjs', import.meta.url));

const PARTS = {
  /** Killed at random moments while lines come by four inputs. */
  kill: async (folder) => {
    const { killing } = await import(new URL('killing.case.ts', SERVE).href);
    return killing({ folder, kills: Number(values.kills), lifeMs: 4_000, perSecond: 500, seed, say: note });
  },
  /** The store is away while lines go on coming. */
  away: async (folder) => {
    const { awayStore } = await import(new URL('away.case.ts', SERVE).href);
    return awayStore({ folder, seconds: Number(values.seconds), perSecond: 5_000, say: note });
  },
  /** The spool's disk takes no more. */
  full: async (folder) => {
    const { fullDisk } = await import(new URL('full.case.ts', SERVE).href);
    return fullDisk({ folder });
  },
  /** Crashes, power cuts, full disks and lost answers in a model. */
  model: async () => {
    const args = ['run', '--project', 'ingest', 'ingest/src/read/live.model.test.ts'];
    const env = { ...process.env, TORTURE_RUNS: values.runs, TORTURE_SEED: values.seed };
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    return {
      wrong: code === 0 ? [] : ['the model has found a way to lose or double a line'],
      runs: Number(values.runs),
    };
  },
  /** Hostile lines for every dialect. */
  fuzz: async () => {
    const { failures, ...counts } = await fuzz({ lines: Number(values.lines), seed, say: note });
    return { wrong: failures, ...counts };
  },
};

function note(sentence) {
  process.stderr.write(`  ${sentence}\n`);
}

let failed = false;
for (const name of values.only.split(',')) {
  const part = PARTS[name];
  if (part === undefined) {
    process.stderr.write(`torture: "${name}" is no part: give some of ${Object.keys(PARTS).join(',')}.\n`);
    process.exit(2);
  }
  process.stderr.write(`${name}\n`);
  const folder = mkdtempSync(path.join(os.tmpdir(), `fireplot-torture-${name}-`));
  try {
    const result = await part(folder);
    failed ||= result.wrong.length > 0;
    process.stdout.write(`${JSON.stringify({ part: name, seed, ...result })}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed ? 1 : 0);
