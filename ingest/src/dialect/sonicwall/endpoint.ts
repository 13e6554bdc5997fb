import type { Reason } from '../dialect.js';
import { scanIp, scanIpv6 } from '../ip/address.js';
import { CLOSE, codeAt, COLON, cursor, decimal, isDigit, MAX_UINT16, name, OPEN } from '../scan.js';

/** One end as SonicOS prints it; `port` is -1 when it prints none. */
export const end = { ip: '', port: -1, iface: '' };

/**
 * Reads `192.0.2.1:80:X1:host`, `192.0.2.1::X1`, `192.0.2.1`, `[2001:db8::1]:80:X1` or `2001:db8::1` in `line[from, to)`:
 * address, port, interface and a name, of which only the address is always there.
 */
export function readEnd(line: string, from: number, to: number): 'ok' | Reason {
  end.ip = end.iface = '';
  end.port = -1;
  const bracketed = codeAt(line, from) === OPEN;
  const start = bracketed ? from + 1 : from;
  const stop = bracketed ? scanIpv6(line, start, to) : scanIp(line, start, to);
  if (stop < 0) return 'bad-address';
  end.ip = line.substring(start, stop);
  let i = stop;
  if (bracketed) {
    if (codeAt(line, i) !== CLOSE || i >= to) return 'bad-address';
    i++;
  }
  if (i === to) return 'ok';
  if (line.charCodeAt(i) !== COLON) return 'bad-address';
  i++;
  if (i < to && isDigit(line.charCodeAt(i))) {
    end.port = decimal(line, i, to, MAX_UINT16);
    i = cursor.at;
    if (end.port < 0) return 'bad-port';
  }
  if (i === to) return 'ok';
  if (line.charCodeAt(i) !== COLON) return 'bad-port';
  end.iface = name(line, i + 1, ifaceEnd(line, i + 1, to));
  return 'ok';
}

/** A host's name may follow the interface's behind a colon. What SonicOS would not call an interface is kept whole. */
function ifaceEnd(line: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const c = line.charCodeAt(i);
    if (c === COLON) return i;
    if (!isDigit(c) && !((c | 32) >= 97 && (c | 32) <= 122) && c !== 45 && c !== 95) return to;
  }
  return to;
}
