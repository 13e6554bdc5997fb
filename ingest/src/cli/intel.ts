import type { Resolved } from '../config/resolve.js';
import type { LoadContext } from '../intel/load.js';
import { say } from './io.js';
import type { Io } from './io.js';
import { loadContext } from './intel-context.js';
import { openMigrated } from './store.js';

/** Options of the `intel` commands that are no settings; each command has some of them. */
export interface IntelOptions {
  readonly format?: string;
  readonly name?: string;
  readonly score?: string;
  readonly map?: string;
  readonly skipReserved?: boolean;
  readonly anySize?: boolean;
  readonly keyFile?: string;
  readonly keyEnv?: string;
  readonly keyCredential?: string;
  readonly auth?: string;
  readonly every?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export type Run = (
  context: LoadContext,
  args: readonly string[],
  options: IntelOptions,
  io: Io,
  now: number
) => Promise<number>;

/** Opens the store, runs one of the `intel` commands, closes it. */
export async function intelCommand(
  run: Run,
  args: readonly string[],
  settings: Resolved,
  options: IntelOptions,
  io: Io
): Promise<number> {
  io.takeStdin(false);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    return await run(await loadContext(store, settings, io.env), args, options, io, Date.now());
  } finally {
    await store.close();
  }
}
