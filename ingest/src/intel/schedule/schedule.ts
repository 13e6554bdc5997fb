import { isDeepStrictEqual } from 'node:util';
import { loadFeed } from '../load.js';
import type { LoadContext, Loaded } from '../load.js';
import type { Plan } from '../plan.js';
import type { Feed } from '../store/feeds.js';
import { NEW_FEED, readFeeds } from '../store/feeds.js';
import type { InForce } from '../store/match.js';
import { readInForce, setInForce } from '../store/match.js';
import { waitMs } from './due.js';

export interface ScheduleOptions {
  readonly context: Omit<LoadContext, 'signal'>;
  /** Feeds of the config file. */
  readonly plans: readonly Plan[];
  /** Feeds that were added by the command are asked for, too. */
  readonly refreshAdded: boolean;
  /** How often the store is asked whether a set has changed, ms. */
  readonly pollMs?: number;
  /** 0 to 1, by chance. */
  readonly chance?: () => number;
}

export interface SchedulePorts {
  /** What lines are held against from now on. */
  match(inForce: InForce): void;
  /** All feeds that there are, at every look. */
  feeds(feeds: readonly Feed[]): void;
  loaded(loaded: Loaded): void;
  /** A look has failed; it is tried again. Said once for each reason. */
  failed(sentence: string): void;
}

/** When a feed is due, and how often in a row it was refused. */
interface Turn {
  dueAt: number;
  failures: number;
}

const POLL_MS = 10_000;
/** What is due at the start is spread over this time. */
const FIRST_MS = 3_000;
/** What has expired is taken out no more often than this. */
const LEAST_MS = 60_000;

/**
 * Asks for feeds when they are due, one after the other, and tells when what is in force has changed, whoever changed it.
 */
export class FeedSchedule {
  readonly #options: ScheduleOptions;
  readonly #ports: SchedulePorts;
  readonly #stopping = new AbortController();
  readonly #chance: () => number;
  readonly #turns = new Map<string, Turn>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  /** The set that was told last; none yet. */
  #matched = -1;
  #stale = Number.POSITIVE_INFINITY;
  #complaint = '';

  constructor(options: ScheduleOptions, ports: SchedulePorts) {
    this.#options = options;
    this.#ports = ports;
    this.#chance = options.chance ?? Math.random;
  }

  start(): void {
    this.#running = this.#look();
  }

  /** Resolves when nothing of it runs any more; a request under way is given up, and its feed is as it was. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    try {
      await this.#match();
      const feeds = await this.#wanted();
      for (const { feed, anew } of feeds) {
        if (this.#stopping.signal.aborted) return;
        if (this.#turn(feed, anew).dueAt <= this.#now()) await this.#load(feed, anew);
      }
      this.#complaint = '';
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      if (why !== this.#complaint) this.#ports.failed(why);
      this.#complaint = why;
    }
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => this.start(), this.#options.pollMs ?? POLL_MS);
    this.#timer.unref();
  }

  /** Feeds of the config file, as it has them, and of those that were added the ones that may be asked for. */
  async #wanted(): Promise<{ feed: Feed; anew: boolean }[]> {
    const { context, plans, refreshAdded } = this.#options;
    const stored = await readFeeds(context.store);
    this.#ports.feeds(stored);
    const configured = plans.map((plan) => {
      const before = stored.find(({ name }) => name === plan.name);
      return { feed: { ...(before ?? NEW_FEED), ...plan }, anew: before === undefined || differs(before, plan) };
    });
    const added = stored.filter(
      ({ name, options }) => options.minutes !== undefined && plans.every((plan) => plan.name !== name)
    );
    return [...configured, ...(refreshAdded ? added.map((feed) => ({ feed, anew: false })) : [])];
  }

  /** When it is due: after a start, as long after its last load as if nothing had happened. */
  #turn(feed: Feed, anew: boolean): Turn {
    let turn = this.#turns.get(feed.name);
    if (turn === undefined) {
      const failures = feed.state === 'refused' ? 1 : 0;
      const soonest = this.#now() + FIRST_MS * this.#chance();
      const next = feed.lastTry + waitMs({ ...this.#facts(feed, failures), retryAfterMs: undefined });
      turn = { failures, dueAt: anew ? soonest : Math.max(soonest, next) };
      this.#turns.set(feed.name, turn);
    }
    return turn;
  }

  async #load(feed: Feed, anew: boolean): Promise<void> {
    const turn = this.#turn(feed, anew);
    // Before it: a load that throws must not be tried again at once.
    turn.failures++;
    turn.dueAt = this.#now() + waitMs({ ...this.#facts(feed, turn.failures), retryAfterMs: undefined });
    const context = { ...this.#options.context, signal: this.#stopping.signal };
    const loaded = await loadFeed(context, feed, { anew });
    if (loaded.outcome !== 'refused') turn.failures = 0;
    turn.dueAt = this.#now() + waitMs({ ...this.#facts(feed, turn.failures), retryAfterMs: loaded.retryAfterMs });
    this.#ports.loaded(loaded);
    if (loaded.outcome === 'loaded') await this.#match();
  }

  #facts({ options: { minutes = DAY_MINUTES } }: Feed, failures: number) {
    return { intervalMs: minutes * 60_000, failures, chance: this.#chance() };
  }

  async #match(): Promise<void> {
    const { store } = this.#options.context;
    const version = await setInForce(store);
    if (version === this.#matched && this.#now() < this.#stale) return;
    const inForce = await readInForce(store, version);
    this.#ports.match(inForce);
    this.#matched = version;
    this.#stale = inForce.expires === undefined ? Infinity : Math.max(inForce.expires, this.#now() + LEAST_MS);
  }

  #now(): number {
    return this.#options.context.now();
  }
}

const DAY_MINUTES = 24 * 60;

const differs = (feed: Feed, plan: Plan): boolean =>
  feed.format !== plan.format ||
  feed.place !== plan.place ||
  feed.score !== plan.score ||
  !isDeepStrictEqual(feed.options, plan.options);
