import type { Context } from '../dialect.js';
import { codeAt, isDigit, SPACE } from '../scan.js';
import { BAD_TIME, zonedTime } from '../syslog/clock.js';
import { clock, monthAt, readClock, yearAt } from '../syslog/parts.js';
import { form, readText } from './forms.js';
import { Field, fields } from './keys.js';

/** What stands before the pairs of the two old forms: the time, and which side of the interface was passed. */
export const lead = { time: 0, outbound: false };

const GREATER = 62;
const LESS = 60;

/** Reads `3Sep2007 15:10:28 drop   192.0.2.1 >eth2 rule: 9; …` from `at`: time, action, origin, interface, then pairs. */
export function readOldText(line: string, at: number, end: number, context: Context): void {
  form.complete = false;
  let i = dateEnd(line, at);
  lead.time = timeAt(line, at, i, skip(line, i), context);
  i = skip(line, wordStop(line, skip(line, i), end));
  let stop = wordStop(line, i, end);
  fields.put(Field.Action, i, stop, stop < end);
  i = skip(line, stop);
  stop = wordStop(line, i, end);
  fields.put(Field.Origin, i, stop, stop < end);
  i = skip(line, stop);
  const side = codeAt(line, i);
  lead.outbound = side === LESS;
  if (side === LESS || side === GREATER) {
    stop = wordStop(line, i, end);
    fields.put(Field.Interface, i + 1, stop, stop < end);
    i = stop;
  }
  readText(line, i, end);
}

/** Columns of the exported table, in its default order; those not named are not needed. */
const COLUMNS: readonly (Field | undefined)[] = [
  undefined, // number
  undefined, // date
  undefined, // time
  Field.Interface,
  Field.Origin,
  undefined, // type
  Field.Action,
  Field.Service,
  Field.SourcePort,
  Field.Source,
  Field.Target,
  Field.Proto,
  Field.Rule,
  Field.RuleName,
];
const INFORMATION = 16;

/** Reads `"21" "10Dec2019" "23:44:49" "eth1" …` from `at`; the information's own pairs after the columns. */
export function readTable(line: string, at: number, end: number, context: Context): void {
  form.complete = false;
  lead.outbound = false;
  let date = 0;
  let column = 0;
  let i = at;
  while (i < end && codeAt(line, i) === 34) {
    const close = line.indexOf('"', i + 1);
    const stop = close < 0 || close > end ? end : close;
    const field = COLUMNS[column];
    if (field !== undefined) fields.put(field, i + 1, stop, close > 0 && close < end);
    if (column === 1) date = i + 1;
    if (column === 2) lead.time = timeAt(line, date, dateEnd(line, date), i + 1, context);
    if (column === INFORMATION) {
      readText(line, i + 1, stop, close > 0 && close < end);
    }
    column++;
    i = skip(line, stop + 1);
  }
}

function skip(line: string, at: number): number {
  let i = at;
  while (codeAt(line, i) === SPACE) i++;
  return i;
}

function wordStop(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE) i++;
  return i;
}

/** Index after `3Sep2007` at `at`. */
function dateEnd(line: string, at: number): number {
  let i = at;
  while (isDigit(codeAt(line, i))) i++;
  return i + 7;
}

/** UTC of `3Sep2007` in `line[from, to)` and the clock at `at`. */
function timeAt(line: string, from: number, to: number, at: number, context: Context): number {
  const day = to - from === 8 ? codeAt(line, from) - 48 : (codeAt(line, from) - 48) * 10 + codeAt(line, from + 1) - 48;
  if (readClock(line, at) === at) return BAD_TIME;
  const month = monthAt(line, to - 7);
  return zonedTime(context, yearAt(line, to - 4), month, day, clock.hour, clock.minute, clock.second, clock.ms);
}
