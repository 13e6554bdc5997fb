import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { Fields } from '../fields/fields.js';
import { leads } from '../fields/lead.js';
import { readPairs } from '../fields/pairs.js';
import { Keys } from '../keys.js';
import { cursor, decimal, lineEnd, MAX_UINT32, name, wordEnd } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';
import { fileOf, hostOf, readEnds, readRule } from './settle.js';

const LEVEL = 'Alert Level: ';
const CRIT = 'crit=';
const COMMA = 44;

enum Field {
  Text,
  Location,
  Source,
  SourcePort,
  Target,
  TargetPort,
  User,
}

const fields = new Fields<Field>(Field.User + 1);

/** Of `srcip: 192.0.2.1;`, and of `src_ip="192.0.2.1",`: behind the comma that parts two pairs stands a space. */
const WORDS = new Keys<Field>({
  srcip: Field.Source,
  srcport: Field.SourcePort,
  dstip: Field.Target,
  dstport: Field.TargetPort,
  user: Field.User,
});
const PAIRS = new Keys<Field>({
  description: Field.Text,
  ' component': Field.Location,
  ' src_ip': Field.Source,
  ' src_port': Field.SourcePort,
  ' dst_ip': Field.Target,
  ' dst_port': Field.TargetPort,
  ' acct': Field.User,
});

/** Index of the alert that OSSEC's client-syslog sends, in either of its two forms; -1 for any other line. */
export function findSyslog(line: string): number {
  let at = line.indexOf(LEVEL);
  if (at >= 0 && line.indexOf('; Rule: ', at) > 0 && leads(line, at)) return at;
  at = line.indexOf(CRIT);
  return at >= 0 && line.indexOf(' description="', at) > 0 && leads(line, at) ? at : -1;
}

const head = newHead();

export function parseSyslog(line: string, at: number, context: Context, event: Event): 'ok' | Reason {
  readHead(line, context, head);
  event.time = head.time;
  if (event.time < 0) return 'time-range';
  fields.clear();
  const end = lineEnd(line);
  const words = line.startsWith(LEVEL, at);
  const level = number(line, at + (words ? LEVEL.length : CRIT.length), end);
  const ruleAt = line.indexOf(words ? '; Rule: ' : ' id=', cursor.at);
  if (level === '' || ruleAt !== cursor.at) return 'bad-field';
  const rule = number(line, ruleAt + (words ? 8 : 4), end);
  if (rule === '') return 'bad-field';
  if (words ? !locateWords(line, cursor.at, end) : !locatePairs(line, cursor.at + 1, end)) return 'truncated';
  const location = fields.text(line, Field.Location);
  event.sensor = hostOf(location) || name(line, head.hostStart, head.hostEnd);
  const text = (field: Field): string => fields.text(line, field);
  const verdict = readEnds(
    {
      source: text(Field.Source),
      sourcePort: text(Field.SourcePort),
      target: text(Field.Target),
      targetPort: text(Field.TargetPort),
      proto: '',
    },
    event
  );
  if (verdict !== 'ok') return verdict;
  readRule(rule, level, text(Field.Text), '', event);
  setAttr(event, 'file', fileOf(location));
  setAttr(event, 'user', text(Field.User));
  return 'ok';
}

/** The digits at `at`; '' when there are none. `cursor.at` is behind them. */
function number(line: string, at: number, end: number): string {
  return decimal(line, at, end, MAX_UINT32) < 0 ? '' : line.substring(at, cursor.at);
}

/** ` - TEXT; Location: (gate) 192.0.2.1->/var/log/secure; classification: …; srcip: 192.0.2.1; user: root; LINE`. */
function locateWords(line: string, at: number, end: number): boolean {
  const location = line.indexOf('; Location: ', at);
  if (!line.startsWith(' - ', at) || location < 0) return false;
  fields.put(Field.Text, at + 3, location, true);
  const stop = line.indexOf('; ', location + 12);
  if (stop < 0 || stop >= end) return false;
  fields.put(Field.Location, location + 12, stop, true);
  // The matched line follows the known words: what it says is never read for one of them, unless it begins with one. It
  // never fails to come, and a word that ends the line is the rest of one that was cut.
  let i = stop + 2;
  for (;;) {
    const word = wordEnd(line, i, end);
    if (word >= end) return false;
    const field = WORDS.find(line, i, word - 1);
    if (line[word - 1] !== ':' || (field === -1 && !line.startsWith('classification:', i))) return true;
    const semicolon = line.indexOf('; ', word);
    if (semicolon < 0) return false;
    if (field !== -1) fields.put(field, word + 1, semicolon, true);
    i = semicolon + 2;
  }
}

/** `description="TEXT", component="gate->/var/log/secure", src_ip="192.0.2.1", …`. */
function locatePairs(line: string, at: number, end: number): boolean {
  readPairs(line, at, end, PAIRS, fields, COMMA);
  for (const field of [Field.Source, Field.SourcePort, Field.Target, Field.TargetPort])
    if (fields.isCut(field)) return false;
  return fields.has(Field.Text) && fields.has(Field.Location);
}
