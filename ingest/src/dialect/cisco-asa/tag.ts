import { CLOSE, codeAt, COLON, isDigit, OPEN, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** What the last `findTag` found in `%ASA-session-6-302013: Built …`. */
export const tag = {
  /** Where the tag starts. */
  start: 0,
  /** Syslog severity 0-7, of the tag: relays may change the one of the PRI. */
  severity: 0,
  /** Message id, 0 for a firepower line without one (`SFIMS:`). */
  id: 0,
  /** Where the message's text starts. */
  text: 0,
  /** The word that ends in a colon before the tag (`dev01:`, `CiscoASA[999]:`, `EDT:`); empty range when there is none. */
  wordStart: 0,
  wordEnd: 0,
};

const DASH = 45;
const PRODUCTS = ['ASA', 'FTD', 'PIX', 'FWSM', 'NGIPS'];
/** Further right no head reaches. */
const SEARCH_LIMIT = 512;

/**
 * Finds `%ASA-6-302013: ` behind a syslog head, or at the start of the line without its percent sign; also firepower's
 * older `SFIMS: `. Sets `tag`.
 */
export function findTag(line: string): boolean {
  for (let at = line.indexOf('%'); at >= 0 && at < SEARCH_LIMIT; at = line.indexOf('%', at + 1)) {
    if (readTag(line, at + 1)) {
      tag.start = at;
      return follows(line, at);
    }
  }
  if (readTag(line, 0)) {
    tag.start = 0;
    tag.wordStart = tag.wordEnd = 0;
    return true;
  }
  return findSfims(line);
}

/** Reads `ASA-session-6-302013: ` at `at`: product, an optional class, severity, id. */
function readTag(line: string, at: number): boolean {
  const product = PRODUCTS.find((each) => line.startsWith(each, at) && codeAt(line, at + each.length) === DASH);
  if (product === undefined) return false;
  let i = at + product.length + 1;
  if (!isDigit(codeAt(line, i))) {
    while ((codeAt(line, i) | 32) >= 97 && (codeAt(line, i) | 32) <= 122) i++;
    if (codeAt(line, i) !== DASH) return false;
    i++;
  }
  const severity = codeAt(line, i) - 48;
  if (!(severity >= 0 && severity <= 7) || codeAt(line, i + 1) !== DASH) return false;
  i += 2;
  let id = 0;
  const start = i;
  while (isDigit(codeAt(line, i)) && i < start + 6) id = id * 10 + codeAt(line, i++) - 48;
  if (i !== start + 6) return false;
  if (codeAt(line, i) === COLON) i++;
  if (codeAt(line, i) !== SPACE) return false;
  while (codeAt(line, i) === SPACE) i++;
  tag.severity = severity;
  tag.id = id;
  tag.text = i;
  return true;
}

/** Whether a head, and at most one word with a colon, stands before the tag. */
function follows(line: string, at: number): boolean {
  let i = at;
  while (i > 0 && codeAt(line, i - 1) === SPACE) i--;
  tag.wordStart = tag.wordEnd = 0;
  if (i > 0 && codeAt(line, i - 1) === COLON) {
    tag.wordEnd = --i;
    while (i > 0 && codeAt(line, i - 1) !== SPACE) i--;
    tag.wordStart = i = skipPri(line, i);
  }
  return mayLead(line, i);
}

/** Index after `<165>` at `at`, where no space follows it. */
function skipPri(line: string, at: number): number {
  if (codeAt(line, at) !== 60) return at;
  let i = at + 1;
  while (isDigit(codeAt(line, i))) i++;
  return i > at + 1 && codeAt(line, i) === 62 ? i + 1 : at;
}

const SFIMS = 'SFIMS: ';

function findSfims(line: string): boolean {
  const at = line.indexOf(SFIMS);
  if (at < 0 || (at > 0 && codeAt(line, at - 1) !== SPACE) || !mayLead(line, at)) return false;
  tag.start = at;
  tag.severity = 0;
  tag.id = 0;
  tag.text = at + SFIMS.length;
  tag.wordStart = tag.wordEnd = 0;
  return true;
}

/** Whether `line[from, to)` is a program with its process id: `CiscoASA[999]`. */
export function isProgram(line: string, from: number, to: number): boolean {
  let i = to - 1;
  if (i <= from || codeAt(line, i) !== CLOSE) return false;
  i--;
  while (i > from && isDigit(codeAt(line, i))) i--;
  return codeAt(line, i) === OPEN;
}
