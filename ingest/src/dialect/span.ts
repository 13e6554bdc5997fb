import { cursor, decimal, SPACE } from './scan.js';

/** Reading a part of a line whose two ends are known already: a column, a value between quotes. */

/** The unsigned decimal number that fills `line[from, to)`; -1 when something else does, or it is over `max`. */
export function whole(line: string, from: number, to: number, max: number): number {
  const value = decimal(line, from, to, max);
  return cursor.at === to ? value : -1;
}

/** Whether `line[from, to)` is `text`. */
export const isText = (line: string, from: number, to: number, text: string): boolean =>
  to - from === text.length && line.startsWith(text, from);

/** Index after the last character that is not a space, CR, LF or NUL: senders and files leave those behind a line. */
export function textEnd(line: string): number {
  let end = line.length;
  while (end > 0) {
    const c = line.charCodeAt(end - 1);
    if (c !== SPACE && c !== 13 && c !== 10 && c !== 0) break;
    end--;
  }
  return end;
}
