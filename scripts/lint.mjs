#!/usr/bin/env node
// npm run lint: lint, format and types of everything.
import { CHECKS } from './lib/checks.mjs';
import { runStep } from './lib/steps.mjs';
import { install, requireNode } from './lib/tools.mjs';

requireNode();
install();
let failed = 0;
for (const check of CHECKS) {
  const { code, output } = await runStep(check);
  if (code !== 0) {
    failed++;
    process.stderr.write(`${output}\n`);
  }
}
process.exit(failed === 0 ? 0 : 1);
