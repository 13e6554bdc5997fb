import path from 'node:path';
import type { Resolved } from '../config/resolve.js';
import { Copies } from '../intel/copies.js';
import { LIMITS } from '../intel/fetch/limits.js';
import type { LoadContext } from '../intel/load.js';
import type { Store } from '../store/store.js';
import type { Io } from './io.js';

/** Where the last good copies lie. */
export const copiesFolder = ({ intelFolder, store }: Pick<Resolved, 'intelFolder' | 'store'>): string =>
  intelFolder === '' ? path.join(store, 'intel') : intelFolder;

/** What a load needs, from settings and store. */
export async function loadContext(
  store: Store,
  settings: Resolved,
  env: Io['env'],
  signal?: AbortSignal
): Promise<LoadContext> {
  return {
    ...{ store, env, limits: LIMITS, now: Date.now },
    copies: new Copies(copiesFolder(settings)),
    own: await ownNetworks(store),
    contact: settings.contact,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Our own networks, as the settings have left them in the store. */
async function ownNetworks(store: Store): Promise<string[]> {
  const [row] = await store.query<{ value: string }>(
    "SELECT value FROM fireplot.settings FINAL WHERE name = 'own_networks'"
  );
  return row === undefined ? [] : (JSON.parse(row.value) as string[]);
}
