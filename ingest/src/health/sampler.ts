import { tsvField } from '../store/text.js';

/** A metric as prom-client's registry gives it, as far as it matters here. */
export interface Metric {
  readonly name: string;
  /** 'counter', 'gauge', 'histogram' or 'summary'. */
  readonly type: unknown;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Readonly<Partial<Record<string, string | number>>>;
    /** Of histograms: NAME_sum, NAME_count or NAME_bucket. */
    readonly metricName?: string;
  }[];
}

/** Columns of fireplot.health, in the order in which the sampler writes them. */
export const HEALTH_COLUMNS = ['time', 'instance', 'gauge', 'labels', 'value'] as const;

/** What of the process itself is worth a row, and how it is called there. */
const OF_PROCESS: Readonly<Record<string, string>> = {
  process_resident_memory_bytes: 'memory_bytes',
  process_cpu_seconds_total: 'cpu_seconds',
  process_open_fds: 'open_files',
  nodejs_eventloop_lag_p99_seconds: 'loop_lag_seconds',
};
const PREFIX = 'fireplot_';

/**
 * Turns what /metrics shows into rows of fireplot.health, TabSeparated. Counters become what was added since the
 * sample before, so that rows can be summed over restarts; a counter that went back began anew. `sample_seconds` says
 * what stretch that is, so that rates need not guess. Pure but for that memory.
 */
export class Sampler {
  readonly #instance: string;
  readonly #before = new Map<string, number>();
  #clock: number;

  /** @param clock of the start, as of `sample` */
  constructor(instance: string, clock: number) {
    this.#instance = tsvField(instance);
    this.#clock = clock;
  }

  /**
   * @param time ms since the epoch; stored to the second
   * @param clock ms of a clock that nobody sets
   */
  sample(metrics: readonly Metric[], time: number, clock: number): string {
    const at = Math.floor(time / 1_000);
    let rows = `${at}\t${this.#instance}\tsample_seconds\t{}\t${(clock - this.#clock) / 1_000}\n`;
    this.#clock = clock;
    for (const metric of metrics) {
      const gauge = nameOf(metric.name);
      if (gauge === undefined) continue;
      for (const { value, labels, metricName } of metric.values) {
        const suffix = metricName === undefined ? '' : metricName.slice(metric.name.length);
        const counts = metric.type === 'counter' || suffix === '_sum' || suffix === '_count';
        if (!counts && metric.type !== 'gauge') continue; // buckets and quantiles
        const map = mapOf(labels);
        const shown = counts ? this.#added(`${gauge}${suffix}\t${map}`, value) : value;
        if (!Number.isFinite(shown) || (counts && shown === 0)) continue;
        rows += `${at}\t${this.#instance}\t${gauge}${suffix}\t${map}\t${shown}\n`;
      }
    }
    return rows;
  }

  #added(key: string, value: number): number {
    const before = this.#before.get(key) ?? 0;
    this.#before.set(key, value);
    return value < before ? value : value - before;
  }
}

/** `fireplot_lines_received_total` is `lines_received`; undefined for what is no concern of ours. */
export function nameOf(metric: string): string | undefined {
  if (!metric.startsWith(PREFIX)) return OF_PROCESS[metric];
  return metric.slice(PREFIX.length).replace(/_total$/, '');
}

/** A Map as ClickHouse reads it in a TabSeparated field, where quoted texts are unescaped once, as plain ones are. */
function mapOf(labels: Readonly<Partial<Record<string, string | number>>>): string {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${quoted(name)}:${quoted(String(value))}`);
  return `{${pairs.join(',')}}`;
}

const quoted = (text: string): string => `'${tsvField(text).replaceAll("'", "\\'")}'`;
