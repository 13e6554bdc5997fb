import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveReport } from '../../read/thread/messages.js';
import { kernelDrops } from '../../input/kernel-drops.js';

/** A value with its labels. */
type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Counters of inputs that have a metric of their own. */
const OWN = new Set(['connections', 'refused_senders', 'crowded', 'datagrams']);

/** What /metrics tells. What another thread counts is taken over as it reports it. */
export class Metrics {
  readonly registry = new Registry();
  readonly stored: Counter;
  readonly refused: Counter<'dialect' | 'reason'>;
  readonly setAside: Counter;
  readonly batches: Counter<'outcome'>;
  readonly batchSeconds: Histogram;
  #report: LiveReport | undefined;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.stored = new Counter({ name: 'fireplot_events_stored_total', help: 'Events stored.', registers });
    this.refused = new Counter({
      name: 'fireplot_lines_refused_total',
      help: 'Lines that are no event, by dialect and reason.',
      labelNames: ['dialect', 'reason'],
      registers,
    });
    this.setAside = new Counter({
      name: 'fireplot_events_set_aside_total',
      help: 'Events that the store could not read; they are tried again at the next start.',
      registers,
    });
    this.batches = new Counter({
      name: 'fireplot_batches_total',
      help: 'Batches by what became of them.',
      labelNames: ['outcome'],
      registers,
    });
    this.batchSeconds = new Histogram({
      name: 'fireplot_batch_seconds',
      help: 'From the moment that a batch may go to the store until it is there.',
      buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
      registers,
    });
    this.#takeOverLines();
    this.#takeOverSpool();
    this.#takeOverInputs();
  }

  /** Takes the counters of the thread that takes lines in over. */
  report(report: LiveReport): void {
    this.#report = report;
  }

  /** Counts what the kernel threw away before it could be read, where the system tells. */
  watchKernel(port: number): void {
    new Counter({
      name: 'fireplot_kernel_drops_total',
      help: 'Datagrams that the kernel dropped since its buffer was full; a larger net.core.rmem_max helps.',
      registers: [this.registry],
      async collect() {
        const drops = await kernelDrops(port);
        this.reset();
        if (drops !== undefined) this.inc(drops);
      },
    });
  }

  #takeOverLines(): void {
    this.#counter('fireplot_lines_received_total', 'Lines received.', ['input'], ({ lines }) => byInput(lines));
    this.#counter('fireplot_events_total', 'Lines that are events.', ['input'], ({ events }) => byInput(events));
    this.#counter('fireplot_lines_dropped_total', 'UDP lines thrown away, by cause.', ['cause'], ({ dropped }) =>
      Object.entries(dropped).map(([cause, count]) => [{ cause }, count])
    );
    this.#counter('fireplot_lines_spooled_total', 'Lines brought onto the disk.', ['input'], ({ durable }) =>
      byInput(durable)
    );
    this.#counter(
      'fireplot_senders_refused_total',
      'Datagrams and connections of senders that are not allowed.',
      [],
      ({ refusedSenders }) => [[{}, refusedSenders]]
    );
  }

  #takeOverSpool(): void {
    const gauge = (name: string, help: string, read: (spool: LiveReport['spool']) => number): void =>
      this.#gauge(name, help, [], ({ spool }) => [[{}, read(spool)]]);
    gauge('fireplot_spool_bytes', 'Bytes of the spool on disk.', ({ bytes }) => bytes);
    gauge('fireplot_spool_limit_bytes', 'What the spool may take.', ({ limit }) => limit);
    gauge('fireplot_spool_batches', 'Batches that are not stored yet.', ({ batches }) => batches);
    gauge('fireplot_spool_events', 'Events that are not stored yet.', ({ events }) => events);
    gauge(
      'fireplot_spool_oldest_seconds',
      'Age of the oldest batch that is not stored.',
      ({ oldestMs }) => oldestMs / 1_000
    );
    gauge('fireplot_spool_unsaved_bytes', 'Bytes that are not on disk yet.', ({ unsaved }) => unsaved);
    this.#counter('fireplot_spool_commits_total', 'Writes of the spool.', [], ({ commits }) => [[{}, commits.count]]);
    this.#counter('fireplot_spool_commit_seconds_total', 'Time of those writes, flush included.', [], ({ commits }) => [
      [{}, commits.ms / 1_000],
    ]);
    gauge('fireplot_spool_held', '1 while the spool takes no more and inputs wait.', ({ held }) => (held ? 1 : 0));
  }

  #takeOverInputs(): void {
    const of =
      (wanted: string) =>
      ({ inputs }: LiveReport): Reading[] =>
        Object.entries(inputs).flatMap(([input, counts]) =>
          counts[wanted] === undefined ? [] : [[{ input }, counts[wanted]] as Reading]
        );
    this.#gauge('fireplot_connections', 'Open connections.', ['input'], of('connections'));
    this.#counter('fireplot_connections_refused_total', 'Connections over the cap.', ['input'], of('crowded'));
    this.#counter('fireplot_input_total', 'What else an input counts.', ['input', 'what'], ({ inputs }) =>
      Object.entries(inputs).flatMap(([input, counts]) =>
        Object.entries(counts).flatMap(([what, count]) => (OWN.has(what) ? [] : [[{ input, what }, count] as Reading]))
      )
    );
  }

  #counter(name: string, help: string, labelNames: string[], read: (report: LiveReport) => Reading[]): void {
    const latest = (): LiveReport | undefined => this.#report;
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        const report = latest();
        this.reset();
        if (report !== undefined) for (const [labels, value] of read(report)) this.inc({ ...labels }, value);
      },
    });
  }

  #gauge(name: string, help: string, labelNames: string[], read: (report: LiveReport) => Reading[]): void {
    const latest = (): LiveReport | undefined => this.#report;
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        const report = latest();
        this.reset();
        if (report !== undefined) for (const [labels, value] of read(report)) this.set({ ...labels }, value);
      },
    });
  }
}

const byInput = (counts: Readonly<Record<string, number>>): Reading[] =>
  Object.entries(counts).map(([input, count]) => [{ input }, count]);
