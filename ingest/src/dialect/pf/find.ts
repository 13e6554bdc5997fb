import { codeAt, COLON, isDigit, OPEN, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** What the last `find` found: which of the two writers, where its tag starts, and where its message does. */
export const found = { filterlog: false, tag: 0, at: 0 };

const GREATER = 62;
const COMMA = 44;
const TAG = 'filterlog';
const RULE = 'rule ';

/** Whether the line is pf's; then `found` is set. */
export function find(line: string): boolean {
  return findTag(line) || findRule(line) || isBare(line);
}

/** `filterlog: `, `filterlog[123]: `, or the APP-NAME of an RFC 5424 head (`found.at` is then the head's to tell). */
function findTag(line: string): boolean {
  for (let at = line.indexOf(TAG); at >= 0; at = line.indexOf(TAG, at + TAG.length)) {
    if (!startsWord(line, at)) continue;
    const end = tagEnd(line, at + TAG.length);
    if (end < 0) continue;
    if (!mayLead(line, at)) return false;
    found.filterlog = true;
    found.tag = at;
    found.at = end;
    return true;
  }
  return false;
}

const startsWord = (line: string, at: number): boolean => {
  const before = at === 0 ? SPACE : line.charCodeAt(at - 1);
  return before <= SPACE || before === GREATER;
};

/** Index of the message behind a tag's name, -1 when no tag ends there. */
function tagEnd(line: string, at: number): number {
  let i = at;
  if (codeAt(line, i) === OPEN) {
    i++;
    while (isDigit(codeAt(line, i))) i++;
    if (codeAt(line, i) !== 93) return -1;
    i++;
  } else if (codeAt(line, i) === SPACE) {
    return i + 1;
  }
  if (codeAt(line, i) !== COLON) return -1;
  i++;
  while (codeAt(line, i) === SPACE) i++;
  return i;
}

/** `rule 2/(match) …` or, by FreeBSD's tcpdump, `rule 2.anchor.1/0(match): …`. */
function findRule(line: string): boolean {
  for (let at = line.indexOf(RULE); at >= 0; at = line.indexOf(RULE, at + RULE.length)) {
    if (!startsWord(line, at) || !isRule(line, at + RULE.length)) continue;
    if (!mayPrecedeRule(line, at)) return false;
    found.filterlog = false;
    found.tag = at;
    found.at = at;
    return true;
  }
  return false;
}

/** A rule's number (or `def`), anchor and reason: `2/(`, `70.sshguard.1/0(`, `5..16777216/0(`. */
function isRule(line: string, at: number): boolean {
  if (!isDigit(codeAt(line, at)) && !line.startsWith('def/', at)) return false;
  let i = at;
  while (i < line.length && i < at + 256 && line.charCodeAt(i) > SPACE && line.charCodeAt(i) !== 40) i++;
  let slash = i - 1;
  while (slash > at && isDigit(line.charCodeAt(slash))) slash--;
  return codeAt(line, i) === 40 && line.charCodeAt(slash) === 47;
}

/** Programs that pipe tcpdump's text into syslog by name. */
const PIPES = ['pf', 'pflog', 'pflogd', 'pflog0', 'tcpdump', 'logger', 'root'];

/** A head, the name of a program that hands pflog on, and the packet's own stamp may stand before the rule. */
function mayPrecedeRule(line: string, at: number): boolean {
  const colon = line.lastIndexOf(': ', at);
  if (colon < 0) return mayLead(line, at);
  const start = line.lastIndexOf(' ', colon) + 1;
  if (isDigit(codeAt(line, start))) return mayLead(line, at);
  const open = line.indexOf('[', start);
  const end = open > 0 && open < colon ? open : colon;
  return PIPES.includes(line.substring(start, Math.min(end, start + 16))) && mayLead(line, start);
}

/** filterlog's columns with nothing before them: `5,,,1000000103,em0,match,block,in,4,`. */
function isBare(line: string): boolean {
  if (!isDigit(codeAt(line, 0))) return false;
  let i = 0;
  for (let column = 0; column < 7; column++) {
    i = line.indexOf(',', i) + 1;
    if (i === 0 || i > 256) return false;
  }
  if (line.startsWith('in,', i)) i += 3;
  else if (line.startsWith('out,', i)) i += 4;
  else return false;
  const version = codeAt(line, i);
  if ((version !== 52 && version !== 54) || codeAt(line, i + 1) !== COMMA) return false;
  found.filterlog = true;
  found.tag = 0;
  found.at = 0;
  return true;
}
