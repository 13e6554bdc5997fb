import { splitColumns } from '../fields/columns.js';
import { Fields } from '../fields/fields.js';
import { trimmed } from '../scan.js';

export enum Field {
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  Packets,
  Bytes,
  Flags,
  Start,
  Duration,
  End,
  Sensor,
  IfaceIn,
  IfaceOut,
  NextHop,
  InitialFlags,
  SessionFlags,
  Attributes,
  Application,
  Class,
  Type,
  IcmpType,
  IcmpCode,
}

export const fields = new Fields<Field>(Field.IcmpCode + 1);

/** Titles as rwcut writes them in full, in lower case. In columns they are cut to the column's width. */
const TITLES: Readonly<Record<string, Field>> = {
  sip: Field.Source,
  dip: Field.Target,
  sport: Field.SourcePort,
  dport: Field.TargetPort,
  protocol: Field.Proto,
  packets: Field.Packets,
  bytes: Field.Bytes,
  flags: Field.Flags,
  stime: Field.Start,
  'stime+msec': Field.Start,
  duration: Field.Duration,
  durmsec: Field.Duration,
  'dur+msec': Field.Duration,
  dur: Field.Duration,
  etime: Field.End,
  'etime+msec': Field.End,
  sensor: Field.Sensor,
  in: Field.IfaceIn,
  out: Field.IfaceOut,
  nhip: Field.NextHop,
  initialflags: Field.InitialFlags,
  sessionflags: Field.SessionFlags,
  attributes: Field.Attributes,
  application: Field.Application,
  class: Field.Class,
  type: Field.Type,
  itype: Field.IcmpType,
  icode: Field.IcmpCode,
};

const NAMES = Object.keys(TITLES);

/** The field of a title; of one that was cut, as `pro`, `sen`, `initialF`, `iTy`. -1 when it is none that is kept. */
function fieldOf(title: string): Field | -1 {
  const text = title.toLowerCase();
  if (Object.hasOwn(TITLES, text)) return TITLES[text]!;
  if (text.length < 3) return -1;
  const name = NAMES.find((each) => each.startsWith(text));
  return name === undefined ? -1 : TITLES[name]!;
}

/** How the lines below a title are to be read. */
export interface Layout {
  readonly separator: string;
  readonly columns: readonly (Field | -1)[];
  /** Whether a separator ends the last column too, as it does unless rwcut was told otherwise. */
  readonly closed: boolean;
}

const SEPARATORS = ['|', ',', '\t', ';'];

/**
 * The layout that a title line names, undefined when the line is none: an address and two more known columns at least,
 * and the case of rwcut's own `sIP`.
 */
export function layoutOf(line: string, end: number): Layout | undefined {
  if (!line.includes('sIP') && !line.includes('dIP')) return undefined;
  for (const separator of SEPARATORS) {
    const titles = line.substring(0, end).split(separator, LIMIT);
    const names = titles.map((title) => trimmed(title, 0, title.length));
    if (!names.includes('sIP') && !names.includes('dIP')) continue;
    const columns = names.map(fieldOf);
    if (columns.filter((field) => field !== -1).length < LEAST) continue;
    const closed = names.at(-1) === '';
    if (closed) columns.pop();
    return { separator, columns, closed };
  }
  return undefined;
}

const LIMIT = 64;
const LEAST = 3;

/** Locates a line's columns; returns how many of them are whole. */
export function split(line: string, end: number, layout: Layout): number {
  const count = splitColumns(line, 0, end, layout.separator, layout.columns, fields);
  return layout.closed ? count - 1 : count;
}

/** What rwcut prints unasked. */
export const DEFAULT: Layout = {
  separator: '|',
  closed: true,
  columns: [
    Field.Source,
    Field.Target,
    Field.SourcePort,
    Field.TargetPort,
    Field.Proto,
    Field.Packets,
    Field.Bytes,
    Field.Flags,
    Field.Start,
    Field.Duration,
    Field.End,
    Field.Sensor,
  ],
};
