import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { StoreError } from '../store/error.js';
import { openStore } from '../store/open.js';
import { ServerStore } from '../store/server.js';
import { findServing, WRITER } from '../store/serving.js';
import type { Store } from '../store/store.js';
import { openMigrated, serverUrl } from './store.js';

/** Opens the store of a feed once: the server of `url`, else as all commands do. @throws StoreError */
export async function openToRead(
  settings: Resolved,
  url: string | undefined,
  warn: (sentence: string) => void
): Promise<Store> {
  return url === undefined ? openMigrated(settings, warn) : openStore({ url, folder: settings.store });
}

/**
 * Opens a store that others write to; never the folder itself, since whoever holds it keeps `serve` from starting.
 * @throws UserError when there is nobody to follow, StoreError `away` when that may change
 */
export async function openToFollow(settings: Resolved, url: string | undefined): Promise<Store> {
  const server = url ?? serverUrl(settings);
  if (server !== undefined) return openStore({ url: server, folder: settings.store });
  const serving = await findServing(settings.store);
  if (serving === undefined) {
    throw new StoreError('away', `nobody serves the store ${settings.store}: start fireplot serve there`);
  }
  return new ServerStore({ url: serving.url, user: WRITER, password: serving.token });
}

/** What a feed says when it is to follow and nobody serves. */
export function nobodyToFollow(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.kind !== 'away') return error;
  return new UserError(`Cannot follow: ${error.message}, or name another store with --store or --url.`);
}
