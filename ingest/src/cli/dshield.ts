import path from 'node:path';
import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import type { Figures, Hints } from '../dshield/figures.js';
import { dayOf } from '../dshield/interpret.js';
import { loadFigures } from '../dshield/load.js';
import { isUrl } from '../intel/fetch/url.js';
import { exitCodeOf, sentenceOf } from './exit.js';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot dshield load` that are no settings. */
export interface DshieldLoadOptions {
  readonly port?: string;
  readonly date?: string;
}

/** Between two documents of a server: DShield asks to be asked gently. */
const PAUSE_MS = 1_000;

/** `fireplot dshield load PLACE…`: one that fails leaves the others, and what was stored before, as they are. */
export async function dshieldLoad(
  places: readonly string[],
  settings: Resolved,
  options: DshieldLoadOptions,
  io: Io
): Promise<number> {
  io.takeStdin(false);
  const hints = hintsOf(options);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  let code = EXIT_OK;
  try {
    for (const [i, given] of places.entries()) {
      const place = isUrl(given) ? given : path.resolve(io.cwd, given);
      if (i > 0 && isUrl(place)) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      try {
        const figures = await loadFigures(store, place, hints, settings.contact, Date.now());
        say(
          io,
          figures === undefined ? `${given} has not changed since it was loaded.` : `${given}: ${words(figures)}`
        );
      } catch (error) {
        if (exitCodeOf(error) !== EXIT_USAGE) throw error;
        say(io, `fireplot: ${sentenceOf(error)}`);
        code = places.length === 1 ? EXIT_USAGE : EXIT_FAILED;
      }
    }
    return code;
  } finally {
    await store.close();
  }
}

function hintsOf({ port, date }: DshieldLoadOptions): Hints {
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw new UserError(`--port ${port} is no port: give a number from 1 to 65535.`);
  }
  if (date !== undefined && dayOf(date) !== date) {
    throw new UserError(`--date ${date} is no day: write it like 2026-11-22.`);
  }
  return { ...(port === undefined ? {} : { port: Number(port) }), ...(date === undefined ? {} : { day: date }) };
}

function words({ ports, sources, days, bad, firstBad }: Figures): string {
  const counts = [
    ports.length > 0 ? `${new Set(ports.map(({ port }) => port)).size} ports on ${daysIn(ports)} days` : '',
    sources.length > 0 ? `${sources.length} sources on ${daysIn(sources)} days` : '',
    days.length > 0 ? `${days.length} days in all` : '',
  ].filter(Boolean);
  return `${counts.join(', ')}${bad === 0 ? '' : `; ${bad} entries could not be read (${firstBad})`}.`;
}

const daysIn = (list: readonly { readonly day: string }[]): number => new Set(list.map(({ day }) => day)).size;
