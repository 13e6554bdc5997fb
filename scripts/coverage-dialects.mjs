#!/usr/bin/env node
// npm run coverage:dialects [-- NAME…]: how many branches of each dialect its tests take: its samples, the real lines where
// they are, and the hostile lines made of them (FUZZ_RUNS asks for more). The first figure is parse.ts, the second the folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runStep } from './lib/steps.mjs';
import { install, requireNode, ROOT } from './lib/tools.mjs';

requireNode();
install();

const FOLDER = path.join('ingest', 'src', 'dialect');
const asked = process.argv.slice(2);
const names = readdirSync(path.join(ROOT, FOLDER))
  .filter((name) => readdirSafe(path.join(ROOT, FOLDER, name)).some((file) => file.endsWith('.test.ts')))
  .filter((name) => asked.length === 0 || asked.includes(name));
if (names.length === 0) {
  console.error(`coverage: ${asked.join(', ')} is no folder with tests in ${FOLDER}.`);
  process.exit(2);
}

const report = mkdtempSync(path.join(os.tmpdir(), 'fireplot-coverage-'));
const { code, output } = await runStep({
  name: `coverage of ${names.length} dialects`,
  command: [
    process.execPath,
    path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    ...[
      'run',
      '--project',
      'ingest',
      '--coverage.enabled',
      '--coverage.provider=v8',
      '--coverage.reporter=json-summary',
    ],
    `--coverage.reportsDirectory=${report}`,
    `--coverage.include=${FOLDER}/*/*.ts`,
    ...names.map((name) => path.join(FOLDER, name) + path.sep),
  ],
});
if (code !== 0) {
  console.error(output);
  rmSync(report, { recursive: true });
  process.exit(1);
}
const files = Object.entries(JSON.parse(readFileSync(path.join(report, 'coverage-summary.json'), 'utf8')));
rmSync(report, { recursive: true });

/** Branches of the files that `chosen` takes, as `taken/all`. */
function branches(chosen) {
  const of = files.filter(([file]) => chosen(file)).map(([, { branches }]) => branches);
  const sum = (key) => of.reduce((total, one) => total + one[key], 0);
  return { covered: sum('covered'), total: sum('total') };
}

const share = ({ covered, total }) =>
  total === 0 ? '–' : `${((100 * covered) / total).toFixed(1).padStart(5)} %  ${`${covered}/${total}`.padStart(9)}`;

console.log(`${'dialect'.padEnd(14)} ${'parse.ts'.padStart(18)}   ${'folder'.padStart(18)}`);
for (const name of names) {
  const inside = path.join(FOLDER, name) + path.sep;
  const main = branches((file) => file.endsWith(`${inside}parse.ts`));
  console.log(
    `${name.padEnd(14)} ${share(main).padStart(18)}   ${share(branches((file) => file.includes(inside))).padStart(18)}`
  );
}
const all = branches((file) => names.some((name) => file.includes(path.join(FOLDER, name) + path.sep)));
console.log(`${'all'.padEnd(14)} ${''.padStart(18)}   ${share(all).padStart(18)}`);

function readdirSafe(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
