import { appendFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Numbered } from './lines.case.js';
import { judgeAnswered, Pace, TICK_MS } from './sender.case.js';
import type { TortureSender } from './sender.case.js';

/** Characters of a line that come with the next write. */
const HALF = 20;

/** Writes a log file, whether or not the service lives, and rotates it at every death. */
export class FileSender implements TortureSender {
  readonly name = 'file';
  readonly source: string;
  /** To be followed. */
  readonly path: string;
  readonly #lines: Numbered;
  readonly #pace: Pace;
  readonly #timer: NodeJS.Timeout;
  #rotations = 0;
  /** The end of a line whose begin is written. */
  #rest = '';

  constructor(folder: string, source: string, perSecond: number) {
    this.source = source;
    this.path = path.join(folder, 'fw.log');
    this.#lines = new Numbered(source);
    this.#pace = new Pace(perSecond);
    this.#timer = setInterval(() => this.#write(), TICK_MS);
  }

  get sent(): number {
    return this.#lines.next;
  }

  up(): void {}

  down(): void {
    if (this.sent === 0) return;
    // x.log.2 becomes x.log.3, and so on, as logrotate does.
    this.#flush();
    for (let n = this.#rotations++; n > 0; n--) renameSync(`${this.path}.${n}`, `${this.path}.${n + 1}`);
    renameSync(this.path, `${this.path}.1`);
    this.#write();
  }

  async finish(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  judge(stored: readonly number[]): string[] {
    return judgeAnswered(this.name, this.sent, stored);
  }

  unread(): number {
    return 0;
  }

  /** A write ends in the middle of a line, as those of other programs may. */
  #write(): void {
    const lines = this.#lines.lines(Math.max(1, this.#pace.due()));
    const text = this.#rest + lines.map((line) => `${line}\n`).join('');
    appendFileSync(this.path, text.slice(0, -HALF));
    this.#rest = text.slice(-HALF);
  }

  #flush(): void {
    appendFileSync(this.path, this.#rest);
    this.#rest = '';
  }
}
