import { codeAt } from '../scan.js';
import { isText } from '../span.js';
import { fields, KEYS, type Field } from './keys.js';

/** How a file's head says that its lines are to be read. */
export interface Layout {
  /** Field of each column, -1 for those that are not kept. */
  columns: readonly (Field | -1)[];
  /** One character. */
  separator: string;
  unset: string;
  empty: string;
  /** Kind of log: `conn`, `notice`, `dns`, …; '' when the head did not say. */
  path: string;
}

export const newLayout = (): Layout => ({ columns: [], separator: '\t', unset: '-', empty: '(empty)', path: '' });

/** More columns than any log has. */
const LIMIT = 256;

/** Locates the columns of `line[0, end)`; returns how many there are. */
export function split(line: string, end: number, layout: Layout): number {
  fields.clear();
  let at = 0;
  let count = 0;
  while (count < LIMIT) {
    const next = line.indexOf(layout.separator, at);
    const to = next < 0 || next >= end ? end : next;
    const field = count < layout.columns.length ? layout.columns[count]! : -1;
    if (field !== -1 && !isText(line, at, to, layout.unset) && !isText(line, at, to, layout.empty)) {
      fields.put(field, at, to, to < end);
    }
    count++;
    if (to === end) break;
    at = to + 1;
  }
  return count;
}

const HEADS = ['separator', 'set_separator', 'empty_field', 'unset_field', 'path', 'open', 'close', 'fields', 'types'];

/** The word of a line of a file's head or foot, undefined for any other line. */
const wordOf = (line: string): string | undefined =>
  codeAt(line, 0) === 35 ? HEADS.find((head) => line.startsWith(head, 1) && isBlank(line, head.length + 1)) : undefined;

export const isHead = (line: string): boolean => wordOf(line) !== undefined;

/** Whether the line is of a file's head or foot, told into `layout`. */
export function readHead(line: string, end: number, layout: Layout): boolean {
  const word = wordOf(line);
  if (word === undefined) return false;
  const value = line.substring(word.length + 2, end);
  if (word === 'separator') {
    // A file's first line: what a file before it said is over.
    Object.assign(layout, newLayout());
    const code = value.startsWith('\\x') ? Number.parseInt(value.slice(2, 4), 16) : value.charCodeAt(0);
    if (code > 0 && code < 256) layout.separator = String.fromCharCode(code);
  } else if (word === 'unset_field') layout.unset = value;
  else if (word === 'empty_field') layout.empty = value;
  else if (word === 'path') layout.path = value;
  else if (word === 'fields') {
    const names = value.split(layout.separator, LIMIT);
    layout.columns = names.map((name) => KEYS.find(name, 0, name.length));
  } else if (word === 'close') layout.columns = [];
  return true;
}

const isBlank = (line: string, at: number): boolean => line[at] === '\t' || line[at] === ' ' || line[at] === ',';
