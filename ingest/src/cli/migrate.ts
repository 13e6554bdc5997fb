import type { Resolved } from '../config/resolve.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { serverUrl } from './store.js';

/** `fireplot migrate`: the schema up to date. Prints the names of the migrations it applied. */
export async function migrateCommand(settings: Resolved, io: Io): Promise<number> {
  io.takeStdin(false);
  const store = await openStore({ url: serverUrl(settings), folder: settings.store });
  try {
    const { from, to, applied } = await migrate(store);
    for (const name of applied) io.stdout.write(`${name}\n`);
    const what = applied.length === 0 ? `is up to date at version ${to}` : `went from version ${from} to ${to}`;
    say(io, `The schema of ${store.name} ${what}.`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}
