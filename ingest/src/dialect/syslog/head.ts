import type { Context } from '../dialect.js';
import { codeAt, COLON, isDigit, OPEN, skipBom, skipSpaces, SPACE } from '../scan.js';
import { readHost } from './host.js';
import { readIso } from './iso.js';
import { isYear, monthAt, stamp, yearAt } from './parts.js';
import { readRfc5424 } from './rfc5424.js';
import { readBsd, readEpoch, readRouterOs, readTimeOfDay } from './stamp.js';

/**
 * What stands before a message, as every syslog daemon, journald, dmesg and RouterOS write it. Positions are
 * indexes into the line, so that nothing is copied that is not kept. Octet counts are the input's, not ours.
 */
export interface Head {
  /** UTC ms, 0 without a stamp, `BAD_TIME` when the stamp is no time. */
  time: number;
  /** Host name; empty range when there is none. */
  hostStart: number;
  hostEnd: number;
  /** APP-NAME of an RFC 5424 head; empty range when there is none. Other tags are part of the message. */
  appStart: number;
  appEnd: number;
  /** Whether an RFC 5424 head has a PROCID. */
  pid: boolean;
  /** Where the message starts: after the host, before `program[pid]:`. */
  at: number;
}

export const newHead = (): Head => ({ time: 0, hostStart: 0, hostEnd: 0, appStart: 0, appEnd: 0, pid: false, at: 0 });

const LESS = 60;
const GREATER = 62;

/** Reads the head of `line` into `head`. A line without one has an empty head; nothing is ever refused here. */
export function readHead(line: string, context: Context, head: Head): void {
  head.time = 0;
  head.hostStart = head.hostEnd = head.appStart = head.appEnd = 0;
  head.pid = false;
  let i = skipBom(line, 0);
  const afterPri = readPri(line, i);
  if (afterPri > i) {
    i = afterPri;
    if (codeAt(line, i) === 49 && codeAt(line, i + 1) === SPACE) {
      const end = readRfc5424(line, i + 2, context, head);
      if (end >= 0) {
        head.at = end;
        return;
      }
      head.time = 0;
    }
    // Cisco and some relays put a colon or a space between the priority and the stamp.
    if (codeAt(line, i) === COLON) i++;
    i = skipSpaces(line, i);
  }
  const end = readStamp(line, i, context);
  if (end === i) {
    head.at = i;
    return;
  }
  head.time = stamp.time;
  const next = codeAt(line, end) === COLON ? end + 1 : end;
  head.at = readHost(line, skipSpaces(line, next), head);
}

/** Index after `<134>`, or `at`. */
function readPri(line: string, at: number): number {
  if (codeAt(line, at) !== LESS) return at;
  let i = at + 1;
  while (i < at + 5 && isDigit(codeAt(line, i))) i++;
  return i > at + 1 && codeAt(line, i) === GREATER ? i + 1 : at;
}

/** Index after whatever stamp starts at `at`, with its time in `stamp`; `at` when there is none. */
export function readStamp(line: string, at: number, context: Context): number {
  const c = codeAt(line, at);
  if (isDigit(c)) return readDigits(line, at, context);
  if (c === OPEN) {
    // dmesg -T: `[Sun Nov 22 00:00:00 2026] `. A bracket with an uptime belongs to the message.
    const end = readWeekday(line, at + 1, context);
    return end > at + 1 && codeAt(line, end) === 93 ? end + 1 : at;
  }
  let end = readBsd(line, at, context);
  if (end === at) end = readRouterOs(line, at, context);
  return end === at ? readWeekday(line, at, context) : end;
}

function readDigits(line: string, at: number, context: Context): number {
  let end = readIso(line, at, context);
  if (end === at) end = readTimeOfDay(line, at, context);
  if (end === at) end = readEpoch(line, at);
  if (end > at) return end;
  // syslog-ng: `2026 Nov 22 00:00:00`.
  if (codeAt(line, at + 4) !== SPACE || monthAt(line, at + 5) < 0 || !isYear(line, at)) return at;
  end = readBsd(line, at + 5, { ...context, year: yearAt(line, at) });
  return end === at + 5 ? at : end;
}

/** `Sun Nov 22 00:00:00 2026` (dmesg, logread) and `Sun 2026-11-22 00:00:00 CET` (journalctl -o short-full). */
function readWeekday(line: string, at: number, context: Context): number {
  if (codeAt(line, at + 3) !== SPACE || !WEEKDAYS.includes(line.substring(at, at + 3))) return at;
  const bsd = readBsd(line, at + 4, context);
  if (bsd > at + 4) return bsd;
  const iso = readIso(line, at + 4, context);
  if (iso === at + 4) return at;
  // journalctl names the zone of the machine it runs on; only UTC is read as one, by readIso.
  if (codeAt(line, iso) !== SPACE || line.startsWith('UTC', iso - 3)) return iso;
  const zoneEnd = line.indexOf(' ', iso + 1);
  return zoneEnd < 0 ? iso : zoneEnd;
}

const WEEKDAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
