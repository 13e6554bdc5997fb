import { once } from 'node:events';
import net from 'node:net';
import { listenError, peerAddress } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Framer } from './framer.js';
import type { LineSink } from './lines.js';

const KEEP_ALIVE_MS = 60_000;

export interface TcpOptions {
  readonly lineLimit: number;
  readonly maxConnections: number;
  /** A connection silent for so long is closed, ms. */
  readonly idleMs: number;
  /** Whether a sender may connect at all; counts those that may not. */
  readonly admit: (sender: string) => boolean;
  /** Where the lines of a connection go. */
  readonly open: (sender: string) => LineSink;
  /** A connection over the cap was turned away. */
  readonly onCrowded: (sender: string) => void;
}

/** Syslog over TCP, LF or octet-counted. What a connection leaves unfinished when it ends is a line too. */
export class TcpInput {
  readonly endpoint: Endpoint;
  readonly #server: net.Server;
  readonly #sockets = new Map<net.Socket, Framer>();
  readonly #options: TcpOptions;
  #paused = false;

  private constructor(server: net.Server, host: string, options: TcpOptions) {
    this.#server = server;
    this.#options = options;
    this.endpoint = { host, port: (server.address() as net.AddressInfo).port };
    server.on('connection', (socket) => this.#accept(socket));
    // Running out of file descriptors must not end the service.
    server.on('error', () => {});
  }

  /** @throws Error with one sentence when the port cannot be had */
  static async open(wanted: Endpoint, options: TcpOptions): Promise<TcpInput> {
    const server = net.createServer();
    try {
      server.listen(wanted.host === '*' ? { port: wanted.port } : wanted);
      await once(server, 'listening');
    } catch (error) {
      throw listenError('syslog over TCP', '--syslog', wanted, error);
    }
    return new TcpInput(server, wanted.host, options);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Stops reading: the senders' windows fill, and they wait. */
  pause(): void {
    this.#paused = true;
    for (const socket of this.#sockets.keys()) socket.pause();
  }

  resume(): void {
    this.#paused = false;
    for (const socket of this.#sockets.keys()) socket.resume();
  }

  /** Takes no more connections, ends those there are, and hands on what they left. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const [socket, framer] of this.#sockets) {
      socket.destroy();
      framer.end();
    }
    await closed;
  }

  #accept(socket: net.Socket): void {
    const { admit, open, onCrowded, maxConnections, idleMs, lineLimit } = this.#options;
    const sender = peerAddress(socket.remoteAddress ?? '');
    socket.on('error', () => {}); // a reset is an end like any other: 'close' follows
    if (sender === '' || !admit(sender)) {
      socket.destroy();
      return;
    }
    if (this.#sockets.size >= maxConnections) {
      onCrowded(sender);
      socket.destroy();
      return;
    }
    const framer = new Framer(lineLimit, open(sender), { octetCounting: true });
    this.#sockets.set(socket, framer);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.on('data', (chunk) => framer.push(chunk));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      framer.end();
    });
    if (this.#paused) socket.pause();
  }
}
