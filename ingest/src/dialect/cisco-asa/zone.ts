import type { Context } from '../dialect.js';
import { codeAt, isDigit, SPACE } from '../scan.js';
import { tag } from './tag.js';

/**
 * ASA may print the name of its zone behind the stamp (`Apr 15 2014 09:34:34 EDT: %ASA-…`). Names are taken as RFC 5322
 * and Europe use them, where one meaning prevails; others (IST, BST in Asia) leave the zone that the user configured.
 * Minutes east of Greenwich.
 */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  SGT: 480,
  HKT: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};

/** The zone's word in the head before the tag: its range, and the context that reads times in it; undefined for none. */
export interface ZoneWord {
  readonly start: number;
  readonly end: number;
  readonly context: Context;
}

/** Finds the zone's word: it follows the stamp, and the tag or the host's name follows it. */
export function zoneBefore(line: string, context: Context): ZoneWord | undefined {
  let end = tag.wordEnd > 0 ? tag.wordEnd : tag.start;
  for (let words = 0; words < 2; words++) {
    while (end > 0 && codeAt(line, end - 1) === SPACE) end--;
    let start = end;
    while (start > 0 && codeAt(line, start - 1) !== SPACE) start--;
    if (start < 2) return undefined;
    if (end - start <= 4 && isDigit(codeAt(line, start - 2))) {
      const word = line.substring(start, end);
      if (Object.hasOwn(ZONES, word)) return { start, end, context: zoned(ZONES[word]!, context) };
    }
    end = start;
  }
  return undefined;
}

/** One function a zone, so that caches keyed by it hold. */
const CLOCKS = new Map<number, Context['toUtc']>();

function zoned(minutes: number, context: Context): Context {
  let toUtc = CLOCKS.get(minutes);
  if (toUtc === undefined) {
    toUtc = (...clock) => Date.UTC(...clock) - minutes * 60_000;
    CLOCKS.set(minutes, toUtc);
  }
  return { ...context, toUtc };
}
