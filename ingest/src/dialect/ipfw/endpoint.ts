import type { Reason } from '../dialect.js';
import { scanIp, scanIpv6 } from '../ip/address.js';
import { CLOSE, codeAt, COLON, cursor, decimal, MAX_UINT16, OPEN } from '../scan.js';

/** The end read last; `port` is -1 when none is printed. */
export const endpoint = { ip: '', port: -1 };

/** `192.0.2.1:80`, `192.0.2.1`, `[2001:db8::1]:80` or `[2001:db8::1]` in `line[from, to)`. */
export function readEndpoint(line: string, from: number, to: number): 'ok' | Reason {
  endpoint.port = -1;
  const bracketed = codeAt(line, from) === OPEN;
  const start = bracketed ? from + 1 : from;
  const stop = bracketed ? scanIpv6(line, start, to) : scanIp(line, start, to);
  if (stop < 0) return 'bad-address';
  endpoint.ip = line.substring(start, stop);
  let i = stop;
  if (bracketed) {
    if (i >= to || line.charCodeAt(i) !== CLOSE) return 'bad-address';
    i++;
  }
  if (i === to) return 'ok';
  if (line.charCodeAt(i) !== COLON) return 'bad-address';
  endpoint.port = decimal(line, i + 1, to, MAX_UINT16);
  return endpoint.port < 0 || cursor.at !== to ? 'bad-port' : 'ok';
}
