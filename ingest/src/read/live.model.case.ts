import { expect, vi } from 'vitest';
import type { Batch } from '../sink/batch.js';
import { MemoryDisk } from '../spool/disk.case.js';
import { LiveBench } from './live.case.js';
import { packet } from './lines.case.js';

/** What happens to a service, as a property test makes it up. */
export type Step =
  | { readonly kind: 'file' | 'http' | 'tcp'; readonly lines: number }
  | { readonly kind: 'wait'; readonly ms: number }
  /** The store takes one of the batches under way, and its answer arrives, or is lost. */
  | { readonly kind: 'store'; readonly which: number; readonly answered: boolean }
  /** The disk is full but for so many bytes, or has room again. */
  | { readonly kind: 'full'; readonly room: number }
  | { readonly kind: 'free' }
  /** Killed (nothing of the disk is lost), or the power went (`shares` of what was not flushed is there). */
  | { readonly kind: 'crash'; readonly shares: readonly number[] | undefined };

interface Request {
  readonly key: string;
  readonly lines: readonly string[];
  answered: boolean;
}

/**
 * A spooled intake with a file that is followed, a client that repeats requests until they are answered, a syslog
 * sender that knows of no answers, a store and a disk. It is killed and started again; in the end every line must have
 * been stored as its input promises.
 */
export class LiveModel {
  #disk = new MemoryDisk();
  #bench: LiveBench | undefined;
  /** Lines of this run in the order in which they were handed over. */
  #handed: string[] = [];
  #ms = 0;
  #numbers = 0;
  readonly #file: string[] = [];
  readonly #requests: Request[] = [];
  readonly #syslog: string[] = [];
  /** Handed over and told to be on disk. */
  readonly #promised = new Set<string>();
  /** By token, as first stored. */
  readonly #store = new Map<string, Batch>();
  /** Tokens of this run's batches that the store has answered. */
  #answered = new Set<string>();

  async start(): Promise<void> {
    const clock = { wall: () => Date.UTC(2026, 10, 22, 1) + this.#ms, steady: () => this.#ms };
    this.#handed = [];
    this.#answered = new Set();
    this.#bench = await LiveBench.open('/spool', { flushMs: 500, year: 2026 }, { clock, disk: this.#disk });
    const read = Number(this.#bench.intake.recall('file') ?? '0');
    this.#follow(read);
    for (const request of this.#requests) if (!request.answered) this.#send(request);
  }

  async step(step: Step): Promise<void> {
    if (step.kind === 'file') {
      const from = this.#file.length;
      this.#file.push(...this.#lines(step.lines));
      this.#follow(from);
    } else if (step.kind === 'http') {
      const request = { key: `http:${this.#requests.length}`, lines: this.#lines(step.lines), answered: false };
      this.#requests.push(request);
      this.#send(request);
    } else if (step.kind === 'tcp') {
      const lines = this.#lines(step.lines);
      this.#syslog.push(...lines);
      this.#take('tcp', lines);
    } else if (step.kind === 'wait') {
      await this.#wait(step.ms);
    } else if (step.kind === 'store') {
      await this.#storeOne(step.which, step.answered);
    } else if (step.kind === 'full') {
      this.#disk.room = step.room;
    } else if (step.kind === 'free') {
      this.#disk.room = Number.POSITIVE_INFINITY;
    } else if (step.kind === 'crash') {
      await this.crash(step.shares);
    }
  }

  /** @param shares how much of each thing that was not flushed is there; undefined: all of everything */
  async crash(shares?: readonly number[]): Promise<void> {
    const durable = Object.values(this.#live.intake.stats.durable).reduce((sum, each) => sum + each, 0);
    for (const line of this.#handed.slice(0, durable)) this.#promised.add(line);
    let next = 0;
    this.#disk = shares === undefined ? this.#disk.copy() : this.#disk.crash(() => shares[next++ % shares.length] ?? 0);
    // The timers of the process that is gone; its promises find only the disk that is gone.
    vi.clearAllTimers();
    await this.start();
  }

  /** Lets everything get into the store, then holds what is there against what was sent. */
  async check(): Promise<void> {
    this.#disk.room = Number.POSITIVE_INFINITY;
    await this.crash();
    for (let quiet = 0; quiet < 3; quiet++) {
      await this.#wait(1_500);
      if (this.#underWay.length > 0) quiet = 0;
      while (this.#underWay.length > 0) await this.#storeOne(0, true);
    }
    const times = new Map<string, number>();
    for (const { tsv } of this.#store.values()) {
      for (const line of linesIn(tsv)) times.set(line, (times.get(line) ?? 0) + 1);
    }
    const once = (lines: readonly string[]): void => {
      for (const line of lines) expect([line, times.get(line)]).toEqual([line, 1]);
    };
    once(this.#file);
    once(this.#requests.flatMap(({ lines }) => lines));
    once([...this.#promised]);
    for (const line of this.#syslog) expect(times.get(line) ?? 0, line).toBeLessThanOrEqual(1);
    expect(this.#requests.every(({ answered }) => answered)).toBe(true);
    expect(this.#live.intake.idle).toBe(true);
    expect(this.#disk.names).toEqual(['marks', 'reserve']);
  }

  get #live(): LiveBench {
    return this.#bench as LiveBench;
  }

  #lines(count: number): string[] {
    return Array.from({ length: count }, () => packet(22).replace('SEQ=1 ', `SEQ=${this.#numbers++} `));
  }

  #take(input: 'file' | 'http' | 'tcp', lines: readonly string[]): void {
    this.#handed.push(...lines);
    this.#live.take(input, lines);
  }

  #follow(from: number): void {
    if (from >= this.#file.length) return;
    this.#take('file', this.#file.slice(from));
    this.#live.intake.mark('file', String(this.#file.length));
  }

  #send(request: Request): void {
    const { intake } = this.#live;
    if (intake.recall(request.key) === undefined) {
      this.#take('http', request.lines);
      intake.mark(request.key, '');
    }
    void intake.durable().then(
      () => (request.answered = true),
      () => undefined // the client tries again, after the next start
    );
  }

  async #wait(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5) {
      this.#ms += Math.min(5, left);
      await vi.advanceTimersByTimeAsync(Math.min(5, left));
    }
  }

  get #underWay(): Batch[] {
    return this.#live.sent.filter(({ token }) => !this.#answered.has(token));
  }

  async #storeOne(which: number, answered: boolean): Promise<void> {
    const underWay = this.#underWay;
    const batch = underWay[which % underWay.length];
    if (batch === undefined) return;
    const before = this.#store.get(batch.token);
    // The store knows a batch by its token alone: it must always be the same.
    if (before !== undefined) expect(linesIn(batch.tsv)).toEqual(linesIn(before.tsv));
    else this.#store.set(batch.token, { ...batch, tsv: Uint8Array.from(batch.tsv) });
    if (!answered) return;
    this.#answered.add(batch.token);
    this.#live.intake.done(batch.token, 'stored', undefined);
    await vi.advanceTimersByTimeAsync(0);
  }
}

/** The numbers of the lines in rows: each row ends with its line. */
function linesIn(rows: Uint8Array): string[] {
  const text = Buffer.from(rows.buffer, rows.byteOffset, rows.length).toString('latin1');
  return [...text.matchAll(/SEQ=(\d+) ACK/g)].map(([, number]) => packet(22).replace('SEQ=1 ', `SEQ=${number} `));
}
