import { actionRules } from '../dialect/actions.js';
import { dialectOf, DIALECTS } from '../dialect/index.js';
import type { Dialect } from '../dialect/dialect.js';
import { compile } from '../dialect/mapping/compile.js';
import { PREFIX } from '../dialect/mapping/mapping.js';
import { Interpreter } from './interpreter.js';
import type { ReadOptions } from './options.js';
import { Zone } from './zone.js';

/** Of a time that came twice, a live line's is the one within half an hour of its arrival. */
const LIVE_SLACK_MS = 30 * 60_000;

export const AUTO = 'auto';

/**
 * A name that may be given for the dialect. Whether the config has a mapping of that name is known only when it is read.
 * @throws Error with one sentence when there is none of that name
 */
export function checkDialect(name: string): string {
  if (!name.startsWith(PREFIX)) dialectsOf(name);
  return name;
}

/** @throws Error with one sentence when there is no dialect of that name */
export function dialectsOf(name: string, mapped: readonly Dialect[] = []): readonly Dialect[] {
  if (name === AUTO) return [...DIALECTS, ...mapped.map(last)];
  const all = [...DIALECTS, ...mapped];
  const one = all.filter((dialect) => dialect.name === name);
  if (one.length === 0) {
    throw new Error(`"${name}" is no dialect: give one of ${[AUTO, ...all.map((each) => each.name)].join(', ')}.`);
  }
  return one;
}

/** A mapped dialect takes only lines that no other knows: a loose mapping must not take a firewall's lines away. */
function last(dialect: Dialect): Dialect {
  const { open } = dialect;
  const free = (line: string): boolean => dialectOf(line) === undefined;
  const wrapped: Dialect = { ...dialect, claims: (line) => dialect.claims(line) && free(line) };
  if (open === undefined) return wrapped;
  return {
    ...wrapped,
    open: () => {
      const reader = open();
      return { ...reader, claims: (line) => reader.claims(line) && free(line) };
    },
  };
}

/** An interpreter of its own for every input: it remembers the line before. */
export function newInterpreter(options: ReadOptions, { live }: { live: boolean }): Interpreter {
  const zoneOf = (name: string): Zone => (live ? new Zone(name, LIVE_SLACK_MS) : new Zone(name));
  return new Interpreter({
    dialects: dialectsOf(
      options.dialect,
      (options.mappings ?? []).map((mapping) => compile(mapping, zoneOf))
    ),
    zone: zoneOf(options.timezone),
    year: options.year,
    actionOf: actionRules(
      options.actions.map((rule) => ({ ...rule, match: Buffer.from(rule.match).toString('latin1') }))
    ),
    live,
  });
}
