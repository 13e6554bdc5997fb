import { once } from 'node:events';
import net from 'node:net';
import type { Socket } from 'node:net';
import { peerAddress } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import type { InputName, Intake } from '../intake.js';
import type { TlsFiles } from './certificates.js';
import { Gate } from './gate.js';
import type { GateOptions } from './gate.js';
import { Handshake } from './handshake.js';
import { listen, placeOf } from './listen.js';

const KEEP_ALIVE_MS = 60_000;
/** Answers a sender has not fetched; over this nothing more is read from it. */
const UNREAD_ANSWERS = 256 * 1024;

export interface StreamOptions extends GateOptions {
  readonly listen: Endpoint;
  /** Bytes of the longest line. */
  readonly lineLimit: number;
  /** A connection silent for so long is closed, ms. */
  readonly idleMs: number;
}

/** What reads one connection. */
export interface StreamReader {
  /** The bytes are only valid during the call. */
  push(chunk: Buffer): void;
  /** The connection has ended, or is ended with no more to be read. */
  end(): void;
  /** Says farewell before the connection is ended by us; without it the connection is just ended. */
  leave?(): Promise<void>;
}

/** How a reader sees its connection. */
export interface Connection {
  readonly sender: string;
  write(text: string): void;
  /** Sends what was written, then ends; resolves when that is done. */
  finish(): Promise<void>;
  /** Ends at once; what was received and not read is never read. */
  destroy(): void;
  /** Reads no further until `wake`. */
  sleep(): void;
  wake(): void;
  /** Nothing is read at the moment, though there may be something. */
  readonly held: boolean;
}

/** How a kind of input differs from others. */
export interface StreamKind {
  readonly input: InputName;
  /** For messages: `syslog over TLS`. */
  readonly what: string;
  /** The setting that names the port: `--tls`. */
  readonly option: string;
  readonly files: TlsFiles | undefined;
  open(connection: Connection): StreamReader;
}

interface Open {
  readonly reader: StreamReader;
  /** Reasons not to read at the moment. */
  readonly holds: Set<Hold>;
}

/** Listens for connections that bring lines: who may connect, how many, encrypted or not, when to read, when to end. */
export class Streams {
  readonly #server = net.createServer();
  readonly #options: StreamOptions;
  readonly #intake: Intake;
  readonly #kind: StreamKind;
  readonly #gate: Gate;
  readonly #handshake: Handshake | undefined;
  readonly #open = new Map<Socket, Open>();
  /** Admitted, and still shaking hands. */
  readonly #fresh = new Set<Socket>();
  #paused = false;

  private constructor(options: StreamOptions, kind: StreamKind, intake: Intake) {
    this.#options = options;
    this.#kind = kind;
    this.#intake = intake;
    this.#gate = new Gate(options, intake, kind.input);
    this.#handshake =
      kind.files &&
      new Handshake(kind.files, intake, kind.input, (socket) => this.#accept(socket, socket.remoteAddress));
    this.#server.on('connection', (socket) => this.#enter(socket));
  }

  /** @throws UserError with one sentence when the port cannot be had or the certificates cannot be used */
  static async open(options: StreamOptions, kind: StreamKind, intake: Intake): Promise<Streams> {
    const streams = new Streams(options, kind, intake);
    try {
      await listen(streams.#server, options.listen, kind.what, kind.option);
    } catch (error) {
      streams.#handshake?.close();
      throw error;
    }
    return streams;
  }

  get place(): string {
    return placeOf(this.#server, this.#options.listen);
  }

  counts(): { connections: number; refused_senders: number; crowded: number; failed_handshakes: number } {
    const { connections, refused, crowded } = this.#gate;
    return {
      connections,
      refused_senders: refused,
      crowded,
      failed_handshakes: this.#handshake?.failed ?? 0,
    };
  }

  /** Stops reading: the senders' windows fill, and they wait. */
  pause(): void {
    this.#paused = true;
    for (const [socket, open] of this.#open) hold(socket, open, 'paused');
  }

  resume(): void {
    this.#paused = false;
    for (const [socket, open] of this.#open) release(socket, open, 'paused');
  }

  /** Takes no more connections, and ends those there are once their readers have said farewell. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#handshake?.close();
    for (const socket of this.#fresh) socket.destroy();
    await Promise.all(
      [...this.#open].map(async ([socket, open]) => {
        hold(socket, open, 'paused');
        await open.reader.leave?.();
        this.#end(socket, open);
        socket.destroy();
      })
    );
    await closed;
  }

  #enter(socket: Socket): void {
    if (this.#gate.enter(socket) === undefined) return;
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    if (this.#handshake === undefined) return this.#accept(socket, socket.remoteAddress);
    this.#fresh.add(socket);
    socket.once('close', () => this.#fresh.delete(socket));
    this.#handshake.begin(socket);
  }

  #accept(socket: Socket, address = ''): void {
    const sender = peerAddress(address);
    if (sender === '' || !this.#server.listening) return void socket.destroy();
    const holds: Open['holds'] = new Set();
    const connection: Connection = {
      sender,
      write: (text) => {
        if (!socket.writable) return;
        socket.write(text, 'latin1');
        if (socket.writableLength > UNREAD_ANSWERS) hold(socket, open, 'unread');
      },
      finish: () =>
        new Promise((resolve) => {
          if (socket.destroyed) return resolve();
          socket.once('close', () => resolve());
          socket.end(() => resolve());
        }),
      destroy: () => {
        this.#end(socket, open);
        socket.destroy();
      },
      sleep: () => hold(socket, open, 'asleep'),
      wake: () => release(socket, open, 'asleep'),
      get held() {
        return holds.size > 0;
      },
    };
    const open: Open = { reader: this.#kind.open(connection), holds };
    this.#open.set(socket, open);
    socket.setTimeout(this.#options.idleMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      if (!this.#open.has(socket)) return;
      open.reader.push(chunk);
      this.#rest(socket, open, sender);
      takeTurns(socket, open);
    });
    socket.on('drain', () => release(socket, open, 'unread'));
    socket.on('close', () => this.#end(socket, open));
    if (this.#paused) hold(socket, open, 'paused');
  }

  /** A sender over its rate waits; so its window fills, and it waits too. */
  #rest(socket: Socket, open: Open, sender: string): void {
    const ms = this.#intake.rest(sender);
    if (ms <= 0 || open.holds.has('resting')) return;
    hold(socket, open, 'resting');
    setTimeout(() => release(socket, open, 'resting'), ms).unref();
  }

  #end(socket: Socket, open: Open): void {
    if (this.#open.delete(socket)) open.reader.end();
  }
}

type Hold = 'paused' | 'resting' | 'asleep' | 'unread';

/**
 * Lets others have their turn of the event loop before the next chunk: a sender that is faster than we are would be read
 * 2 MiB at a time, and meanwhile nothing would be written to disk, answered, or read of others.
 */
function takeTurns(socket: Socket, { holds }: Open): void {
  socket.pause();
  setImmediate(() => {
    if (holds.size === 0) socket.resume();
  });
}

function hold(socket: Socket, { holds }: Open, why: Hold): void {
  holds.add(why);
  socket.pause();
}

function release(socket: Socket, { holds }: Open, why: Hold): void {
  if (holds.delete(why) && holds.size === 0) socket.resume();
}
