import { codeAt, COLON, isDigit, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

const DASH = 45;

/** What the firewall did, in its log's words. */
const ACTIONS = [' DROP ', ' ALLOW ', ' OPEN ', ' CLOSE ', ' OPEN-INBOUND ', ' INFO-EVENTS-LOST '];

/** Length of `2026-11-22 03:04:05`. */
export const STAMP = 19;

/** The file's own head, which stands once in a file, and again after each rotation. */
const TITLES = [
  '#Version: 1.5',
  '#Software: Microsoft Windows Firewall',
  '#Time Format: Local',
  '#Fields: date time action protocol ',
];

export const isTitle = (line: string): boolean =>
  codeAt(line, 0) === 35 && TITLES.some((title) => line.startsWith(title));

/** Index of the record's stamp, at the line's start or behind a syslog head; -1 when there is none. */
export function findRecord(line: string): number {
  if (isDigit(codeAt(line, 0)) && isRecord(line, 0)) return 0;
  // Every record has unset columns side by side, and few other lines have.
  if (!line.includes('- - ')) return -1;
  for (const action of ACTIONS) {
    const at = line.indexOf(action);
    if (at > STAMP && at < 512 && isRecord(line, at - STAMP)) return lead(line, at - STAMP);
  }
  return -1;
}

/** A program's name may stand before the record: `pfirewall: `. */
function lead(line: string, at: number): number {
  let i = at - 1;
  if (codeAt(line, i) !== SPACE) return -1;
  if (codeAt(line, i - 1) === COLON) i = line.lastIndexOf(' ', i - 2) + 1;
  return mayLead(line, i) ? at : -1;
}

/** `2026-11-22 03:04:05 DROP `. */
function isRecord(line: string, at: number): boolean {
  if (codeAt(line, at + 4) !== DASH || codeAt(line, at + 7) !== DASH || codeAt(line, at + 10) !== SPACE) return false;
  if (codeAt(line, at + 13) !== COLON || codeAt(line, at + 16) !== COLON) return false;
  if (!isDigit(codeAt(line, at)) || !isDigit(codeAt(line, at + 18))) return false;
  return ACTIONS.some((action) => line.startsWith(action, at + STAMP));
}
