#!/usr/bin/env node
// npm run bench [-- NAME…]: runs the benchmarks of test/bench one after the other and writes test/bench/RESULTS.md.
// Each prints one JSON object a line on stdout; figures are of this machine, on this day, and nothing asserts them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const today = new Date().toISOString().slice(0, 10);
const measured = [];
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
  const failed = code === 0 ? '' : `\nIt ended with exit code ${code}.\n`;
  measured.push(`## ${name}\n\nMeasured ${today}.\n\n| what | figure |\n| --- | --- |\n${rows.join('\n')}\n${failed}`);
  if (code !== 0) note(output.slice(-3000));
}

const cpu = os.cpus()[0]?.model ?? 'unknown processor';
const head = `# Benchmarks

Written by \`npm run bench\`: ${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]}, Node ${process.versions.node}.
Absolute figures are of that machine, which others share; the ratios within one run are what to compare.

`;
// Those asked for by name are written among the others, which stay as they were measured.
const results = path.join(folder, 'RESULTS.md');
const before =
  asked.length > 0 && existsSync(results)
    ? readFileSync(results, 'utf8')
        .split(/^(?=## )/m)
        .slice(1)
    : [];
const nameOf = (section) => section.slice(3, section.indexOf('\n'));
const all = new Map([...before, ...measured].map((section) => [nameOf(section), section.trimEnd()]));
const sorted = [...all.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, section]) => section);
writeFileSync(results, `${head}${sorted.join('\n\n')}\n`);
process.stdout.write(measured.join('\n'));
