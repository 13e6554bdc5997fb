import type { Network } from '../network.js';
import { readNetwork } from '../network.js';
import type { Entry, List } from './list.js';

/** When the lists of tests are made. */
export const NOW = Date.UTC(2026, 10, 25, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An address that counts for five more days; a test names what matters to it. */
export function entry(address: string, more: Partial<Entry> = {}): Entry {
  return {
    network: readNetwork(address) as Network,
    ...{
      why: ['vertical'],
      score: 70,
      firstSeen: NOW - 2 * DAY - HOUR,
      lastSeen: NOW - 2 * DAY,
      expires: NOW + 5 * DAY,
    },
    ...more,
  };
}

export function list(entries: readonly Entry[], more: Partial<List> = {}): List {
  return { entries, now: NOW, name: 'fireplot', policy: 'drop', previous: '', ...more };
}
