import type { Connection } from '../tls/streams.js';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { Session } from './session.js';
import type { RelpCounts, SessionParts } from './session.js';
import { Sessions } from './sessions.js';
import { Tails } from './tails.js';

export const frame = (txnr: number, command: string, data = ''): string =>
  data === '' ? `${txnr} ${command} 0\n` : `${txnr} ${command} ${Buffer.byteLength(data)} ${data}\n`;

export const OPEN = frame(1, 'open', 'relp_version=0\nrelp_software=test\ncommands=syslog');

/** A session without a socket: what the kernel holds of its input, and what it has written. */
export class Wire {
  /** Bytes on their way to the server. */
  toServer = '';
  /** Bytes on their way to the client. */
  toClient = '';
  /** The server has ended it. */
  ended = false;
  held = false;
  session: Session;

  constructor(parts: SessionParts, sender: string) {
    const isHeld = (): boolean => this.held;
    const connection: Connection = {
      sender,
      write: (text) => void (this.toClient += text),
      finish: () => Promise.resolve(this.#end()),
      destroy: () => this.#end(),
      sleep: () => void (this.held = true),
      wake: () => void (this.held = false),
      get held() {
        return isHeld();
      },
    };
    this.session = new Session(connection, parts);
  }

  /** The server reads up to so many bytes. */
  deliver(bytes = this.toServer.length): void {
    if (this.ended || this.held || bytes === 0) return;
    const chunk = Buffer.from(this.toServer.slice(0, bytes), 'latin1');
    this.toServer = this.toServer.slice(bytes);
    this.session.push(chunk);
  }

  #end(): void {
    if (this.ended) return;
    this.ended = true;
    this.toServer = '';
    this.session.end();
  }
}

/** A server that can crash: what is on disk stays. */
export class Server {
  intake = new DiskIntake(undefined, { manual: true });
  wires: Wire[] = [];
  counts: RelpCounts = { repeated: 0, protocol_errors: 0 };
  #parts = this.#start();

  connect(sender: string): Wire {
    const wire = new Wire(this.#parts, sender);
    this.wires.push(wire);
    return wire;
  }

  crash(): void {
    for (const wire of this.wires) wire.ended = true;
    this.wires = [];
    this.intake = new DiskIntake(this.intake.disk, { manual: true });
    this.#parts = this.#start();
  }

  #start(): SessionParts {
    const { intake } = this;
    return {
      intake,
      tails: new Tails(intake),
      sessions: new Sessions(intake),
      lineLimit: 1_024,
      counts: this.counts,
      complain: (_, sentence) => intake.say('warn', sentence),
    };
  }
}

/** A client that does as librelp does: a window, and after a break all that has no answer again, before anything new. */
export class Client {
  readonly name: string;
  readonly #server: Server;
  readonly #sender: string;
  readonly #window: number;
  readonly #queue: string[];
  #unanswered: { txnr: number; text: string }[] = [];
  #wire: Wire | undefined;
  #isOpen = false;
  #txnr = 0;
  #received = '';
  next = 0;

  constructor(server: Server, sender: string, name: string, messages: readonly string[], window: number) {
    this.#server = server;
    this.#sender = sender;
    this.name = name;
    this.#queue = [...messages];
    this.#window = window;
  }

  get done(): boolean {
    return this.next === this.#queue.length && this.#unanswered.length === 0;
  }

  get wire(): Wire | undefined {
    return this.#wire;
  }

  /** Sends up to so many messages, as far as its window lets it; connects first where it must. */
  send(count: number): void {
    if (this.#wire === undefined || this.#wire.ended) return this.#connect();
    for (let i = 0; i < count && this.#isOpen; i++) {
      if (this.#unanswered.length >= this.#window || this.next >= this.#queue.length) return;
      const text = this.#queue[this.next++] as string;
      this.#unanswered.push({ txnr: this.#say(text), text });
    }
  }

  /** Fetches up to so many bytes of answers. */
  receive(bytes: number): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    this.#received += wire.toClient.slice(0, bytes);
    wire.toClient = wire.toClient.slice(bytes);
    for (;;) {
      const head = /^(\d+) (rsp|serverclose) (\d+)( ?)/.exec(this.#received);
      const length = head === null ? 0 : head[0].length + Number(head[3]) + 1;
      if (head === null || this.#received.length < length) return;
      const data = this.#received.slice(head[0].length, length - 1);
      this.#received = this.#received.slice(length);
      if (head[2] === 'serverclose') return this.lose();
      this.#answered(Number(head[1]), data);
    }
  }

  /** Loses its connection; the server reads what it had got of it, or does not notice yet. */
  lose(): void {
    this.#wire = undefined;
    this.#isOpen = false;
    this.#received = '';
  }

  #connect(): void {
    this.lose();
    this.#wire = this.#server.connect(this.#sender);
    this.#txnr = 1;
    this.#wire.toServer += OPEN;
  }

  #say(text: string): number {
    this.#txnr = this.#txnr === 999_999_999 ? 1 : this.#txnr + 1;
    if (this.#wire !== undefined) this.#wire.toServer += frame(this.#txnr, 'syslog', text);
    return this.#txnr;
  }

  #answered(txnr: number, data: string): void {
    if (!data.startsWith('200 OK')) throw new Error(`${this.name} was answered ${data}`);
    if (txnr === 1 && !this.#isOpen) {
      this.#isOpen = true;
      this.#unanswered = this.#unanswered.map(({ text }) => ({ txnr: this.#say(text), text }));
      return;
    }
    const first = this.#unanswered.shift();
    if (first?.txnr !== txnr) throw new Error(`${this.name}: ${txnr} was answered where ${first?.txnr} was due`);
  }
}
