import type { Event } from '../event/event.js';
import { cutAt } from './scan.js';

/** A value longer than this is kept in the message only. */
const VALUE_LIMIT = 512;

/** Sets an attribute unless it is empty. `key` is the dialect's own word, never text of the line. */
export function setAttr(event: Event, key: string, value: string): void {
  if (value !== '') (event.attrs ??= {})[key] = value;
}

/** Keeps `line[from, to)` as an attribute, cut to a length that a table bears. */
export function keepAttr(event: Event, key: string, line: string, from: number, to: number): void {
  if (to > from)
    (event.attrs ??= {})[key] = line.substring(from, to - from > VALUE_LIMIT ? cutAt(line, from, VALUE_LIMIT) : to);
}
