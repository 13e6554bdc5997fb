import type { Intake } from '../intake.js';

const LAST_TXNR = 999_999_999;
/** Between tries to get onto the disk what could not be written. */
const RETRY_MS = 1_000;
/** A farewell waits no longer for the disk. */
const FAREWELL_MS = 5_000;

export function nextTxnr(txnr: number): number {
  return txnr === LAST_TXNR ? 1 : txnr + 1;
}

/** Answers messages in order, once they are on disk: all that got there together in one write. */
export class Answers {
  readonly #intake: Intake;
  readonly #write: (text: string) => void;
  /** The last transaction answered, received, and decided on. */
  #answered = 0;
  #received = 0;
  #decided = 0;
  #isOpen = false;
  #busy = false;
  #ended = false;
  #retry: NodeJS.Timeout | undefined;
  #onSettled: (() => void)[] = [];

  constructor(intake: Intake, write: (text: string) => void) {
    this.#intake = intake;
    this.#write = write;
  }

  /** @param txnr of the `open`; answers are held back until `open` is called */
  begin(txnr: number): void {
    this.#answered = this.#received = this.#decided = txnr;
  }

  /** The `open` has been answered. */
  open(): void {
    this.#isOpen = true;
    this.#settle();
  }

  taken(txnr: number): void {
    this.#received = txnr;
  }

  /** All messages received were handed over, or need not be: they are answered when all of this run is on disk. */
  ready(): void {
    this.#decided = this.#received;
    // After this run, so that it asks for the disk once, and its marks are in.
    queueMicrotask(() => this.#settle());
  }

  /** Everything received has been answered. */
  get complete(): boolean {
    return this.#answered === this.#received;
  }

  /** Resolves when all that was decided on has been answered, or cannot be in time. */
  async settled(): Promise<void> {
    if (this.#ended || this.#answered === this.#decided) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
      this.#onSettled.push(resolve);
    });
    clearTimeout(timer);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#retry);
    this.#wakeUp();
  }

  #settle(): void {
    if (this.#busy || !this.#isOpen || this.#ended || this.#answered === this.#decided) return;
    this.#busy = true;
    const last = this.#decided;
    this.#intake.durable().then(
      () => {
        this.#busy = false;
        if (this.#ended) return;
        this.#answer(last);
        if (this.#answered === this.#decided) this.#wakeUp();
        this.#settle();
      },
      () => {
        // The intake says what is wrong with the disk; the client waits, and asks again on its own terms.
        this.#busy = false;
        if (!this.#ended) this.#retry = setTimeout(() => this.#settle(), RETRY_MS).unref();
      }
    );
  }

  #answer(last: number): void {
    let text = '';
    while (this.#answered !== last) {
      this.#answered = nextTxnr(this.#answered);
      text += `${this.#answered} rsp 6 200 OK\n`;
    }
    this.#write(text);
  }

  #wakeUp(): void {
    for (const resolve of this.#onSettled.splice(0)) resolve();
  }
}
