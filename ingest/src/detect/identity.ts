import { createHash } from 'node:crypto';
import type { Finding, Kind } from './finding.js';

/** First letter of an id. */
export const LETTERS: Readonly<Record<Kind | 'spike', string>> = {
  vertical: 'v',
  horizontal: 'h',
  block: 'b',
  synchronised: 's',
  distributed: 'd',
  decoy: 'y',
  diagonal: 'g',
  backscatter: 'r',
  periodic: 'p',
  painted: 'a',
  spike: 'k',
};

/** The id of a finding that is seen for the first time: the same lines give the same id in every store. */
export function idOf({ kind, proto, flags, key, start }: Finding): string {
  return `${LETTERS[kind]}${digest([kind, proto, flags, key, start])}`;
}

/** 12 hex digits over parts that cannot run into each other. */
export function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
