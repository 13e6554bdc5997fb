import { newEvent, reset } from '../../event/event.js';
import { actionRules } from '../actions.js';
import { checkEvent } from '../check.case.js';
import { REASONS, type Context, type Dialect, type Reason } from '../dialect.js';
import { checkRow } from './row.case.js';

/** As the reader's, in zone UTC; without a clock. */
const CONTEXT: Context = {
  received: Date.UTC(2026, 10, 22, 12),
  year: undefined,
  toUtc: Date.UTC,
  actionOf: actionRules(),
};

const event = newEvent();

// Plain throws: a matcher for each of some ten thousand lines would take longer than the dialect.
function check(verdict: 'ok' | 'header' | Reason, line: string): void {
  if (verdict === 'ok') {
    checkEvent(event);
    checkRow(event, line);
  } else if (verdict !== 'header' && !REASONS.includes(verdict)) throw new Error(`"${String(verdict)}" is no reason.`);
}

/**
 * Holds what a dialect says of a line against its contract: a verdict and no throw, an event whose fields are within their
 * types and are stored as they are, and nothing read that is not claimed.
 * @throws Error that says what is not so
 */
export function judge(dialect: Dialect, line: string): 'ok' | Reason {
  const claimed = dialect.claims(line);
  reset(event);
  const verdict = dialect.parse(line, CONTEXT, event);
  check(verdict, line);
  if (!claimed && verdict !== 'unclaimed') throw new Error(`Not claimed, but read all the same: ${verdict}.`);
  return verdict;
}

/** The same of lines that one sender sends one after the other, empty ones among them. Returns how many became events. */
export function judgeAll(dialect: Dialect, lines: readonly string[]): number {
  const reader = dialect.open?.() ?? dialect;
  let events = 0;
  for (const line of lines) {
    if (line === '') {
      if ('blank' in reader) reader.blank?.();
      continue;
    }
    if (!reader.claims(line)) continue;
    reset(event);
    const verdict = reader.parse(line, CONTEXT, event);
    check(verdict, line);
    if (verdict === 'ok') events++;
  }
  return events;
}
