import type { Batch } from '../sink/batch.js';
import { batchOf } from '../spool/file.js';
import type { SpoolFile } from '../spool/file.js';
import type { Spool } from '../spool/spool.js';

/** Batches under way to the store at once, as many as the sink works on; what waits behind them waits on disk alone. */
const UNDER_WAY = 3;
/** Memory of batches that came back, kept for the next, when it is none of a giant. */
const SPARE = 1;
const SPARE_BYTES = 16 * 1024 * 1024;
const READ_AGAIN_MS = 5_000;
const READ_TRIES = 3;

export interface DeliveryPorts {
  /** Takes a batch away; `done` tells what became of it. */
  send(batch: Batch): void;
  /** There is a place again. */
  roomMade(): void;
}

interface Waiting {
  readonly file: SpoolFile;
  /** In memory, when there was a place for it. */
  readonly batch: Batch | undefined;
}

/** What became of a batch: the store has it, or will not take it. */
export type Delivered = 'stored' | 'refused';

/** Hands closed batches to the store in order, a few at once. */
export class LiveDelivery {
  readonly #spool: Spool;
  readonly #ports: DeliveryPorts;
  readonly #waiting: Waiting[];
  readonly #underWay = new Map<string, SpoolFile>();
  readonly #spare: ArrayBuffer[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Settled, but their files are still there. */
  #retiring = 0;
  #stopped = false;

  constructor(spool: Spool, ports: DeliveryPorts) {
    this.#spool = spool;
    this.#ports = ports;
    this.#waiting = spool.recovered.map((file) => ({ file, batch: undefined }));
  }

  /** Whether a batch that is closed now could go at once. */
  get hasRoom(): boolean {
    return this.#waiting.length + this.#underWay.size < UNDER_WAY;
  }

  /** Whether the store is busy: a batch that is not full may as well grow, since many small ones cost it more. */
  get busy(): boolean {
    return this.#waiting.length + this.#underWay.size > 0;
  }

  get idle(): boolean {
    return this.#waiting.length === 0 && this.#underWay.size === 0 && this.#retiring === 0;
  }

  /** Memory for the next batch, if there is some to use again. */
  spare(): ArrayBuffer | undefined {
    return this.#spare.pop();
  }

  /** Takes a batch that is closed and on disk. @param rows when they are to be kept in memory */
  add(file: SpoolFile, rows: Uint8Array | undefined): void {
    this.#waiting.push({ file, batch: rows === undefined ? undefined : batchOf(file, rows) });
    this.pump();
  }

  pump(): void {
    while (!this.#stopped && this.#underWay.size < UNDER_WAY) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      const { file, batch } = next;
      if (file.rows === 0 && file.refused.length === 0) {
        this.#settle(file, 'stored'); // marks alone
        continue;
      }
      this.#underWay.set(file.token, file);
      if (batch === undefined) this.#read(file, READ_TRIES);
      else this.#ports.send(batch);
    }
  }

  /** @param memory of the batch, which comes back */
  done(token: string, end: Delivered, memory: ArrayBuffer | undefined): void {
    const file = this.#underWay.get(token);
    if (memory !== undefined && memory.byteLength <= SPARE_BYTES && this.#spare.length < SPARE)
      this.#spare.push(memory);
    if (file === undefined) return;
    this.#underWay.delete(token);
    this.#settle(file, end);
    this.pump();
    this.#ports.roomMade();
  }

  /** Hands out nothing more. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #settle(file: SpoolFile, end: Delivered): void {
    this.#retiring++;
    void this.#spool.settle(file, end).then(() => {
      this.#retiring--;
      this.#ports.roomMade();
    });
  }

  #read(file: SpoolFile, tries: number): void {
    this.#spool.load(file).then(
      (batch) => {
        if (!this.#stopped) this.#ports.send(batch);
      },
      (error: unknown) => {
        if (tries > 1) return this.#later(() => this.#read(file, tries - 1));
        const why = error instanceof Error ? error.message : String(error);
        this.#spool.damage(file, `its ${file.rows} events cannot be read (${why})`);
        this.done(file.token, 'stored', undefined);
      }
    );
  }

  #later(task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, READ_AGAIN_MS);
    this.#timers.add(timer);
  }
}
