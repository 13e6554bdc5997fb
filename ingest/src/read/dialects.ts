import { actionRules } from '../dialect/actions.js';
import { DIALECTS } from '../dialect/index.js';
import type { Dialect } from '../dialect/dialect.js';
import { Interpreter } from './interpreter.js';
import type { ReadOptions } from './options.js';
import { Zone } from './zone.js';

/** Of a time that came twice, a live line's is the one within half an hour of its arrival. */
const LIVE_SLACK_MS = 30 * 60_000;

export const AUTO = 'auto';

/** @throws Error with one sentence when there is no dialect of that name */
export function dialectsOf(name: string): readonly Dialect[] {
  const all = DIALECTS;
  if (name === AUTO) return all;
  const one = all.filter((dialect) => dialect.name === name);
  if (one.length === 0) {
    throw new Error(`"${name}" is no dialect: give one of ${[AUTO, ...all.map((each) => each.name)].join(', ')}.`);
  }
  return one;
}

/** An interpreter of its own for every input: it remembers the line before. */
export function newInterpreter(options: ReadOptions, { live }: { live: boolean }): Interpreter {
  return new Interpreter({
    dialects: dialectsOf(options.dialect),
    zone: live ? new Zone(options.timezone, LIVE_SLACK_MS) : new Zone(options.timezone),
    year: options.year,
    actionOf: actionRules(
      options.actions.map((rule) => ({ ...rule, match: Buffer.from(rule.match).toString('latin1') }))
    ),
    live,
  });
}
