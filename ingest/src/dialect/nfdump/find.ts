import { codeAt, COLON, cursor, decimal, isDigit, MAX_UINT32 } from '../scan.js';
import { LONG, SHORT, type Columns } from './columns.js';

const COMMA = 44;
const DASH = 45;
const SPACE = 32;
const DOT = 46;

/** The columns of a line without a title, by its shape: the long form, or the short one. Undefined for any other line. */
export function shapeOf(line: string): Columns | undefined {
  const second = behindStamp(line, 0);
  if (second < 0) return undefined;
  const third = behindStamp(line, second);
  if (third >= 0) {
    const source = behindNumber(line, third);
    const target = source < 0 ? -1 : behindAddress(line, source);
    return target >= 0 && behindAddress(line, target) >= 0 ? LONG : undefined;
  }
  const proto = behindDuration(line, second);
  const source = proto < 0 ? -1 : line.indexOf(',', proto) + 1;
  if (source <= proto || source > proto + WORD_LIMIT) return undefined;
  const port = behindAddress(line, source);
  const target = port < 0 ? -1 : behindNumber(line, port);
  return target >= 0 && behindAddress(line, target) >= 0 ? SHORT : undefined;
}

const WORD_LIMIT = 20;

/** Index behind `2026-11-22 03:04:05,` or the same with a fraction, -1 when it is none. */
function behindStamp(line: string, at: number): number {
  if (codeAt(line, at + 4) !== DASH || codeAt(line, at + 7) !== DASH || codeAt(line, at + 10) !== SPACE) return -1;
  if (codeAt(line, at + 13) !== COLON || codeAt(line, at + 16) !== COLON) return -1;
  if (!isDigit(codeAt(line, at)) || !isDigit(codeAt(line, at + 18))) return -1;
  let i = at + 19;
  if (codeAt(line, i) === DOT)
    do i++;
    while (isDigit(codeAt(line, i)));
  return behindComma(line, i);
}

/** Behind what is meant for an address: digits in tens or sixteens, dots or colons. Whether it is one is asked later. */
function behindAddress(line: string, at: number): number {
  let i = at;
  let parts = 0;
  for (; isHex(codeAt(line, i)) || isPoint(codeAt(line, i)); i++) if (isPoint(codeAt(line, i))) parts++;
  return parts < 2 ? -1 : behindComma(line, i);
}

const isPoint = (c: number): boolean => c === DOT || c === COLON;
const isHex = (c: number): boolean => isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 102);

/** Behind `3`, `3.000`, or ICMP's `8.0`. */
function behindNumber(line: string, at: number): number {
  if (decimal(line, at, line.length, MAX_UINT32) < 0) return -1;
  if (codeAt(line, cursor.at) !== DOT) return behindComma(line, cursor.at);
  return decimal(line, cursor.at + 1, line.length, MAX_UINT32) < 0 ? -1 : behindComma(line, cursor.at);
}

/** Behind seconds, or `00:00:04.096`. */
function behindDuration(line: string, at: number): number {
  let i = at;
  while (isDigit(codeAt(line, i)) || codeAt(line, i) === COLON || codeAt(line, i) === DOT) i++;
  return i === at ? -1 : behindComma(line, i);
}

const behindComma = (line: string, at: number): number => (codeAt(line, at) === COMMA ? at + 1 : -1);

const SUMMARIES = [
  'flows,bytes,packets,avg_bps,avg_pps,avg_bpp',
  'Summary: total flows: ',
  'Time window: ',
  'Total flows processed: ',
];

/** Whether the line belongs to what nfdump sums up at the end. */
export const isSummary = (line: string): boolean => SUMMARIES.some((text) => line.startsWith(text));

/** Lines of the sum that are told only by where they stand: its title, its numbers, and how long it all took. */
export function isSummaryHere(line: string, end: number): boolean {
  if (line.startsWith('Summary') && end === 7) return true;
  if (line.startsWith('Sys: ') || line.startsWith('No matched flows')) return true;
  let commas = 0;
  for (let i = 0; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === COMMA) commas++;
    else if (!isDigit(c)) return false;
  }
  return commas === 5;
}
