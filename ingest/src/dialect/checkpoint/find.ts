import { codeAt, COLON, isDigit, OPEN, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';
import { monthAt } from '../syslog/parts.js';

/** The ways in which Check Point's logs leave a gateway or its management. */
export enum Form {
  /** Log Exporter, syslog: `[action:"Drop"; src:"…"; ]` or `[sc4s@2620 action="Drop" …]`. */
  Element,
  /** Log Exporter, generic: `time=…|action=Drop|src=…`. */
  Piped,
  /** `fw log` through logger: `3Sep2007 15:10:28 drop 192.0.2.1 >eth2 rule: 9; src: …;`. */
  Text,
  /** SmartView Tracker's export: `"21" "10Dec2019" "23:44:49" …`. */
  Table,
}

/** What the last `find` found: the form, and where it starts. */
export const found = { form: Form.Element, at: 0 };

const NAMES = ['CheckPoint', 'Checkpoint'];

/** Whether the line is Check Point's own; then `found` is set. CEF and LEEF are those dialects'. */
export function find(line: string): boolean {
  return findNamed(line) || findBare(line);
}

/** `CheckPoint 19710 - ` of an RFC 5424 head, or `Checkpoint: ` of logger. */
function findNamed(line: string): boolean {
  for (const name of NAMES) {
    const at = line.indexOf(name);
    if (at < 0 || (at > 0 && codeAt(line, at - 1) > SPACE)) continue;
    let i = at + name.length;
    if (codeAt(line, i) === COLON) i++;
    else if (codeAt(line, i) === OPEN && isDigit(codeAt(line, i + 1))) i = line.indexOf(':', i) + 1;
    if (i <= 0 || codeAt(line, i) !== SPACE || !mayLead(line, at)) continue;
    // PROCID, MSGID, and `-` for structured data where there is none.
    for (let word = 0; word < 3; word++) {
      while (codeAt(line, i) === SPACE) i++;
      const stop = wordStop(line, i);
      if (!isNumber(line, i, stop) && !(stop === i + 1 && codeAt(line, i) === 45)) break;
      i = stop;
    }
    while (codeAt(line, i) === SPACE) i++;
    if (startForm(line, i)) return true;
  }
  return false;
}

/** A form with nothing before it but a head. */
function findBare(line: string): boolean {
  const element = line.indexOf('[action:"');
  if (element >= 0 && line.includes(' origin:"', element)) {
    const lead = line.startsWith('syslog', element - 6) ? element - 6 : element;
    if (mayLead(line, lead)) return start(Form.Element, element);
  }
  if (codeAt(line, 0) === 34) return isTable(line, 0) && start(Form.Table, 0);
  return isPiped(line, 0) && start(Form.Piped, 0);
}

function startForm(line: string, at: number): boolean {
  if (codeAt(line, at) === OPEN && isElement(line, at)) return start(Form.Element, at);
  if (isPiped(line, at)) return start(Form.Piped, at);
  return isDated(line, at) && start(Form.Text, at);
}

function start(form: Form, at: number): boolean {
  found.form = form;
  found.at = at;
  return true;
}

function wordStop(line: string, at: number): number {
  let i = at;
  while (i < line.length && codeAt(line, i) !== SPACE) i++;
  return i;
}

function isNumber(line: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDigit(line.charCodeAt(i))) return false;
  return to > from;
}

/** `[key:"` or `[id@2620 key="`. */
function isElement(line: string, at: number): boolean {
  const quote = line.indexOf('"', at);
  if (quote < 0 || quote > at + 96) return false;
  const before = codeAt(line, quote - 1);
  return before === COLON || before === 61;
}

/** `time=1685993296|hostname=…|…` or `loc=7|time=…`: names, pipes, and what every log has. */
function isPiped(line: string, at: number): boolean {
  if (!line.startsWith('time=', at) && !line.startsWith('loc=', at)) return false;
  const pipe = line.indexOf('|', at);
  return pipe > 0 && pipe < at + 64 && (line.includes('|product=', pipe) || line.includes('|orig', pipe));
}

/** `3Sep2007 `. */
function isDated(line: string, at: number): boolean {
  let i = at;
  while (isDigit(codeAt(line, i)) && i < at + 2) i++;
  return i > at && monthAt(line, i) >= 0 && isNumber(line, i + 3, i + 7) && codeAt(line, i + 7) === SPACE;
}

/** `"21" "10Dec2019" "`. */
function isTable(line: string, at: number): boolean {
  let i = at + 1;
  while (isDigit(codeAt(line, i))) i++;
  if (i === at + 1 || !line.startsWith('" "', i)) return false;
  i += 3;
  const quote = line.indexOf('"', i);
  return quote > i + 7 && quote < i + 10 && isNumber(line, quote - 4, quote) && monthAt(line, quote - 7) >= 0;
}
