import { codeAt, COLON, cursor, decimal, MAX_UINT16, SLASH, SPACE, wordEnd } from '../scan.js';
import { scanIp, skipZone } from '../ip/address.js';
import type { Reason } from '../dialect.js';

const BACKSLASH = 92;
const PAREN = 40;
const PAREN_END = 41;
const HASH = 35;
const AT = 64;

/** The asking client, as `readClient` found it: ranges of the line, empty where nothing is said. */
export const client = {
  ipFrom: 0,
  ipTo: 0,
  port: 0,
  keyFrom: 0,
  keyTo: 0,
  viewFrom: 0,
  viewTo: 0,
  /** Where the message itself starts. */
  at: 0,
};

/**
 * Reads `client @0x7f1c 192.0.2.1#4711/key NAME (qname): view NAME: ` at `at`. Names are escaped, so that no space or
 * bracket of theirs stands bare; the pointer came with 9.11, the name asked for with 9.9.
 */
export function readClient(line: string, at: number, end: number): 'ok' | Reason {
  let i = at + 'client '.length;
  if (codeAt(line, i) === AT) i = wordEnd(line, i, end) + 1;
  const word = wordEnd(line, i, end);
  const hash = line.indexOf('#', i);
  if (hash < 0 || hash >= word) return word >= end ? 'truncated' : 'bad-address';
  client.ipFrom = i;
  client.ipTo = scanIp(line, i, hash);
  if (client.ipTo < 0 || skipZone(line, client.ipTo, hash) !== hash) return 'bad-address';
  client.port = codeAt(line, hash) === HASH ? decimal(line, hash + 1, end, MAX_UINT16) : -1;
  if (client.port < 0) return 'bad-port';
  i = cursor.at;
  client.keyFrom = client.keyTo = client.viewFrom = client.viewTo = 0;
  if (codeAt(line, i) === SLASH && line.startsWith('/key ', i)) {
    client.keyFrom = i + 5;
    i = wordEnd(line, i + 5, end);
    if (codeAt(line, i - 1) === COLON) i--;
    client.keyTo = i;
  }
  if (codeAt(line, i) === SPACE && codeAt(line, i + 1) === PAREN) {
    i = bracketEnd(line, i + 2, end);
    if (i < 0) return 'truncated';
  }
  if (codeAt(line, i) !== COLON) return i >= end ? 'truncated' : 'bad-field';
  i += 2;
  if (line.startsWith('view ', i)) {
    const stop = line.indexOf(': ', i);
    if (stop < 0 || stop >= end) return 'truncated';
    client.viewFrom = i + 5;
    client.viewTo = stop;
    i = stop + 2;
  }
  client.at = i;
  return 'ok';
}

/** Index behind the bracket that closes the name at `at`, or -1. */
function bracketEnd(line: string, at: number, end: number): number {
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === PAREN_END) return i + 1;
    else if (c === SPACE) return -1;
  }
  return -1;
}
