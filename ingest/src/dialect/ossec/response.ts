import type { Event } from '../../event/event.js';
import type { Context, Reason } from '../dialect.js';
import { codeAt, cursor, decimal, isDigit, lineEnd, MAX_UINT32, name, SPACE, wordEnd } from '../scan.js';
import { inRange } from '../syslog/clock.js';
import { splitWords, wordCount, wordStart, wordStop } from '../words.js';
import { parseResponse } from './json.js';
import { readEnds } from './settle.js';

const FOLDER = 'active-response/bin/';

/** Index behind the folder of the script that a line of active-responses.log names; -1 for any other line. */
export function findResponse(line: string): number {
  const at = line.indexOf(FOLDER);
  if (at < 0 || at > 128) return -1;
  const start = line.lastIndexOf(' ', at) + 1;
  const year = codeAt(line, 0) === 50 && codeAt(line, 4) === 47 && start === 20;
  return year || isDate(line, start) ? at + FOLDER.length : -1;
}

/** `Sun Nov 22 03:04:05 CET 2026 ` before the script's path, or ISO and a zone, as a shell's `date` has it. */
function isDate(line: string, end: number): boolean {
  return (
    end >= 20 && end <= 40 && isDigit(codeAt(line, end - 2)) && codeAt(line, 3) === SPACE && codeAt(line, 13) === 58
  );
}

/**
 * Reads `DATE …/firewall-drop.sh add - 192.0.2.1 1304756247.60385 31151`: user, address, alert and rule; or, of Wazuh 4.2
 * and later, `DATE …/firewall-drop: {"command":"add","parameters":{"alert":{…}}}`. The address was blocked at the time of the
 * alert, which is in its number, without the riddles of the date's zone.
 */
export function parseActive(line: string, at: number, context: Context, event: Event): 'ok' | Reason {
  const end = lineEnd(line);
  const scriptEnd = wordEnd(line, at, end);
  const brace = scriptEnd + 1;
  if (codeAt(line, brace) === 123) {
    const verdict = parseResponse(line, brace, context, event);
    event.rule = verdict === 'ok' ? event.rule : '';
    return verdict;
  }
  splitWords(line, scriptEnd, end);
  if (wordCount < 5) return wordCount > 0 && !line.startsWith('add', wordStart(0)) ? 'not-traffic' : 'truncated';
  if (line.substring(wordStart(0), wordStop(0)) !== 'add') return 'not-traffic';
  const seconds = decimal(line, wordStart(3), wordStop(3), MAX_UINT32);
  if (seconds <= 0 || codeAt(line, cursor.at) !== 46) return 'time-range';
  event.time = inRange(seconds * 1000);
  if (event.time < 0) return 'time-range';
  const source = line.substring(wordStart(2), wordStop(2));
  const verdict = readEnds({ source, sourcePort: '', target: '', targetPort: '', proto: '' }, event);
  if (verdict !== 'ok') return verdict;
  event.action = 'drop';
  event.rule = name(line, wordStart(4), wordStop(4));
  event.signature = name(line, at, scriptEnd);
  return 'ok';
}
