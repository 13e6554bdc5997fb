import type { ReadOptions } from './options.js';

/** What tests of reading share: lines of a Linux firewall, and options that depend on no machine. */

export const OPTIONS: ReadOptions = {
  dialect: 'auto',
  timezone: 'UTC',
  year: 2026,
  lineLimit: 8_192,
  own: [],
  actions: [],
};

const pad = (number: number): string => String(number).padStart(2, '0');

/** A dropped SYN to `port`, `seconds` after midnight of 22 November. */
export function packet(port: number, seconds = 0, host = 'fw'): string {
  const time = `${pad(Math.floor(seconds / 3600) % 24)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `Nov 22 ${time} ${host} kernel: DROP IN=wan0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 TTL=64 ID=${port} PROTO=TCP SPT=40000 DPT=${port} SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0`;
}

/** `count` of them on rising ports, a line each. */
export function packets(count: number, from = 1): string {
  return Array.from({ length: count }, (_, i) => `${packet(((from + i - 1) % 65_535) + 1, i % 86_400)}\n`).join('');
}
