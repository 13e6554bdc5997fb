import { portFrom } from '../frames/points';
import type { Knot } from './scan';

/** Longest text taken from a field: log lines and viewers may have written it. */
const MOST_TEXT = 200;
/** Longest JSON that is read, and most that is kept of it. */
const MOST_JSON = 1_000_000;
const MOST_KNOTS = 256;
const MOST_ADDRESSES = 200;

/** Text of a field on one line, cut to a bound, without characters that draw nothing or turn the text's direction. */
export function textFrom(value: unknown): string {
  return typeof value === 'string' ? clean(value) : '';
}

function clean(text: string): string {
  const short = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A finite number, or undefined. 64-bit counts come as text. */
export function numberFrom(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Epoch ms from a time field, or undefined. */
export function timeFrom(value: unknown): number | undefined {
  return typeof value === 'string' ? numberFrom(Date.parse(value)) : numberFrom(value);
}

/** True, 1 and their texts. */
export function truthFrom(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** Addresses from a JSON array or an array; a text that is no JSON is one address. Bounded; texts only. */
export function addressesFrom(value: unknown): string[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? (parse(value) ?? [value]) : [];
  const texts = list.slice(0, MOST_ADDRESSES).map(textFrom);
  return [...new Set(texts.filter((text) => text !== ''))];
}

/**
 * Knots from `[[epoch ms, port], …]`, as JSON or as arrays. What is no knot is left out; they are put in time order,
 * and thinned evenly when there are more than a curve needs.
 */
export function curveFrom(value: unknown): Knot[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? (parse(value) ?? []) : [];
  const knots: Knot[] = [];
  for (const one of list) {
    const time = Array.isArray(one) ? timeFrom(one[0]) : undefined;
    const port = Array.isArray(one) ? portFrom(one[1]) : -1;
    if (time !== undefined && port >= 0) {
      knots.push([time, port]);
    }
  }
  knots.sort((a, b) => a[0] - b[0]);
  return knots.length > MOST_KNOTS ? thinned(knots, MOST_KNOTS) : knots;
}

function thinned(knots: readonly Knot[], most: number): Knot[] {
  return Array.from({ length: most }, (_, i) => knots[Math.round((i * (knots.length - 1)) / (most - 1))]!);
}

/** The array that a text holds, or undefined. */
function parse(text: string): unknown[] | undefined {
  if (text.length > MOST_JSON || !text.trimStart().startsWith('[')) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
