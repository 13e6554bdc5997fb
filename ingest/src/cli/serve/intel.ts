import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Resolved } from '../../config/resolve.js';
import { FeedSchedule } from '../../intel/schedule/schedule.js';
import type { Feed } from '../../intel/store/feeds.js';
import { freshness } from '../../intel/store/feeds.js';
import type { MatchTables } from '../../intel/match/tables.js';
import type { Store } from '../../store/store.js';
import { loadContext } from '../intel-context.js';
import type { Io } from '../io.js';
import type { Logger } from './log.js';

/** What /metrics tells of threat intelligence. */
class IntelMetrics {
  feeds: readonly Feed[] = [];
  readonly loads: Counter<'feed' | 'outcome'>;
  readonly inForce: Gauge<'kind'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.loads = new Counter({
      name: 'fireplot_intel_loads_total',
      help: 'Times that a feed was asked for, by what came of it: loaded, unchanged, refused.',
      labelNames: ['feed', 'outcome'],
      registers,
    });
    this.inForce = new Gauge({
      name: 'fireplot_intel_matched',
      help: 'Networks and names that lines are held against as they come in.',
      labelNames: ['kind'],
      registers,
    });
    this.#gauge(registry, 'fireplot_intel_indicators', 'Indicators of the set in force.', (feed) => feed.indicators);
    this.#gauge(registry, 'fireplot_intel_refused', '1 while what a feed gave last is refused.', ({ state }) =>
      state === 'refused' ? 1 : 0
    );
    const age = 'Seconds since the set in force was known to be what its place has.';
    this.#gauge(registry, 'fireplot_intel_age_seconds', age, (feed) => {
      const fresh = freshness(feed);
      return fresh === undefined ? undefined : Math.max(0, (Date.now() - fresh) / 1_000);
    });
  }

  #gauge(registry: Registry, name: string, help: string, read: (feed: Feed) => number | undefined): void {
    const feeds = (): readonly Feed[] => this.feeds;
    new Gauge({
      ...{ name, help, labelNames: ['feed'], registers: [registry] },
      collect() {
        this.reset();
        for (const feed of feeds()) {
          const value = read(feed);
          if (value !== undefined) this.set({ feed: feed.name }, value);
        }
      },
    });
  }
}

/** Feeds of a running service: asked for when they are due, and what is in force handed to the inputs. */
export async function startIntel(
  store: Store,
  settings: Resolved,
  env: Io['env'],
  { log, registry, match }: { log: Logger; registry: Registry; match: (tables: MatchTables | undefined) => void }
): Promise<FeedSchedule> {
  const metrics = new IntelMetrics(registry);
  const schedule = new FeedSchedule(
    {
      context: await loadContext(store, settings, env),
      plans: settings.feeds,
      refreshAdded: settings.intelRefresh === 'on',
    },
    {
      match: ({ tables, networks, names }) => {
        match(tables);
        metrics.inForce.set({ kind: 'networks' }, networks);
        metrics.inForce.set({ kind: 'names' }, names);
      },
      feeds: (feeds) => void (metrics.feeds = feeds),
      loaded: ({ feed, outcome }) => {
        metrics.loads.inc({ feed: feed.name, outcome });
        const { name, indicators, lastError } = feed;
        if (outcome === 'loaded') log.info({ feed: name }, `The feed ${name} is loaded: ${indicators} indicators.`);
        else if (outcome === 'unchanged') log.debug({ feed: name }, `The feed ${name} has nothing new.`);
        else {
          const kept = feed.version === 0 ? '' : ` The ${indicators} indicators of the last good load stay in force.`;
          log.warn({ feed: name }, `The feed ${name} is refused: ${lastError.replace(/\.$/, '')}.${kept}`);
        }
      },
      failed: (sentence) => log.warn(`Feeds could not be looked after: ${sentence}. It is tried again.`),
    }
  );
  schedule.start();
  return schedule;
}
