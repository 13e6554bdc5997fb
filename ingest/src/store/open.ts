import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedStore } from './embedded.js';
import { StoreError } from './error.js';
import type { StoreOptions } from './options.js';
import { ServerStore } from './server.js';
import { parseServerUrl } from './server-url.js';
import { findServing, WRITER } from './serving.js';
import type { Store } from './store.js';

const RETRY_MS = 5_000;

/**
 * Opens the store: the server of `url`, else a live `serve` that holds the folder, else the folder itself.
 *
 * @throws StoreError whose message is one sentence for the user
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.url?.trim()) return openServer(options, options.url);
  const serving = await findServing(options.folder);
  if (!serving) return EmbeddedStore.open(options.folder);
  if (options.own) {
    const where = `${serving.url}, process ${serving.pid}`;
    throw new StoreError(
      'held',
      `the store ${options.folder} is served already (${where}): stop that one first, or choose another folder with --store`
    );
  }
  return new ServerStore({ url: serving.url, user: WRITER, password: serving.token });
}

/** Away may pass, and is waited for when the caller wants that; everything else is final. */
async function openServer(options: StoreOptions, url: string): Promise<ServerStore> {
  const store = new ServerStore(parseServerUrl(url));
  const retryMs = options.retryMs ?? RETRY_MS;
  for (let told = false; ; told = true) {
    try {
      await store.check();
      return store;
    } catch (error) {
      const away = error instanceof StoreError && error.kind === 'away';
      if (!away || !options.onWaiting) {
        await store.close();
        throw error;
      }
      if (!told) options.onWaiting(`${reason(error)}; trying again every ${retryMs / 1_000} s`);
    }
    await wait(retryMs, undefined, options.signal ? { signal: options.signal } : {});
  }
}

/** `ClickHouse at … does not answer (…)`, without what was attempted. */
function reason(error: StoreError): string {
  return error.message.slice(error.message.indexOf(': ') + 2);
}
