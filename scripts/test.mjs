#!/usr/bin/env node
// npm test [-- --unit | --e2e]: installs and builds what is missing, then checks, unit tests, Go tests and the
// browser tests on the whole suite. GRAFANA_URL runs the browser tests on that Grafana instead of the workbench.
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from './lib/browser.mjs';
import { CHECKS } from './lib/checks.mjs';
import { buildStale } from './lib/parts.mjs';
import { fail, note } from './lib/say.mjs';
import { add, goCounts, runStep, vitestCounts } from './lib/steps.mjs';
import { install, requireGo, requireNode, ROOT } from './lib/tools.mjs';

const only = process.argv.slice(2);
const wants = (what) => only.length === 0 || only.includes(`--${what}`);

requireNode();
requireGo();
install();
await buildStale({ needGo: requireGo });

const VITEST = [process.execPath, path.join(ROOT, 'node_modules/vitest/vitest.mjs')];
const total = { passed: 0, failed: 0, skipped: 0, complaints: [] };
const report = (name) => path.join(os.tmpdir(), `fireplot-${process.pid}-${name}.json`);

async function vitest(name, args, env) {
  const file = report(name);
  const { code, output } = await runStep({
    name,
    command: [...VITEST, 'run', '--reporter=json', `--outputFile=${file}`, ...args],
    env,
  });
  const counts = vitestCounts(file);
  // Vitest also fails on an error outside any test; that must not pass for lack of a red test.
  if (code !== 0 && counts.failed === 0) add(counts, { passed: 0, failed: 1, skipped: 0, complaints: [output] });
  add(total, counts);
}

async function go(name, cwd) {
  const { code, output } = await runStep({ name, command: ['go', 'test', '-json', '-vet=all', './...'], cwd });
  const counts = goCounts(output);
  if (code !== 0 && counts.failed === 0)
    add(counts, { passed: 0, failed: 1, skipped: 0, complaints: [output.slice(-4000)] });
  add(total, counts);
}

if (wants('unit')) {
  for (const check of CHECKS) {
    const { code, output } = await runStep(check);
    add(total, {
      passed: code === 0 ? 1 : 0,
      failed: code === 0 ? 0 : 1,
      skipped: 0,
      complaints: code === 0 ? [] : [`${check.name}\n${output}`],
    });
  }
  await Promise.all([
    vitest('unit tests', []),
    (async () => {
      await go('Go tests, data source', 'datasource-plugin');
      await go('Go tests, workbench', 'workbench');
    })(),
  ]);
}
if (wants('e2e')) {
  const browser = await findBrowser().catch((error) => fail(error.message, 1));
  await vitest('browser tests', ['--config', 'test/e2e/vitest.config.ts'], { CHROMIUM_PATH: browser });
}

for (const complaint of total.complaints) process.stderr.write(`\n${complaint}\n`);
note('');
process.stdout.write(`Tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
