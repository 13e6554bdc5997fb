import { printable } from './io.js';
import type { Io } from './io.js';

const EVERY_MS = 100;
const WIDTH = 24;

/** A bar on the terminal, redrawn in place; nothing where stderr is none. */
export class Progress {
  readonly #io: Io;
  readonly #started = Date.now();
  #drawn = 0;
  #shown = false;

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param share 0 to 1; undefined when the whole is not known */
  draw(name: string, share: number | undefined, lines: number): void {
    const now = Date.now();
    if (!this.#io.isTerminal || now - this.#drawn < EVERY_MS) return;
    this.#drawn = now;
    this.#shown = true;
    const seconds = Math.max((now - this.#started) / 1000, 0.001);
    const rate = Math.round(lines / seconds).toLocaleString('en-US');
    this.#io.stderr.write(
      `\r\u001b[K${bar(share)}  ${lines.toLocaleString('en-US')} lines  ${rate}/s  ${printable(name.slice(-40))}`
    );
  }

  clear(): void {
    if (this.#shown) this.#io.stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}

function bar(share: number | undefined): string {
  if (share === undefined) return '';
  const full = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}
