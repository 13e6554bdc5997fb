import { newEvent, reset } from '../event/event.js';
import type { Reader } from './dialect.js';
import { TEST_CONTEXT } from './formats.case.js';
import { described } from './samples.case.js';

/** Verdicts of lines in their order, read by one reader; the event where there is one. */
export function readAll(reader: Reader, lines: readonly string[]): readonly unknown[] {
  const event = newEvent();
  return lines.map((line) => {
    if (!reader.claims(line)) return 'unclaimed';
    reset(event);
    const verdict = reader.parse(line, TEST_CONTEXT, event);
    return verdict === 'ok' ? described(event) : verdict;
  });
}

/** How often each verdict fell; events count as 'ok'. */
export function countVerdicts(verdicts: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) {
    const key = typeof verdict === 'string' ? verdict : 'ok';
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
