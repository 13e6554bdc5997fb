import { flagWords } from '../event/json.js';

/** Combinations that have a name; every other is `other:` and its flags in header order. */
const NAMED: Readonly<Record<number, string>> = {
  0: 'null',
  1: 'fin',
  2: 'syn',
  3: 'synfin',
  16: 'ack',
  17: 'maimon',
  41: 'xmas',
};
const NOT_LOGGED = 64;

/** The six TCP flags as a word; '' for "not logged" and for protocols without flags. */
export function flagsWord(flags: number): string {
  if (flags === NOT_LOGGED) return '';
  return NAMED[flags] ?? `other:${flagWords(flags).replaceAll(',', '+')}`;
}

/** Address as people write it: IPv4 without the prefix that maps it into IPv6. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
