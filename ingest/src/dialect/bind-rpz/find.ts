import type { Context } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { codeAt, COLON, isDigit, lineEnd, OPEN, skipSpaces, SPACE, wordEnd } from '../scan.js';
import { BAD_TIME, zonedTime } from '../syslog/clock.js';
import { newHead, readHead } from '../syslog/head.js';
import { clock, isYear, monthAt, readClock, two, yearAt } from '../syslog/parts.js';

const DASH = 45;

/** What stands before named's own words, and where those begin. */
export const head = newHead();

export enum Form {
  None,
  /** `client 192.0.2.1#53 (name): rpz …`. */
  Client,
  /** The CEF line of an Infoblox server. */
  Cef,
  /** A policy zone that was loaded. */
  Zone,
}

/** What the last `find` located. */
export const found = {
  form: Form.None,
  /** Index of `client `, or of `CEF:`. */
  at: 0,
  end: 0,
  /** named's own stamp: UTC ms, 0 without one, `BAD_TIME` when it is no time. */
  time: 0,
  count: 1,
};

const NO_CONTEXT: Context = { received: 0, year: undefined, toUtc: Date.UTC, actionOf: () => 'unknown' };

/**
 * Finds where a rewrite begins behind whatever stands before it: a syslog head, the program's tag, named's stamp, its
 * category and severity, in that order and each optional. Only named may stand there: the same words in another program's
 * line are a stranger's.
 */
export function find(line: string, context: Context = NO_CONTEXT): Form {
  found.form = Form.None;
  found.time = 0;
  found.count = 1;
  found.end = lineEnd(line);
  if (!line.includes('rpz')) return Form.None;
  readHead(line, context, head);
  if (head.appEnd > head.appStart && !isNamed(line, head.appStart, head.appEnd)) return Form.None;
  let i = skipSpaces(line, head.at);
  // ISO stamps of named's own have no host behind them: the first word is taken for one.
  if (line.startsWith('client ', head.hostStart) && head.hostEnd === head.hostStart + 6) {
    i = head.hostStart;
    head.hostEnd = head.hostStart;
  }
  return (found.form = follow(line, i, context));
}

/** Program, relay's second host name, stamp, category and severity. */
const WORDS = 7;

function follow(line: string, at: number, context: Context): Form {
  let i = at;
  let rpz = false;
  for (let words = 0; words < WORDS && i < found.end; words++) {
    if (line.startsWith('client ', i)) {
      found.at = i;
      return isRewrite(line, i) ? Form.Client : Form.None;
    }
    if (line.startsWith('CEF:', i)) {
      found.at = i;
      return Form.Cef;
    }
    if (openRepeat(line, i, found.end)) {
      found.count = repeat.count;
      found.end = repeat.end;
      i = repeat.at;
      continue;
    }
    const own = readStamp(line, i, context);
    if (own > i) {
      i = skipSpaces(line, own);
      continue;
    }
    const end = wordEnd(line, i, found.end);
    if (rpz && isZoneEvent(line, end)) return Form.Zone;
    if (isLabel(line, i, end)) rpz ||= line.startsWith('rpz:', i);
    else if (words > 0 || !isLabelNext(line, end)) return Form.None;
    i = skipSpaces(line, end);
  }
  return Form.None;
}

/** Whether a client's message speaks of a policy: `rpz` follows, before it at most a view's name. */
function isRewrite(line: string, at: number): boolean {
  const rpz = line.indexOf(': rpz ', at);
  if (rpz > 0 && rpz < found.end) return true;
  const disabled = line.indexOf(': disabled rpz ', at);
  return disabled > 0 && disabled < found.end;
}

/** Behind `rpz: ZONE:`. */
function isZoneEvent(line: string, at: number): boolean {
  if (codeAt(line, at - 1) !== COLON) return false;
  return line.startsWith(' reload ', at) || line.startsWith(' new zone version ', at);
}

const LABELS = new Set(
  'rpz rpz-passthru queries query-errors client security general default info notice warning error critical'.split(' ')
);

/** `rpz:`, `info:`, `named[811]:`, and the two words `debug 3:`. */
function isLabel(line: string, from: number, to: number): boolean {
  if (to - from > 40) return false;
  if (codeAt(line, to - 1) !== COLON) return line.startsWith('debug ', from) && to - from === 5;
  if (isDigit(codeAt(line, from))) return line.startsWith(' debug ', from - 7) || line.startsWith('debug ', from - 6);
  return LABELS.has(line.substring(from, to - 1)) || isNamed(line, from, to - 1);
}

/** Relays put an address beside the host's name, before the program. */
function isLabelNext(line: string, at: number): boolean {
  const next = skipSpaces(line, at);
  return next > at && isNamed(line, next, wordEnd(line, next, found.end));
}

/** Whether a program's name, with or without its process id, is that of BIND. */
function isNamed(line: string, from: number, to: number): boolean {
  let end = from;
  while (end < to && line.charCodeAt(end) !== OPEN) end++;
  const name = line.substring(from, Math.min(end, from + 64));
  return name.includes('named') || name.includes('bind');
}

/** `30-Oct-2026 04:53:40.564` into `found.time`: local time with a year. Index after it, or `at`. */
function readStamp(line: string, at: number, context: Context): number {
  const month = monthAt(line, at + 3);
  if (month < 0 || codeAt(line, at + 2) !== DASH || codeAt(line, at + 6) !== DASH || !isYear(line, at + 7)) return at;
  if (two(line, at) < 0 || codeAt(line, at + 11) !== SPACE) return at;
  const end = readClock(line, at + 12);
  if (end === at + 12) return at;
  const { hour, minute, second, ms } = clock;
  const time = zonedTime(context, yearAt(line, at + 7), month, two(line, at), hour, minute, second, ms);
  found.time = time === 0 ? BAD_TIME : time;
  return end;
}
