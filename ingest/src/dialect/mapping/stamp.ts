import type { Context } from '../dialect.js';
import { secondsMs } from '../fields/seconds.js';
import { isDigit } from '../scan.js';
import { BAD_TIME, inRange } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { byPattern, patternFault } from './pattern.js';

/** Digits behind the milliseconds. */
const EPOCHS: Readonly<Record<string, number>> = { epoch_ms: 0, epoch_us: 3, epoch_ns: 6 };

export type ReadStamp = (text: string, context: Context) => number;

/** Why a format of times is none, in words; '' when it is one. */
export function formatFault(format: string): string {
  if (format === 'iso' || format === 'epoch' || format in EPOCHS) return '';
  if (!format.includes('%'))
    return 'give iso, epoch, epoch_ms, epoch_us, epoch_ns, or a pattern like %Y-%m-%d %H:%M:%S';
  return patternFault(format);
}

/** Makes a reader of stamps; it returns UTC ms, or `BAD_TIME`. */
export function stampReader(format: string): ReadStamp {
  if (format === 'iso') return (text, context) => (readIso(text, 0, context) === text.length ? stamp.time : BAD_TIME);
  if (format === 'epoch') return (text) => inRange(secondsMs(text, 0, text.length));
  const digits = EPOCHS[format];
  return digits === undefined ? byPattern(format) : (text) => epoch(text, digits);
}

/** Ten times as many digits as fit a number may come: those behind the milliseconds are not read. */
function epoch(text: string, digits: number): number {
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return BAD_TIME;
  const kept = text.length - digits;
  return kept < 1 || kept > 15 ? BAD_TIME : inRange(Number(text.substring(0, kept)));
}
