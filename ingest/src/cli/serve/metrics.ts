import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { LiveReport } from '../../read/thread/messages.js';
import { kernelDrops } from '../../input/kernel-drops.js';

/** What /metrics tells. Counters that other threads keep are taken over as they report them. */
export class Metrics {
  readonly registry = new Registry();
  readonly #report: { current: LiveReport | undefined } = { current: undefined };
  readonly stored: Counter<'input'>;
  readonly refused: Counter<'reason'>;
  readonly lost: Counter;
  readonly batches: Counter<'outcome'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.stored = new Counter({
      name: 'fireplot_events_stored_total',
      help: 'Events stored.',
      labelNames: ['input'],
      registers,
    });
    this.refused = new Counter({
      name: 'fireplot_lines_refused_total',
      help: 'Lines that are no event, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.lost = new Counter({
      name: 'fireplot_events_lost_total',
      help: 'Events that the store refused for good.',
      registers,
    });
    this.batches = new Counter({
      name: 'fireplot_batches_total',
      help: 'Batches by what became of them.',
      labelNames: ['outcome'],
      registers,
    });
    this.#mirror('fireplot_lines_received_total', 'Lines received.', 'input', ({ lines }) => ({
      udp: lines.udp,
      tcp: lines.tcp,
    }));
    this.#mirror(
      'fireplot_lines_dropped_total',
      'UDP lines thrown away while the queue was full.',
      'input',
      ({ droppedUdp }) => ({ udp: droppedUdp })
    );
    this.#mirror(
      'fireplot_senders_refused_total',
      'Datagrams and connections of senders that are not allowed.',
      'input',
      ({ refusedSenders }) => ({ syslog: refusedSenders })
    );
    this.#mirror('fireplot_connections_refused_total', 'TCP connections over the cap.', 'input', ({ crowded }) => ({
      tcp: crowded,
    }));
    this.#gauge('fireplot_connections', 'Open TCP connections.', ({ connections }) => connections);
    this.#gauge('fireplot_queue_bytes', 'Bytes that wait for the store.', ({ queueBytes }) => queueBytes);
  }

  /** Takes the listening thread's counters over. */
  report(report: LiveReport): void {
    this.#report.current = report;
  }

  /** Counts what the kernel threw away before it could be read, where the system tells. */
  watchKernel(port: number): void {
    const { registry } = this;
    new Counter({
      name: 'fireplot_kernel_drops_total',
      help: 'Datagrams that the kernel dropped since its buffer was full; a larger net.core.rmem_max helps.',
      registers: [registry],
      async collect() {
        const drops = await kernelDrops(port);
        this.reset();
        if (drops !== undefined) this.inc(drops);
      },
    });
  }

  #mirror<Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: (report: LiveReport) => Record<string, number>
  ): void {
    const latest = this.#report;
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        if (latest.current === undefined) return;
        for (const [value, count] of Object.entries(read(latest.current)))
          this.inc({ [label]: value } as Record<Label, string>, count);
      },
    });
  }

  #gauge(name: string, help: string, read: (report: LiveReport) => number): void {
    const latest = this.#report;
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(latest.current === undefined ? 0 : read(latest.current));
      },
    });
  }
}
