import { networkMatcher } from '../enrich/networks.js';
import { Batcher } from './batcher.js';
import { newInterpreter } from './dialects.js';
import { newSender } from './interpreter.js';
import type { ReadOptions } from './options.js';

/** Enough for the compiler to have made machine code of the way from bytes to rows. */
const LINES = 8_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Reads lines made up for it and throws their rows away. The first thousands of lines take several times as long as
 * those after them; at the full rate of a busy site, a restart would lose datagrams meanwhile.
 *
 * @param now ms since the epoch
 * @returns rows that were made, for a test
 */
export function warm(options: ReadOptions, now: number): number {
  const sender = newSender('warm-up');
  const batcher = new Batcher(newInterpreter(options, { live: true }), networkMatcher(options.own));
  batcher.begin(new Uint8Array(8));
  const date = new Date(now);
  const stamp = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)}`;
  let made = 0;
  for (let at = 0; at < LINES; at++) {
    const line = Buffer.from(lineOf(at, stamp), 'latin1');
    if (batcher.line(line, 0, line.length, sender, at, now, now)) made++;
  }
  return made;
}

/** As a router writes them; documentation addresses, TCP, UDP and ICMP in turn. */
function lineOf(at: number, stamp: string): string {
  const head = `<4>${stamp} gate kernel: [${at}.000000] DROP IN=eth0 OUT= MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00`;
  const ip = `SRC=198.51.100.${at % 256} DST=192.0.2.${at % 200} LEN=${40 + (at % 60)} TOS=0x00 PREC=0x00 TTL=${at % 256} ID=${at}`;
  if (at % 16 === 15) return `${head} ${ip} PROTO=ICMP TYPE=8 CODE=0 ID=${at} SEQ=1`;
  const ports = `SPT=${1024 + at} DPT=${(at * 7919) % 65_536}`;
  if (at % 4 === 3) return `${head} ${ip} PROTO=UDP ${ports} LEN=${20 + (at % 60)}`;
  return `${head} ${ip} DF PROTO=TCP ${ports} WINDOW=${at % 65_536} RES=0x00 SYN URGP=0`;
}
