import net from 'node:net';
import type { Place } from '../../../read/thread/messages.js';
import { Numbered } from './lines.case.js';
import { judgeAnswered, Pace, pause, TICK_MS } from './sender.case.js';
import type { TortureSender } from './sender.case.js';

const WINDOW = 128;
const RECONNECT_MS = 50;
const OFFER = 'relp_version=0\nrelp_software=torture\ncommands=syslog';

/** Sends as librelp does: a window of messages, and after a break all that has no answer again, before anything new. */
export class RelpSender implements TortureSender {
  readonly name = 'relp';
  readonly source: string;
  readonly #lines: Numbered;
  readonly #pace: Pace;
  readonly #done: Promise<void>;
  #port = 0;
  #socket: net.Socket | undefined;
  #open = false;
  #received = '';
  #txnr = 0;
  /** Sent and not answered, in order. */
  #unanswered: string[] = [];
  #finishing = false;
  #stopped = false;

  constructor(source: string, perSecond: number) {
    this.source = source;
    this.#lines = new Numbered(source);
    this.#pace = new Pace(perSecond);
    this.#done = this.#run();
  }

  get sent(): number {
    return this.#lines.next;
  }

  up(places: readonly Place[]): void {
    this.#port = Number(
      places
        .find(({ name }) => name === 'relp')
        ?.place.split(':')
        .at(-1) ?? 0
    );
  }

  down(): void {
    this.#port = 0;
  }

  finish(): Promise<void> {
    this.#finishing = true;
    return this.#done;
  }

  stop(): void {
    this.#finishing = true;
    this.#stopped = true;
    this.#socket?.destroy();
  }

  judge(stored: readonly number[]): string[] {
    return judgeAnswered(this.name, this.sent, stored);
  }

  unread(): number {
    return 0;
  }

  async #run(): Promise<void> {
    while (!this.#stopped && (!this.#finishing || this.#unanswered.length > 0)) {
      if (this.#socket === undefined && this.#port !== 0) this.#connect(this.#port);
      if (this.#open && !this.#finishing) {
        const due = Math.min(this.#pace.due(), WINDOW - this.#unanswered.length);
        for (let i = 0; i < due; i++) {
          const line = this.#lines.line();
          this.#unanswered.push(line);
          this.#say('syslog', line);
        }
      }
      await pause(this.#open ? TICK_MS : RECONNECT_MS);
    }
    this.#socket?.destroy();
  }

  #connect(port: number): void {
    const socket = net.connect(port, '127.0.0.1');
    this.#socket = socket;
    this.#txnr = 0;
    this.#received = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#open = false;
    });
    this.#say('open', OFFER);
  }

  #say(command: string, data: string): void {
    this.#txnr++;
    this.#socket?.write(`${this.#txnr} ${command} ${data.length} ${data}\n`);
  }

  #take(text: string): void {
    this.#received += text;
    for (;;) {
      const head = /^(\d+) (\w+) (\d+)( ?)/.exec(this.#received);
      const length = head === null ? 0 : head[0].length + Number(head[3]) + 1;
      if (head === null || this.#received.length < length) return;
      const data = this.#received.slice(head[0].length, length - 1);
      this.#received = this.#received.slice(length);
      if (head[2] === 'rsp') this.#answer(Number(head[1]), data);
      else this.#socket?.destroy();
    }
  }

  #answer(txnr: number, data: string): void {
    if (!data.startsWith('200')) return void this.#socket?.destroy();
    if (txnr > 1) return void this.#unanswered.shift();
    this.#open = true;
    for (const line of this.#unanswered) this.#say('syslog', line);
  }
}
