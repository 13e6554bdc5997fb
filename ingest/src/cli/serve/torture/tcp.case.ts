import net from 'node:net';
import type { Place } from '../../../read/thread/messages.js';
import { Numbered } from './lines.case.js';
import { Pace, TICK_MS } from './sender.case.js';
import type { TortureSender } from './sender.case.js';

/** The lines of one connection: from the first to before the last. */
interface Connection {
  readonly from: number;
  to: number;
  /** So many were on disk at least, as the service itself said before it died. */
  durable: number;
}

/** Plain syslog: nobody answers, so what the service had not read when it died is gone, and that is counted. */
export class TcpSender implements TortureSender {
  readonly name = 'tcp';
  readonly source: string;
  readonly #lines: Numbered;
  readonly #pace: Pace;
  readonly #timer: NodeJS.Timeout;
  readonly #connections: Connection[] = [];
  #socket: net.Socket | undefined;
  #finishing = false;

  constructor(source: string, perSecond: number) {
    this.source = source;
    this.#lines = new Numbered(source);
    this.#pace = new Pace(perSecond);
    this.#timer = setInterval(() => this.#write(), TICK_MS);
  }

  get sent(): number {
    return this.#lines.next;
  }

  up(places: readonly Place[]): void {
    const port = Number(
      places
        .find(({ name }) => name === 'tcp')
        ?.place.split(':')
        .at(-1) ?? 0
    );
    this.#connections.push({ from: this.sent, to: this.sent, durable: 0 });
    this.#socket = net.connect(port, '127.0.0.1');
    this.#socket.on('error', () => {});
  }

  /** The service says how many lines of this connection are on disk. */
  promised(lines: number): void {
    const connection = this.#connections.at(-1);
    if (connection !== undefined) connection.durable = Math.max(connection.durable, lines);
  }

  down(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** The service reads what a connection brought before its end. */
  async finish(): Promise<void> {
    this.#finishing = true;
    clearInterval(this.#timer);
    const socket = this.#socket;
    const last = this.#connections.at(-1);
    if (socket === undefined || last === undefined) return;
    last.durable = last.to - last.from;
    await new Promise<void>((resolve) => socket.end(() => resolve()));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.down();
  }

  judge(stored: readonly number[]): string[] {
    const wrong: string[] = [];
    const there = new Set(stored);
    if (there.size < stored.length) wrong.push(`tcp: ${stored.length - there.size} lines are there twice`);
    this.#connections.forEach(({ from, to, durable }, i) => {
      let read = from;
      while (there.has(read) && read < to) read++;
      for (let n = read; n < to; n++) {
        if (there.has(n)) wrong.push(`tcp, life ${i + 1}: line ${n} is there, ${read} before it is not`);
      }
      if (read - from < durable) {
        wrong.push(`tcp, life ${i + 1}: ${durable} lines were on disk, ${read - from} of them are stored`);
      }
    });
    return wrong;
  }

  unread(stored: readonly number[]): number {
    return this.sent - stored.length;
  }

  #write(): void {
    const socket = this.#socket;
    const connection = this.#connections.at(-1);
    if (socket === undefined || connection === undefined || socket.writableNeedDrain || this.#finishing) return;
    const due = this.#pace.due();
    if (due === 0) return;
    socket.write(`${this.#lines.lines(due).join('\n')}\n`);
    connection.to = this.sent;
  }
}
