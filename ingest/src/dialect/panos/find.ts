import { Keys } from '../keys.js';
import { codeAt, isDigit, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** Log types of PAN-OS; only the first two tell of packets. */
const TYPES = new Keys<number>(
  Object.fromEntries(
    (
      'TRAFFIC THREAT CONFIG SYSTEM HIPMATCH HIP-MATCH USERID GLOBALPROTECT IPTAG DECRYPTION SCTP GTP AUTH ' +
      'AUTHENTICATION CORRELATION TUNNEL URL DATA WILDFIRE'
    )
      .split(' ')
      .map((type, index) => [type, index])
  )
);

/** Further right no head reaches. */
const SEARCH_LIMIT = 512;

/** Index where the columns start behind a syslog head: `1,2026/11/22 03:04:05,0123,TRAFFIC,…`; -1 when they are none. */
export function findColumns(line: string): number {
  const end = Math.min(line.length, SEARCH_LIMIT);
  for (let comma = line.indexOf(','); comma >= 0 && comma < end; comma = line.indexOf(',', comma + 1)) {
    const at = comma - 1;
    if (at < 0 || !isDigit(codeAt(line, at))) continue;
    const before = at === 0 ? SPACE : codeAt(line, at - 1);
    if (before !== SPACE && before !== 62) continue;
    const serial = line.indexOf(',', comma + 1);
    const type = serial < 0 ? -1 : line.indexOf(',', serial + 1);
    const typeEnd = type < 0 ? -1 : line.indexOf(',', type + 1);
    if (typeEnd < 0 || typeEnd - comma > 120) return -1;
    if (TYPES.find(line, type + 1, typeEnd) === -1) continue;
    return mayLead(line, at) ? at : -1;
  }
  return -1;
}
