import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Batcher } from '../../read/batcher.js';
import { newInterpreter } from '../../read/dialects.js';
import { newSender } from '../../read/interpreter.js';
import { IntelMatcher } from './matcher.js';
import { nameTable } from './names.js';
import { v4Tables, v6Tables } from './tables.js';

/**
 * What matching costs as lines come in: `node --import ./ingest/source-hooks/register.mjs
 * ingest/src/intel/match/match.bench.ts FILE[.gz]`. Reads the file's lines into rows without indicators, with 100,000
 * and with 1,000,000 networks, in turn, and prints lines a second of this process's own time, the median of the rounds.
 */
const ROUNDS = 9;
const SIZES = [0, 100_000, 1_000_000];

/** Distinct addresses all over IPv4, by a generator with a fixed seed; one in eight a /24. */
function matcher(size: number): IntelMatcher | undefined {
  if (size === 0) return undefined;
  let state = 1;
  const starts = new Map<number, number>();
  while (starts.size < size) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const net = state % 8 === 0;
    starts.set(net ? (state & 0xffff_ff00) >>> 0 : state, net ? 24 : 32);
  }
  const sorted = [...starts].map(([start, bits]) => ({ start, bits, score: 50 }));
  sorted.sort((a, b) => a.start - b.start || a.bits - b.bits);
  return new IntelMatcher({ ...v4Tables(sorted), ...v6Tables([]), names: nameTable([], [1, 2]) });
}

function linesOf(path: string): Buffer[] {
  const file = readFileSync(path);
  const bytes = path.endsWith('.gz') ? gunzipSync(file) : file;
  const lines: Buffer[] = [];
  for (let start = 0, end = 0; (end = bytes.indexOf(10, start)) >= 0; start = end + 1) {
    if (end > start) lines.push(bytes.subarray(start, end));
  }
  return lines.slice(0, 200_000);
}

const options = { dialect: 'auto', timezone: 'UTC', year: 2026, lineLimit: 8_192, own: [], actions: [], mappings: [] };

/** @returns lines a second */
function round(lines: readonly Buffer[], intel: IntelMatcher | undefined): number {
  const batcher = new Batcher(newInterpreter(options, { live: false }), undefined);
  const sender = newSender('bench');
  batcher.matchWith(intel);
  const used = process.cpuUsage();
  let seq = 0;
  for (const line of lines) {
    batcher.line(line, 0, line.length, sender, ++seq, 0, 0);
    if (batcher.rows.count === 50_000) batcher.rows.reuse(batcher.rows.take().buffer);
  }
  const { user, system } = process.cpuUsage(used);
  return (lines.length / (user + system)) * 1e6;
}

function bench(path: string): void {
  const lines = linesOf(path);
  const matchers = SIZES.map(matcher);
  const rates: number[][] = SIZES.map(() => []);
  for (let i = 0; i < ROUNDS; i++) {
    for (const [at, each] of matchers.entries()) rates[at]?.push(round(lines, each));
  }
  for (const [at, size] of SIZES.entries()) {
    const sorted = (rates[at] ?? []).sort((a, b) => a - b);
    const [median = 0, best = 0] = [sorted[ROUNDS >> 1], sorted.at(-1)];
    process.stdout.write(`${size} indicators: ${Math.round(median)} lines/s, best ${Math.round(best)}\n`);
  }
}

const path =
  process.argv[2] ?? fileURLToPath(new URL('../../../../test/data/sample/netfilter.log.gz', import.meta.url));
bench(path);
