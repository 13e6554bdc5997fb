import { codeAt, COLON, isDigit, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** What the last `find` found. */
export const found = {
  /** Where the tag (`RT_FLOW`) starts. */
  tag: 0,
  /** The event's name: `RT_FLOW_SESSION_CREATE`. */
  event: 0,
  eventEnd: 0,
  /** What follows the name, its colon and spaces. */
  text: 0,
};

const TAG = 'RT_';

/** Whether a log of the SRX's real-time threads starts behind the head: `RT_FLOW: …`, `RT_IDS - …`; then `found` is set. */
export function find(line: string): boolean {
  for (let at = line.indexOf(TAG); at >= 0; at = line.indexOf(TAG, at + TAG.length)) {
    const before = at === 0 ? SPACE : line.charCodeAt(at - 1);
    if (before > SPACE && before !== 62) continue;
    const end = nameEnd(line, at);
    const next = codeAt(line, end);
    if (end < at + 5 || (next !== COLON && next !== SPACE && next !== 91)) continue;
    if (!mayLead(line, at)) return false;
    found.tag = at;
    found.event = at;
    found.eventEnd = end;
    readEvent(line, at, end);
    return true;
  }
  return false;
}

/** Index after the capitals, digits and underscores at `at`. */
function nameEnd(line: string, at: number): number {
  let i = at;
  for (;;) {
    const c = codeAt(line, i);
    if (!(c >= 65 && c <= 90) && c !== 95 && !isDigit(c)) return i;
    i++;
  }
}

/** The event's name follows the program's, behind `: `, ` - ` or a process id; or stands in its place. */
function readEvent(line: string, at: number, end: number): void {
  let i = end;
  if (codeAt(line, i) === 91) {
    while (i < line.length && i < end + 12 && line.charCodeAt(i) !== COLON && line.charCodeAt(i) !== SPACE) i++;
  }
  if (codeAt(line, i) === COLON) i++;
  while (codeAt(line, i) === SPACE) i++;
  if (codeAt(line, i) === 45 && codeAt(line, i + 1) === SPACE) i += 2;
  else {
    let digits = i;
    while (isDigit(codeAt(line, digits))) digits++;
    if (digits > i && codeAt(line, digits) === SPACE) i = digits + 1;
  }
  const stop = nameEnd(line, i);
  if (stop > i + 5 && line.substring(i, stop).includes('_') && !line.startsWith('SESSION', at + 8)) {
    found.event = i;
    found.eventEnd = stop;
    i = stop;
    if (codeAt(line, i) === COLON) i++;
    while (codeAt(line, i) === SPACE) i++;
  }
  found.text = i;
}
