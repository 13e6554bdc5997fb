import path from 'node:path';
import type { Batch } from '../sink/batch.js';
import { CLOCK } from '../spool/clock.js';
import type { Clock } from '../spool/clock.js';
import { DISK } from '../spool/disk.js';
import type { Disk } from '../spool/disk.js';
import { Spool } from '../spool/spool.js';
import { tempFolder } from '../store/fixture.case.js';
import { OPTIONS } from './lines.case.js';
import type { LineSink } from '../input/lines.js';
import type { Origin } from '../input/intake.js';
import { LiveIntake } from './live.js';
import type { Greeting, LiveOptions } from './live.js';

export const LIVE: LiveOptions = {
  ...OPTIONS,
  year: undefined,
  allow: [],
  flushMs: 60_000,
  spoolBytes: 1e9,
  rateLimit: 0,
};

/** An intake over a spool of its own, whose store is the test. */
export class LiveBench {
  readonly sent: Batch[] = [];
  readonly greetings: Greeting[] = [];
  readonly turnedAway: string[] = [];
  readonly holds: boolean[] = [];
  readonly said: string[] = [];
  readonly spool: Spool;
  readonly intake: LiveIntake;
  readonly #sinks = new Map<string, LineSink>();

  private constructor(spool: Spool, options: LiveOptions, clock: Clock, said: string[]) {
    this.spool = spool;
    this.said = said;
    this.intake = new LiveIntake(options, spool, clock, {
      send: (batch) => void this.sent.push(batch),
      greet: (greeting) => void this.greetings.push(greeting),
      refuseSender: (address) => void this.turnedAway.push(address),
      hold: (held) => void this.holds.push(held),
      say: (_, sentence) => void this.said.push(sentence),
      settled: () => {},
    });
    this.intake.start();
  }

  static async open(
    folder: string,
    changes: Partial<LiveOptions> = {},
    { clock = CLOCK, disk = DISK }: { clock?: Clock; disk?: Disk } = {}
  ): Promise<LiveBench> {
    const said: string[] = [];
    const spool = await Spool.open({
      folder,
      program: '0.0.0',
      clock,
      disk,
      warn: (sentence) => void said.push(sentence),
    });
    return new LiveBench(spool, { ...LIVE, ...changes }, clock, said);
  }

  /** Hands lines over, each origin by the same sink every time. */
  take(input: Origin['input'], lines: string | readonly string[], sender = '10.0.0.1'): void {
    const stamps = input === 'file' ? 'believed' : 'live';
    let sink = this.#sinks.get(`${input} ${sender}`);
    if (sink === undefined) {
      sink = this.intake.open({ input, sender, stamps });
      this.#sinks.set(`${input} ${sender}`, sink);
    }
    for (const line of [lines].flat()) {
      const bytes = Buffer.from(line, 'latin1');
      sink.line(bytes, 0, bytes.length);
    }
  }

  /** Tells what became of the oldest batch that was sent and not answered yet. */
  answer(end: 'stored' | 'refused' = 'stored'): void {
    const batch = this.sent[this.#answered];
    if (batch === undefined) return;
    this.#answered++;
    this.intake.done(batch.token, end, batch.tsv.buffer as ArrayBuffer);
  }
  #answered = 0;

  get rows(): number {
    return this.sent.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Ends as a process does that leaves what is not stored in the spool. */
  async leave(): Promise<void> {
    await this.intake.end();
    this.intake.leave();
    await this.spool.close();
  }
}

/** A folder for spools, gone after the test. */
export function spoolFolder(): { path: string; remove: () => void } {
  const { path: folder, remove } = tempFolder('spool');
  return { path: path.join(folder, 'spool'), remove };
}
