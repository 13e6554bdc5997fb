import { codeAt, COLON, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** Whether a syslog head, and at most one program with a colon (`suricata[5885]:`), stands before `at`. */
export function leads(line: string, at: number): boolean {
  let i = at;
  while (i > 0 && codeAt(line, i - 1) === SPACE) i--;
  if (i > 0 && codeAt(line, i - 1) === COLON) {
    i--;
    while (i > 0 && codeAt(line, i - 1) !== SPACE) i--;
  }
  return i === 0 || mayLead(line, i);
}

/** Further right no head reaches. */
const SEARCH_LIMIT = 512;

/** Index of the brace that opens a line's JSON object, behind a syslog head or not; -1 when the line is none. */
export function braceOf(line: string): number {
  const end = Math.min(line.length, SEARCH_LIMIT);
  for (let at = line.indexOf('{'); at >= 0 && at < end; at = line.indexOf('{', at + 1)) {
    // A host's name may hold braces; an object's first key follows its own.
    let i = at + 1;
    while (codeAt(line, i) === SPACE) i++;
    if (codeAt(line, i) === QUOTE) return at === 0 || leads(line, at) ? at : -1;
  }
  return -1;
}

const QUOTE = 34;
