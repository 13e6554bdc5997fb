import type { Event } from '../../event/event.js';
import type { Context } from '../dialect.js';
import { isBracketed, ruleOf, trimPrefix } from '../rule.js';
import { trimmed } from '../scan.js';

/** What the text before `IN=` says: `rule` as written without its brackets and colon, and the action. */
export interface Prefix {
  readonly text: string;
  readonly rule: string;
  readonly action: Event['action'];
  /** UniFi's `DESCR="…"`, '' without. */
  readonly description: string;
}

/** Rules log line after line with the same prefix: the last one is remembered. */
let last: Prefix = { text: '', rule: '', action: 'unknown', description: '' };
let lastActionOf: Context['actionOf'] | undefined;

/** The prefix `line[from, to)`. */
export function readPrefix(line: string, from: number, to: number, context: Context): Prefix {
  const text = line.substring(from, to);
  if (text === last.text && lastActionOf === context.actionOf) return last;
  last = describe(text, context.actionOf);
  lastActionOf = context.actionOf;
  return last;
}

function describe(text: string, actionOf: Context['actionOf']): Prefix {
  let words = trimmed(text, 0, text.length);
  let description = '';
  const descr = words.indexOf('DESCR="');
  if (descr >= 0 && words.endsWith('"') && words.length > descr + 7) {
    description = words.substring(descr + 7, words.length - 1);
    words = words.substring(0, descr);
  }
  const rule = ruleOf(words);
  const bracketed = isBracketed(trimPrefix(words));
  const action = (bracketed ? ubiquitiAction(rule) : undefined) ?? actionOf(verdictOf(rule));
  return { text, rule, action, description };
}

/** `Shorewall:CHAIN:ACTION`: the chain may be called anything, `Reject` for one. */
function verdictOf(rule: string): string {
  return rule.startsWith('Shorewall:') ? rule.substring(rule.lastIndexOf(':') + 1) : rule;
}

/** EdgeOS `NAME-RULE-A`, UniFi `NAME-A-NUMBER`: A accepts, D drops, R rejects. */
function ubiquitiAction(rule: string): Event['action'] | undefined {
  const parts = rule.split('-');
  if (parts.length < 3) return undefined;
  const final = parts[parts.length - 1]!;
  return LETTERS[/^\d+$/.test(final) ? parts[parts.length - 2]! : final];
}

const LETTERS: Readonly<Record<string, Event['action']>> = { A: 'allow', D: 'drop', R: 'reject' };
