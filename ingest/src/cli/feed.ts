import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { parseTime, rangeOf } from '../detect/range.js';
import { Follower } from '../feed/follow.js';
import { Ledger } from '../feed/ledger.js';
import { logstalgiaLine } from '../feed/logstalgia.js';
import type { Action, Seen } from '../feed/logstalgia.js';
import { askHours, askPage } from '../feed/page.js';
import type { Place, Wanted } from '../feed/page.js';
import { StoreError } from '../store/error.js';
import type { Store } from '../store/store.js';
import { nobodyToFollow, openToFollow, openToRead } from './feed-store.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Between two looks for what is new; `serve` stores twice a second. */
const LOOK_MS = 500;
const RETRY_MS = 5_000;

/** Options of `fireplot feed logstalgia` that are no settings. */
export interface FeedOptions {
  readonly follow?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly only?: readonly Action[];
  readonly url?: string;
}

/** `fireplot feed logstalgia`: events as Logstalgia reads them, of a range, or as they come. */
export async function feedCommand(settings: Resolved, options: FeedOptions, io: Io): Promise<number> {
  const print = printer(io);
  if (options.follow === true) return follow(settings, options, io, print);
  const store = await openToRead(settings, options.url, (sentence) => say(io, sentence));
  try {
    const { from, to } = await range(store, options);
    await past(store, { from, to, actions: options.only ?? [], batches: undefined }, print);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

type Print = (events: readonly Seen[]) => Promise<void>;

/** Prints in order: whoever reads slowly is waited for, and a late event carries the newest time before it. */
function printer({ stdout }: Io): Print {
  let newest = 0;
  return async (events) => {
    if (events.length === 0) return;
    let text = '';
    for (const event of events) {
      // Logstalgia's clock runs forward only.
      newest = Math.max(newest, event.epoch);
      text += `${logstalgiaLine({ ...event, epoch: newest })}\n`;
    }
    if (!stdout.write(text)) await once(stdout, 'drain');
  };
}

async function past(store: Store, wanted: Wanted, print: Print): Promise<void> {
  for (const hour of await askHours(store, wanted.from, wanted.to)) {
    const part = { ...wanted, from: Math.max(hour, wanted.from), to: Math.min(hour + HOUR_MS, wanted.to) };
    for (let after: Place | undefined, more = true; more; more = after !== undefined) {
      const { events, next } = await askPage(store, part, after);
      await print(events);
      after = next;
    }
  }
}

/** Never ends by itself: a store that goes away is waited for, and said once. */
async function follow(settings: Resolved, options: FeedOptions, io: Io, print: Print): Promise<number> {
  if (options.to !== undefined) throw new UserError('--follow has no end: leave out --to, or --follow.');
  const given = options.from === undefined ? undefined : parseTime(options.from);
  const now = Date.now();
  // Without --from: what comes from now on. A day back, since senders' clocks and zones are not all right.
  const from = given ?? now - DAY_MS;
  const actions = options.only ?? [];
  let store: Store | undefined = await openToFollow(settings, options.url).catch((error: unknown) => {
    throw nobodyToFollow(error);
  });
  const ledger = new Ledger();
  await ledger.start(store);
  // Events of the future are there too: a sender's clock.
  if (given !== undefined) await past(store, { from, to: now + DAY_MS, actions, batches: ledger.before }, print);
  const follower = new Follower(ledger, from, actions);
  for (let away = false; ; ) {
    try {
      store ??= await openToFollow(settings, options.url);
      await print(await follower.next(store));
      if (away) say(io, 'The store answers again.');
      away = false;
      if (!follower.more) await wait(LOOK_MS);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!away) say(io, `The feed stands still: ${error.message}; trying again every ${RETRY_MS / 1_000} s.`);
      away = true;
      await store?.close();
      store = undefined;
      await wait(RETRY_MS);
    }
  }
}

async function range(store: Store, { from, to }: FeedOptions): Promise<{ from: number; to: number }> {
  const [row] = await store.query<{ newest: number; n: number }>(
    'SELECT toUnixTimestamp64Milli(max(max_time)) AS newest, count() AS n FROM fireplot.batches WHERE rows > 0'
  );
  if ((row?.n ?? 0) === 0 && (from === undefined || to === undefined)) {
    throw new UserError('The store is empty: load a log file first, or give --from and --to.');
  }
  return rangeOf(from, to, row?.newest ?? 0);
}
