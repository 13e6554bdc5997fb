import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import { askRange } from '../detect/range.js';
import { openOrigins } from '../enrich/database.js';
import { askWholeRange, fillOrigins } from '../enrich/fill.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot enrich` that are no settings. */
export interface EnrichOptions {
  readonly from?: string;
  readonly to?: string;
  readonly all?: boolean;
}

/** `fireplot enrich`: countries and systems of stored sources, of all time unless a range is named. */
export async function enrichCommand(settings: Resolved, { from, to, all }: EnrichOptions, io: Io): Promise<number> {
  io.takeStdin(false);
  const originOf = openOrigins(settings.geoip);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const asker = new Asker(store, FOR_A_PERSON);
    const named = from !== undefined || to !== undefined;
    const range = named ? await askRange(asker, from, to) : await askWholeRange(asker);
    const now = Date.now();
    const filled =
      range === undefined ? 0 : await fillOrigins(store, asker, originOf, range, now, all === true ? now : 0);
    say(io, `${filled} sources looked up${filled === 0 ? ': the others are known already' : ''}.`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}
