import { SPACE } from './scan.js';

/** Words of a line by their offsets: nothing is cut out that is not kept. */
const LIMIT = 48;
const starts = new Int32Array(LIMIT);
const ends = new Int32Array(LIMIT);

/** How many words the last `splitWords` found; those beyond the limit are not. */
export let wordCount = 0;

export function splitWords(line: string, at: number, end: number): void {
  wordCount = 0;
  let i = at;
  while (i < end && wordCount < LIMIT) {
    while (i < end && line.charCodeAt(i) === SPACE) i++;
    if (i >= end) return;
    starts[wordCount] = i;
    i = wordEnd(line, i, end);
    ends[wordCount++] = i;
  }
}

export const wordStart = (word: number): number => starts[word]!;
export const wordStop = (word: number): number => ends[word]!;

export function wordEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE) i++;
  return i;
}
