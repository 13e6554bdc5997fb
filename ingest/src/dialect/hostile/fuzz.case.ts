import fc from 'fast-check';
import type { Dialect } from '../dialect.js';
import { DIALECTS } from '../index.js';
import { ALL_LINES, HEADS, linesOf } from './corpus.case.js';
import { judge, judgeAll } from './judge.case.js';
import { mutated } from './mutate.case.js';

export interface FuzzCounts {
  lines: number;
  /** Lines that became events all the same. */
  events: number;
}

/** Lines of a reader's sender at most; on average half as many come. */
const SENDER_LINES = 12;

/** Names of the dialects that have lines to start from. */
export const fuzzable = (): readonly string[] =>
  DIALECTS.map(({ name }) => name).filter((name) => linesOf(name).length > 0);

/**
 * Makes lines from a dialect's own and reads them: each alone, and for a dialect with a memory a third of them as what one
 * sender sends. The same seed makes the same lines.
 * @throws Error with the shortest line found that breaks the contract, and how to make it again
 */
export function fuzz(name: string, lines: number, seed: number, counts: FuzzCounts): void {
  const dialect = DIALECTS.find((each) => each.name === name);
  if (dialect === undefined) throw new Error(`Cannot fuzz "${name}": there is no such dialect.`);
  const sent = dialect.open === undefined ? 0 : Math.floor(lines / 3);
  alone(dialect, lines - sent, seed, counts);
  if (sent > 0) together(dialect, Math.ceil(sent / (SENDER_LINES / 2)), seed, counts);
}

function alone(dialect: Dialect, runs: number, seed: number, counts: FuzzCounts): void {
  const property = fc.property(mutated(linesOf(dialect.name), ALL_LINES), (line) => {
    counts.lines++;
    if (judge(dialect, line) === 'ok') counts.events++;
  });
  fc.assert(property, { seed, numRuns: runs });
}

function together(dialect: Dialect, runs: number, seed: number, counts: FuzzCounts): void {
  const line = fc.oneof(fc.constantFrom(...HEADS), mutated([...linesOf(dialect.name), ...HEADS], ALL_LINES));
  const property = fc.property(fc.array(line, { maxLength: SENDER_LINES }), (some) => {
    counts.lines += some.length;
    counts.events += judgeAll(dialect, some);
  });
  fc.assert(property, { seed, numRuns: runs });
}
