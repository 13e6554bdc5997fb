import type { Resolved } from '../config/resolve.js';
import { FOR_A_PERSON } from '../detect/ask.js';
import { Detector } from '../detect/detector.js';
import { lazyOrigins } from '../enrich/database.js';
import type { Store } from '../store/store.js';
import { say } from './io.js';
import type { Io } from './io.js';
import { serverUrl } from './store.js';

/**
 * Looks for scans in what was loaded, until nothing is left: what the ledger has beyond the last look. Unless told,
 * only on a terminal, and not where a running serve holds the store, for that looks by itself.
 */
export async function detectLoaded(
  store: Store,
  settings: Resolved,
  io: Io,
  wanted: boolean | undefined
): Promise<void> {
  const served = serverUrl(settings) === undefined && store.url !== undefined;
  if (!(wanted ?? (io.isTerminal && !served))) return;
  const detector = new Detector(store, { effort: FOR_A_PERSON, originOf: lazyOrigins(settings.geoip) });
  let written = 0;
  await detector.workOff(({ range, written: rows }) => {
    written += rows;
    if (io.isTerminal) say(io, `Looked for scans up to ${new Date(range.to).toISOString().slice(0, 16)}Z.`);
  });
  say(
    io,
    written === 0
      ? 'No new scans.'
      : `${written} scans and port spikes are new or have changed: fireplot detect shows them.`
  );
}
