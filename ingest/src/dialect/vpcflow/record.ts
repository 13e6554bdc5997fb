import { readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { codeAt, isDigit, lineEnd } from '../scan.js';
import { isText, textEnd } from '../span.js';
import { Field, fields, NODE, split, type Columns } from './columns.js';
import { shapeOf } from './find.js';

/** Where a line's record stands, and by which columns it is read; `columns` undefined where it is one JSON object. */
export interface Found {
  readonly at: number;
  readonly end: number;
  readonly columns: Columns | undefined;
  /** Whether it stands in JSON, and so is written with escapes. */
  readonly json: boolean;
}

/** The record of a line without a title: bare, behind CloudWatch's stamp and stream, or within JSON. */
export function findRecord(line: string): Found | undefined {
  const first = codeAt(line, 0);
  if (isDigit(first)) return findPlain(line, textEnd(line));
  if (!line.includes('addr"') && !line.includes('"message"')) return undefined;
  const brace = braceOf(line);
  return brace < 0 ? undefined : findJson(line, brace);
}

/** CloudWatch's exports put a stamp before the record, its command line the stream's name too. */
function findPlain(line: string, end: number): Found | undefined {
  let at = 0;
  for (let words = 0; words < 3; words++) {
    const columns = shapeOf(line, at, end);
    if (columns !== undefined) return { at, end, columns, json: false };
    // What stands before must start with a stamp.
    if (words === 0 && (codeAt(line, 4) !== 45 || codeAt(line, 10) !== 84)) return undefined;
    at = line.indexOf(' ', at) + 1;
    if (at === 0) return undefined;
  }
  return undefined;
}

function findJson(line: string, brace: number): Found | undefined {
  fields.clear();
  const end = readObject(line, brace, lineEnd(line), NODE, fields);
  if (end < 0) return undefined;
  if (fields.has(Field.Source) && (fields.has(Field.Status) || (fields.has(Field.Iface) && fields.has(Field.Action)))) {
    return { at: brace, end, columns: undefined, json: true };
  }
  if (!fields.has(Field.Message)) return undefined;
  const from = fields.from(Field.Message);
  const to = fields.to(Field.Message);
  const columns = shapeOf(line, from, to);
  return columns && { at: from, end: to, columns, json: true };
}

const STATES = ['OK', 'NODATA', 'SKIPDATA'];
const STATUS_COLUMN = 13;

/** Locates the record's values; whether it is whole. */
export function locate(line: string, { at, end, columns }: Found): boolean {
  if (columns === undefined) return true;
  const count = split(line, at, end, columns);
  if (count > columns.length || columns.length > STATUS_COLUMN + 1) {
    if (count < columns.length) return false;
    closeLast(columns);
    return true;
  }
  // Nothing need follow the status, so it must be a whole word.
  if (count < columns.length) return false;
  const from = fields.from(Field.Status);
  const to = fields.to(Field.Status);
  if (from >= 0 && !STATES.some((word) => isText(line, from, to, word))) return false;
  closeLast(columns);
  return true;
}

export function closeLast(columns: Columns): void {
  const last = columns.at(-1);
  if (last !== undefined && last !== -1) fields.close(last);
}
