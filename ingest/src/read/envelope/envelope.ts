import type { Context } from '../../dialect/dialect.js';
import { readStamp } from '../../dialect/syslog/head.js';
import { stamp } from '../../dialect/syslog/parts.js';
import { isCarrier } from '../../dialect/syslog/tag.js';
import { isObject, valueOf } from './keys.js';
import type { Part } from './keys.js';

/** A log line that came inside a JSON object. All text has one character a byte. */
export interface Envelope {
  /**
   * What the line may have been, likeliest first. Where the envelope names the program, its tag is put back: a dialect
   * has to see that a line is a stranger's (`sshd[811]: … IN=…`).
   */
  readonly texts: readonly string[];
  /** UTC ms; 0 when it names no time. */
  readonly time: number;
  /** '' when it names none. */
  readonly host: string;
}

/** A name longer than that is none. */
const MAX_NAME = 255;

/** Opens `{"message":"…", …}` as shippers write it; undefined when the line is no such object. Never throws. */
export function openEnvelope(line: string, context: Context): Envelope | undefined {
  const entry = parse(line);
  if (entry === undefined) return undefined;
  const text = firstLine(textOf(entry, 'text'));
  if (text === '') return undefined;
  const program = nameOf(entry, 'program').replace(/:$/, '');
  const pid = nameOf(entry, 'pid');
  return {
    texts: textsOf(text, program, pid),
    time: timeOf(valueOf(entry, 'time'), context),
    host: nameOf(entry, 'host'),
  };
}

function parse(line: string): object | undefined {
  try {
    // Bytes as UTF-8, so that they and what is escaped (`\u00e5`) become the same.
    const ascii = !HIGH.test(line);
    const entry: unknown = JSON.parse(ascii ? line : Buffer.from(line, 'latin1').toString('utf8'));
    return isObject(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

const HIGH = /[\u0080-\u00ff]/;

function textsOf(text: string, program: string, pid: string): string[] {
  if (program === '') return [text];
  const isNumber = /^\d{1,10}$/.test(pid);
  const foreign = isNumber && !isCarrier(program);
  const tagged = `${program}${isNumber && program !== 'kernel' ? `[${pid}]` : ''}: ${text}`;
  // Some take the start of a message for a program: `CEF`, and `%ASA-4-106023`.
  return foreign ? [tagged] : [tagged, `${program}:${text}`, text];
}

/** A part as text, a character a byte. */
function textOf(entry: object, part: Part): string {
  const value = valueOf(entry, part);
  if (value === undefined) return '';
  // journald writes a message that is no clean UTF-8 as its bytes, and a field that came twice as a list of texts.
  if (typeof value === 'object') {
    const [first] = value;
    if (typeof first === 'string') return Buffer.from(first).toString('latin1');
    return Buffer.from(value.map(Number)).toString('latin1');
  }
  return Buffer.from(String(value)).toString('latin1');
}

/** A part as one word, '' when it is none. */
function nameOf(entry: object, part: Part): string {
  const text = textOf(entry, part);
  return text.length > MAX_NAME || /\s/.test(text) ? '' : text;
}

function firstLine(text: string): string {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** Epochs of any unit by their size, and any stamp that syslog heads have. */
function timeOf(value: ReturnType<typeof valueOf>, context: Context): number {
  if (typeof value === 'number' || (typeof value === 'string' && EPOCH.test(value))) return epochMs(Number(value));
  if (typeof value !== 'string') return 0;
  const end = readStamp(`${value} `, 0, context);
  return end > 0 && stamp.time > 0 ? stamp.time : 0;
}

const EPOCH = /^\d{10,19}(?:\.\d{1,9})?$/;

/** Seconds, milli-, micro- or nanoseconds: until the year 2286 their numbers do not overlap. */
function epochMs(value: number): number {
  if (!(value >= 1e8)) return 0;
  if (value < 1e10) return Math.round(value * 1_000);
  if (value < 1e13) return Math.round(value);
  return Math.floor(value < 1e16 ? value / 1e3 : value / 1e6);
}
