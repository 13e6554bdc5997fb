import { Keys } from '../keys.js';
import { codeAt, EQUALS, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** Keys that a line may start with: the device's first is `date`, relays and FortiAnalyzer take some away or add one. */
const FIRST = new Keys<number>({
  date: 0,
  time: 0,
  timestamp: 0,
  itime: 0,
  eventtime: 0,
  logver: 0,
  devname: 0,
  device_id: 0,
  devid: 0,
  logid: 0,
});

/** Further right no head reaches. */
const SEARCH_LIMIT = 512;

/** Index of the first key of a FortiGate's line behind a syslog head, -1 when it is none. */
export function findPairs(line: string): number {
  const at = firstKey(line);
  if (at < 0) return -1;
  separator = separatorAt(line, at);
  const comma = separator === COMMA;
  // Sophos writes `log_type=` and `log_subtype=`; SonicWall and WatchGuard have no `subtype`.
  if (!line.includes(comma ? ',subtype=' : ' subtype=', at) || !line.includes(comma ? ',type=' : ' type=', at))
    return -1;
  return line.includes('logid=', at) || line.includes('log_id=', at) ? at : -1;
}

/** What stands between the pairs of the line found last: a space, or a comma where the format is set to csv. */
export let separator = SPACE;
const COMMA = 44;

/** The first values (a date, a time, a number) hold neither. */
function separatorAt(line: string, at: number): number {
  for (let i = at; i < line.length; i++) {
    const c = line.charCodeAt(i);
    if (c === SPACE || c === COMMA) return c;
  }
  return SPACE;
}

function firstKey(line: string): number {
  const end = Math.min(line.length, SEARCH_LIMIT);
  for (let at = line.indexOf('='); at >= 0 && at < end; at = line.indexOf('=', at + 1)) {
    let start = at;
    while (start > 0 && isKeyCode(codeAt(line, start - 1))) start--;
    if (FIRST.find(line, start, at) === -1 || codeAt(line, at) !== EQUALS) continue;
    const before = start === 0 ? SPACE : codeAt(line, start - 1);
    if (before === SPACE || before === 62) return mayLead(line, start) ? start : -1;
  }
  return -1;
}

const isKeyCode = (c: number): boolean => c === 95 || ((c | 32) >= 97 && (c | 32) <= 122);
