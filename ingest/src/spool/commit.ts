/** Lines are on disk so long after they came, at most; sooner when somebody waits for it. */
const COMMIT_MS = 25;
const RETRY_MS = 1_000;
/** Whoever waits is told of a disk that takes nothing after so long. */
const PATIENCE_MS = 10_000;

export interface CommitPorts {
  /**
   * Gathers all that is not on disk. Called from the event loop alone, never while an input hands lines over: what came
   * in one go stays together.
   * @returns how that is written; undefined when there is nothing. Is called again after it has failed.
   */
  gather(): (() => Promise<void>) | undefined;
  /** A commit has been written. */
  written(): void;
  /** The disk takes nothing, or (undefined) it does again. */
  fault(error: Error | undefined): void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Brings what comes in onto the disk together: one write and one flush for all who wait. */
export class GroupCommit {
  readonly #ports: CommitPorts;
  #dirty = false;
  #timer: NodeJS.Timeout | undefined;
  #kick: NodeJS.Immediate | undefined;
  #running = false;
  /** Of what is being written, and of what comes behind it. */
  #current: Waiter[] = [];
  #next: Waiter[] = [];
  #fault: Error | undefined;
  #impatience: NodeJS.Timeout | undefined;
  #retry: { readonly timer: NodeJS.Timeout; readonly now: () => void } | undefined;
  /** The fault has lasted so long that nobody is made to wait. */
  #hopeless = false;
  #ending = false;

  constructor(ports: CommitPorts) {
    this.#ports = ports;
  }

  get faulty(): boolean {
    return this.#fault !== undefined;
  }

  /** Something came in. */
  touch(): void {
    this.#dirty = true;
    if (!this.#running) this.#timer ??= setTimeout(() => void this.#run(), COMMIT_MS);
  }

  /** Commits as soon as the event loop comes round, whether or not something came in. */
  kick(): void {
    this.#dirty = true;
    if (!this.#running) this.#kick ??= setImmediate(() => void this.#run());
  }

  /** Resolves when all that came in so far is on disk. @throws Error when the disk takes nothing for too long */
  durable(): Promise<void> {
    if (!this.#dirty && !this.#running) return Promise.resolve();
    if (this.#hopeless) return Promise.reject(this.#fault as Error);
    return new Promise((resolve, reject) => {
      (this.#dirty ? this.#next : this.#current).push({ resolve, reject });
      if (this.#dirty) this.kick();
    });
  }

  /** Writes what is left; gives up at once when the disk takes nothing. @returns whether all is on disk */
  async end(): Promise<boolean> {
    this.#ending = true;
    this.#retry?.now();
    try {
      await this.durable();
    } catch {
      // told by what is returned
    }
    clearTimeout(this.#timer);
    return this.#fault === undefined;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#kick !== undefined) clearImmediate(this.#kick);
    this.#kick = undefined;
    const write = this.#ports.gather();
    this.#dirty = false;
    this.#current = this.#next;
    this.#next = [];
    if (write !== undefined) {
      this.#running = true;
      const written = await this.#insist(write);
      this.#running = false;
      if (!written) return;
      this.#ports.written();
    }
    for (const { resolve } of this.#current) resolve();
    this.#current = [];
    if (this.#next.length > 0) this.kick();
    else if (this.#dirty) this.touch();
  }

  /** Writes until it works. @returns false when it was given up because of the end */
  async #insist(write: () => Promise<void>): Promise<boolean> {
    for (;;) {
      try {
        await write();
        this.#healed();
        return true;
      } catch (cause) {
        this.#failed(cause instanceof Error ? cause : new Error(String(cause)));
        if (this.#ending) return false;
        await new Promise<void>((resolve) => {
          this.#retry = { timer: setTimeout(resolve, RETRY_MS), now: resolve };
        });
        clearTimeout(this.#retry?.timer);
        this.#retry = undefined;
      }
    }
  }

  #failed(error: Error): void {
    const first = this.#fault === undefined;
    this.#fault = error;
    if (first) {
      this.#impatience = setTimeout(() => this.#despair(), PATIENCE_MS);
      this.#ports.fault(error);
    }
    if (this.#ending) this.#despair();
  }

  #despair(): void {
    this.#hopeless = true;
    for (const { reject } of [...this.#current.splice(0), ...this.#next.splice(0)]) reject(this.#fault as Error);
  }

  #healed(): void {
    if (this.#fault === undefined) return;
    clearTimeout(this.#impatience);
    this.#fault = undefined;
    this.#hopeless = false;
    this.#ports.fault(undefined);
  }
}
