import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { Socket } from 'node:net';
import type { Input, InputName, Intake, OpenInput } from '../intake.js';
import type { TlsFiles } from '../tls/certificates.js';
import { Gate } from '../tls/gate.js';
import { Handshake } from '../tls/handshake.js';
import { listen, placeOf } from '../tls/listen.js';
import type { StreamOptions } from '../tls/streams.js';
import { Handler } from './handler.js';
import { PATH } from './request.js';
import { Token } from './token.js';

export interface HttpOptions extends StreamOptions {
  /** '' for none, and then `tokenFile`. */
  readonly token: string;
  readonly tokenFile: string;
  /** Undefined: not encrypted. */
  readonly files: TlsFiles | undefined;
  /** Longest body, unpacked. */
  readonly maxBytes: number;
  /** How long a sender may take for a head, and for a whole request, ms. */
  readonly headMs?: number;
  readonly requestMs?: number;
}

const INPUT: InputName = 'http';
const HEAD_MS = 10_000;
const REQUEST_MS = 120_000;
const KEEP_ALIVE_MS = 75_000;
const CHECK_MS = 1_000;
const MAX_HEAD = 16 * 1024;
/** Bytes of bodies in memory at once, at least. */
const BODIES = 64 * 1024 * 1024;

/** Lines by `POST /v1/events`, answered when they are on disk. */
class HttpInput implements Input {
  readonly name = INPUT;
  readonly #server: net.Server;
  readonly #http: http.Server;
  readonly #handler: Handler;
  readonly #gate: Gate;
  readonly #handshake: Handshake | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #options: HttpOptions;

  constructor(options: HttpOptions, intake: Intake) {
    this.#options = options;
    const { lineLimit, maxBytes } = options;
    const token = new Token(options.token, options.tokenFile);
    this.#handler = new Handler({ lineLimit, maxBytes, maxBytesAtOnce: Math.max(BODIES, 2 * maxBytes) }, intake, token);
    this.#gate = new Gate(options, intake, INPUT);
    this.#http = http.createServer({
      headersTimeout: options.headMs ?? HEAD_MS,
      requestTimeout: options.requestMs ?? REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(CHECK_MS, options.headMs ?? CHECK_MS),
      maxHeaderSize: MAX_HEAD,
      insecureHTTPParser: false,
    });
    this.#http.on('request', (request, response) => this.#handler.handle(request, response, false));
    this.#http.on('checkContinue', (request, response) => this.#handler.handle(request, response, true));
    this.#handshake =
      options.files &&
      new Handshake(options.files, intake, INPUT, (socket) => void this.#http.emit('connection', socket));
    this.#server = net.createServer((socket) => this.#enter(socket));
  }

  /** @throws UserError with one sentence when the port cannot be had */
  async listen(): Promise<void> {
    try {
      await listen(this.#server, this.#options.listen, 'lines over HTTP', '--http-input');
    } catch (error) {
      this.#handshake?.close();
      throw error;
    }
    // This server listens through another, which asks the gate first; told so, it watches for slow requests.
    this.#http.emit('listening');
  }

  get place(): string {
    const scheme = this.#handshake === undefined ? 'http' : 'https';
    return `${scheme}://${placeOf(this.#server, this.#options.listen)}${PATH}`;
  }

  pause(): void {
    this.#handler.pause(true);
  }

  resume(): void {
    this.#handler.pause(false);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#handshake?.close();
    this.#http.closeIdleConnections();
    await this.#handler.close();
    await Promise.all([...this.#sockets].map(endOf));
    this.#http.close();
    await closed;
  }

  counts(): Record<string, number> {
    const { connections, refused, crowded } = this.#gate;
    const failed = this.#handshake?.failed ?? 0;
    return { connections, refused_senders: refused, crowded, failed_handshakes: failed, ...this.#handler.counts };
  }

  #enter(socket: Socket): void {
    if (this.#gate.enter(socket) === undefined) return;
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    if (this.#handshake === undefined) this.#http.emit('connection', socket);
    else this.#handshake.begin(socket);
  }
}

/** Lets what was written out, but does not wait long for who does not fetch it. */
async function endOf(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  const closed = once(socket, 'close');
  socket.end(() => socket.destroy());
  setTimeout(() => socket.destroy(), 500).unref();
  await closed;
}

export const openHttp: OpenInput<HttpOptions> = async (options, intake): Promise<Input> => {
  const input = new HttpInput(options, intake);
  await input.listen();
  return input;
};
