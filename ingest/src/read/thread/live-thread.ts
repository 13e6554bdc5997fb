import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Input } from '../../input/intake.js';
import { CLOCK } from '../../spool/clock.js';
import { Spool } from '../../spool/spool.js';
import { LiveIntake } from '../live.js';
import { warm } from '../warm.js';
import { openInputs } from './inputs.js';
import type { FromLiveThread, LiveReport, LiveThreadData, ToLiveThread } from './messages.js';

/**
 * The thread that takes lines in: all inputs, parsing, batching and the spool, so that a busy main thread costs no
 * datagram. It ends when it was told to stop and all its batches are stored, or when it is told to leave.
 */
const REPORT_MS = 1_000;
/** What had arrived when the stop came is still read, for no longer than this. */
const LAST_READ_MS = 250;

class LiveThread {
  readonly #port: MessagePort;
  readonly #data: LiveThreadData;
  #spool: Spool | undefined;
  #intake: LiveIntake | undefined;
  #inputs: readonly Input[] = [];
  #reports: NodeJS.Timeout | undefined;
  #stopping = false;
  /** What is not stored is left in the spool. */
  #leaving = false;
  /** Lines that could not be brought onto the disk; undefined until everything is in. */
  #lost: number | undefined;

  constructor(port: MessagePort, data: LiveThreadData) {
    this.#port = port;
    this.#data = data;
    port.on('message', (message: ToLiveThread) => {
      if (message.type === 'done') this.#intake?.done(message.token, message.end, message.memory);
      else if (message.type === 'match') this.#intake?.matchWith(message.tables);
      else if (message.type === 'stop') void this.#stop();
      else this.#leave();
    });
  }

  async start(): Promise<void> {
    try {
      const { spool: folder, program, inputs } = this.#data;
      const warn = (sentence: string): void => this.#say({ type: 'say', level: 'warn', sentence });
      const spool = await Spool.open({ folder, program, clock: CLOCK, warn });
      this.#spool = spool;
      const intake = this.#open(spool);
      this.#intake = intake;
      const recovered = intake.report().spool.events;
      // Only datagrams are lost by who is slow at first.
      if (inputs.syslog !== undefined) warm(this.#data.live, CLOCK.wall());
      this.#inputs = await openInputs(inputs, intake);
      const places = this.#inputs.map(({ name, place }) => ({ name, place }));
      this.#say({ type: 'running', places, recovered });
      intake.start();
      this.#reports = setInterval(() => this.#report(), REPORT_MS);
    } catch (error) {
      await this.#spool?.close();
      this.#say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      this.#port.close();
    }
  }

  #open(spool: Spool): LiveIntake {
    return new LiveIntake(this.#data.live, spool, CLOCK, {
      send: (batch) =>
        this.#port.postMessage({ type: 'batch', batch } satisfies FromLiveThread, [batch.tsv.buffer as ArrayBuffer]),
      greet: (greeting) => this.#say({ type: 'greeting', greeting }),
      refuseSender: (address) => this.#say({ type: 'refused-sender', address }),
      hold: (held) => this.#hold(held),
      say: (level, sentence) => this.#say({ type: 'say', level, sentence }),
      settled: () => this.#endIfIdle(),
    });
  }

  #hold(held: boolean): void {
    for (const input of this.#inputs) {
      if (held) input.pause();
      else input.resume();
    }
    this.#say({ type: 'held', held });
  }

  async #stop(): Promise<void> {
    if (this.#stopping || this.#intake === undefined) return;
    this.#stopping = true;
    await this.#readTheLast(this.#intake);
    await Promise.all(this.#inputs.map((input) => input.close()));
    this.#lost = await this.#intake.end();
    this.#endIfIdle();
  }

  async #readTheLast({ stats: { lines } }: LiveIntake): Promise<void> {
    const taken = (): number => Object.values(lines).reduce((sum, each) => sum + each, 0);
    const deadline = performance.now() + LAST_READ_MS;
    for (let quiet = 0; quiet < 3 && performance.now() < deadline; quiet++) {
      const before = taken();
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (taken() > before) quiet = -1;
    }
  }

  #leave(): void {
    this.#leaving = true;
    this.#endIfIdle();
  }

  #endIfIdle(): void {
    if (this.#lost !== undefined && (this.#leaving || this.#intake?.idle === true)) void this.#end(this.#lost);
  }

  async #end(lost: number): Promise<void> {
    const intake = this.#intake;
    if (intake === undefined || this.#reports === undefined) return;
    clearInterval(this.#reports);
    this.#reports = undefined;
    const waiting = intake.leave();
    await this.#spool?.close();
    this.#report();
    this.#say({ type: 'stopped', leaving: { waiting, lost } });
    this.#port.close();
  }

  #report(): void {
    if (this.#intake === undefined) return;
    const inputs: Record<string, Record<string, number>> = {};
    for (const input of this.#inputs) {
      const sums = (inputs[input.name] ??= {});
      for (const [name, count] of Object.entries(input.counts())) sums[name] = (sums[name] ?? 0) + count;
    }
    this.#say({ type: 'stats', report: { ...this.#intake.report(), inputs } satisfies LiveReport });
  }

  #say(message: FromLiveThread): void {
    this.#port.postMessage(message);
  }
}

if (parentPort !== null) void new LiveThread(parentPort, workerData as LiveThreadData).start();
