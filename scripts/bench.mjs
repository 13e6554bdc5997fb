#!/usr/bin/env node
// npm run bench [-- NAME…]: runs the benchmarks of test/bench one after the other and writes test/bench/RESULTS.md.
// Each prints one JSON object a line on stdout; figures are of this machine, on this day, and nothing asserts them.
import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildStale } from './lib/parts.mjs';
import { note } from './lib/say.mjs';
import { runStep } from './lib/steps.mjs';
import { install, requireGo, requireNode, ROOT } from './lib/tools.mjs';

requireNode();
install();
await buildStale({ needGo: requireGo });

const folder = path.join(ROOT, 'test', 'bench');
const asked = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -4))
  .filter((name) => asked.length === 0 || asked.includes(name));

/** What a benchmark does only when asked, and is asked here. */
const ARGUMENTS = { query: ['--full'] };

const sections = [];
for (const name of names) {
  const { code, output } = await runStep({
    name,
    command: [process.execPath, path.join(folder, `${name}.mjs`), ...(ARGUMENTS[name] ?? [])],
  });
  const results = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const rows = results.flatMap((result) =>
    Object.entries(result).map(
      ([key, value]) => `| ${key} | ${typeof value === 'object' ? JSON.stringify(value) : value} |`
    )
  );
  sections.push(`## ${name}\n\n| what | figure |\n| --- | --- |\n${rows.join('\n')}\n`);
  if (code !== 0) {
    sections.push(`It ended with exit code ${code}.\n`);
    note(output.slice(-3000));
  }
}

const cpu = os.cpus()[0]?.model ?? 'unknown processor';
const head = `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]}, Node ${process.versions.node}.
Absolute figures are of that machine, which others share; the ratios within one run are what to compare.

`;
if (asked.length === 0) writeFileSync(path.join(folder, 'RESULTS.md'), head + sections.join('\n'));
else process.stdout.write(sections.join('\n'));
