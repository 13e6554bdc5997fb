import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { newEvent, reset } from '../event/event.js';
import { actionRules, dialectOf } from './index.js';
import type { Context } from './dialect.js';

/**
 * How many lines a second one core parses: `node ingest/dist/dialect/parse.bench.js [FILE…]` after a build. Without
 * files it reads the sample day in both dialects. Prints the best and the median round of each; no test measures time.
 */
const ROUNDS = 11;
const SAMPLE = new URL('../../../test/data/sample/', import.meta.url);

const context: Context = { received: Date.UTC(2026, 11, 1), year: undefined, toUtc: Date.UTC, actionOf: actionRules() };
const event = newEvent();

/** Each line cut from the bytes on its own, as the reader does: not a slice of one long text, which reads slower. */
function linesOf(path: string): readonly string[] {
  const file = readFileSync(path);
  const bytes = path.endsWith('.gz') ? gunzipSync(file) : file;
  const lines: string[] = [];
  for (let start = 0, end = 0; (end = bytes.indexOf(10, start)) >= 0; start = end + 1) {
    if (end > start) lines.push(bytes.toString('latin1', start, end));
  }
  return lines;
}

interface Round {
  /** Lines a second by the clock. */
  readonly clock: number;
  /** Lines a second of this process's own time: what the clock would say on an idle machine. */
  readonly own: number;
}

/** Finds the dialect of each line and parses it. Throws when a round does not give what the first gave. */
function round(lines: readonly string[], expected: number): Round {
  let parsed = 0;
  const used = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (const line of lines) {
    reset(event);
    if (dialectOf(line)?.parse(line, context, event) === 'ok') parsed++;
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(used);
  if (parsed !== expected) throw new Error(`Parsed ${parsed} lines, ${expected} the round before.`);
  return { clock: lines.length / seconds, own: (lines.length / (user + system)) * 1e6 };
}

function bench(path: string): void {
  const lines = linesOf(path);
  const expected = lines.filter((line) => {
    reset(event);
    return dialectOf(line)?.parse(line, context, event) === 'ok';
  }).length;
  const rounds = Array.from({ length: ROUNDS }, () => round(lines, expected));
  const clock = rounds.map((each) => each.clock).sort((a, b) => b - a);
  const own = rounds.map((each) => each.own).sort((a, b) => b - a);
  const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
  const words = [
    `${path}: ${expected} of ${lines.length} lines parsed`,
    `by the clock ${perSecond(clock)}`,
    `by its own time ${perSecond(own)}`,
    `${Math.round(bytes / lines.length)} bytes a line`,
  ];
  process.stdout.write(`${words.join(', ')}\n`);
}

const perSecond = (rates: readonly number[]): string => {
  const [best = 0, median = 0] = [rates[0], rates[ROUNDS >> 1]].map((rate) => Math.round(rate ?? 0));
  return `${best.toLocaleString('en')} lines/s (median ${median.toLocaleString('en')})`;
};

const files = process.argv.slice(2);
const samples = ['netfilter', 'mikrotik'].map((name) => fileURLToPath(new URL(`${name}.log.gz`, SAMPLE)));
for (const file of files.length > 0 ? files : samples) bench(file);
