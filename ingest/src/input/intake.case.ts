import type { Intake, Origin } from './intake.js';
import type { LineSink } from './lines.js';

export interface RecordedLine {
  readonly text: string;
  readonly tooLong: boolean;
  readonly origin: Origin;
}

/** `run` numbers the synchronous runs. */
type Entry =
  | { readonly run: number; readonly kind: 'line'; readonly line: RecordedLine }
  | { readonly run: number; readonly kind: 'mark'; readonly scope: string; readonly value: string };

/** What a crash leaves. */
export interface Disk {
  readonly lines: readonly RecordedLine[];
  readonly marks: ReadonlyMap<string, string>;
}

const EMPTY: Disk = { lines: [], marks: new Map() };

/**
 * An Intake in memory that keeps apart what is on disk and what is not, so that a test can crash it: make another one
 * of `disk`. What one synchronous run hands over gets there together.
 */
export class RecordingIntake implements Intake {
  readonly said: string[] = [];
  readonly admitted: string[] = [];
  readonly opened: Origin[] = [];
  held = false;
  /** Answer of `rest`. */
  restMs = 0;
  /** Senders that may not send. */
  readonly barred = new Set<string>();
  /** Set: `durable` rejects with it. */
  failure: Error | undefined;
  readonly #manual: boolean;
  readonly #stored: RecordedLine[];
  readonly #storedMarks: Map<string, string>;
  readonly #marks: Map<string, string>;
  #pending: Entry[] = [];
  #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #timer: NodeJS.Immediate | undefined;
  #run = 0;

  /** @param options `manual`: nothing gets onto the disk until `commit` is called */
  constructor(disk: Disk = EMPTY, options: { manual?: boolean } = {}) {
    this.#stored = [...disk.lines];
    this.#storedMarks = new Map(disk.marks);
    this.#marks = new Map(disk.marks);
    this.#manual = options.manual ?? false;
  }

  /** Every line handed over, on disk or not. */
  get lines(): RecordedLine[] {
    return [...this.#stored, ...this.#pending.flatMap((entry) => (entry.kind === 'line' ? [entry.line] : []))];
  }

  get texts(): string[] {
    return this.lines.map(({ text }) => text);
  }

  get disk(): Disk {
    return { lines: [...this.#stored], marks: new Map(this.#storedMarks) };
  }

  admit(sender: string): boolean {
    this.admitted.push(sender);
    return !this.barred.has(sender);
  }

  open(origin: Origin): LineSink {
    this.opened.push(origin);
    const take = (bytes: Buffer, start: number, end: number, tooLong: boolean): void => {
      this.#pending.push({
        run: this.#runNow(),
        kind: 'line',
        line: { text: bytes.toString('latin1', start, end), tooLong, origin },
      });
    };
    return {
      line: (bytes, start, end) => take(bytes, start, end, false),
      tooLong: (bytes, start, end) => take(bytes, start, end, true),
    };
  }

  mark(scope: string, value: string): void {
    this.#pending.push({ run: this.#runNow(), kind: 'mark', scope, value });
    this.#marks.set(scope, value);
  }

  recall(scope: string): string | undefined {
    return this.#marks.get(scope);
  }

  durable(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#manual) this.#timer ??= setImmediate(() => this.commit());
    });
  }

  /** Puts all that is pending onto the disk and answers who waits for it. */
  commit(): void {
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.failure !== undefined) {
      for (const { reject } of waiting) reject(this.failure);
      return;
    }
    this.#put(this.#pending);
    this.#pending = [];
    for (const { resolve } of waiting) resolve();
  }

  /** What is found after a crash that came when the first so many of the pending runs were on the disk. */
  diskAfter(runs: number): Disk {
    const first = this.#pending[0]?.run ?? 0;
    this.#put(this.#pending.filter(({ run }) => run < first + runs));
    this.#pending = [];
    return this.disk;
  }

  /** Synchronous runs that are not on the disk. */
  get pendingRuns(): number {
    return (this.#pending.at(-1)?.run ?? -1) - (this.#pending[0]?.run ?? 0) + 1;
  }

  #put(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'line') this.#stored.push(entry.line);
      else this.#storedMarks.set(entry.scope, entry.value);
    }
  }

  #runNow(): number {
    const now = this.#run;
    queueMicrotask(() => {
      if (this.#run === now) this.#run++;
    });
    return now;
  }

  rest(): number {
    return this.restMs;
  }

  say(_: 'info' | 'warn', sentence: string): void {
    this.said.push(sentence);
  }
}
