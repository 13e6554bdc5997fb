import type { Context } from '../dialect.js';
import { codeAt, COLON, SLASH, SPACE } from '../scan.js';
import { zonedTime } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { clock, isYear, readClock, stamp, two, yearAt } from '../syslog/parts.js';
import { Column, Threat, Traffic } from './columns-of.js';
import { columns } from './columns.js';

/** Zones lie no further apart. */
const AGREE_MS = 26 * 3_600_000;

/**
 * UTC ms of when the line was generated, to the second and in the sender's zone, or, from PAN-OS 10 on, to the millisecond
 * and with a zone; 0 when it has another form, `BAD_TIME` when it is no time.
 */
export function timeOf(line: string, threat: boolean, context: Context): number {
  const written = generated(line, context);
  const precise = threat ? Threat.Precise : Traffic.Precise;
  if (written <= 0 || !columns.has(precise)) return written;
  const from = columns.from(precise);
  if (readIso(line, from, context) !== columns.to(precise)) return written;
  return stamp.time > 0 && Math.abs(stamp.time - written) < AGREE_MS ? stamp.time : written;
}

/** `2026/11/22 03:04:05`; Prisma writes ISO. */
function generated(line: string, context: Context): number {
  const at = columns.from(Column.Generated);
  if (codeAt(line, at + 4) !== SLASH || codeAt(line, at + 7) !== SLASH || !isYear(line, at)) {
    return readIso(line, at, context) > at ? stamp.time : 0;
  }
  if (codeAt(line, at + 10) !== SPACE || codeAt(line, at + 13) !== COLON) return 0;
  if (readClock(line, at + 11) === at + 11) return 0;
  // The comma behind it looks like that of a fraction, which the form does not have.
  const { hour, minute, second } = clock;
  return zonedTime(context, yearAt(line, at), two(line, at + 5) - 1, two(line, at + 8), hour, minute, second, 0);
}
