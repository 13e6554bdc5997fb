import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { peerAddress } from '../endpoint.js';
import type { Intake, Origin } from '../intake.js';
import type { LineSink } from '../lines.js';
import { Once } from '../tls/once.js';
import { Budget, readBody } from './body.js';
import { Deliveries } from './deliveries.js';
import type { Delivery } from './deliveries.js';
import { bodyLines } from './lines.js';
import type { BodyKind } from './lines.js';
import { later, Refusal } from './refusal.js';
import { readHead } from './request.js';
import type { Token } from './token.js';

/** Seconds after which a sender may try again what could not be taken. */
const HELD_S = 5;
const DISK_S = 10;
/** A refused sender may go on talking for so long, so that it gets to read its answer. */
const LINGER_MS = 1_000;
/** Lines at the head of a body that tell of those behind them: Zeek's `#fields`. */
const HEAD_LINES = 16;

export interface HandlerOptions {
  readonly lineLimit: number;
  readonly maxBytes: number;
  /** Bytes of bodies in memory, of all requests together. */
  readonly maxBytesAtOnce: number;
}

/** Takes requests: the whole body first, then its lines, then the disk, then the answer. */
export class Handler {
  readonly #options: HandlerOptions;
  readonly #intake: Intake;
  readonly #token: Token;
  readonly #deliveries: Deliveries;
  readonly #budget: Budget;
  readonly #once = new Once();
  readonly #underWay = new Set<Promise<void>>();
  /** Requests whose body is not whole yet. */
  readonly #reading = new Set<IncomingMessage>();
  #paused = false;
  #closing = false;
  readonly counts = { requests: 0, refused_requests: 0, unauthorized: 0, held_requests: 0, repeated: 0 };

  constructor(options: HandlerOptions, intake: Intake, token: Token) {
    this.#options = options;
    this.#intake = intake;
    this.#token = token;
    this.#deliveries = new Deliveries(intake);
    this.#budget = new Budget(options.maxBytesAtOnce);
  }

  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** Refuses what comes from now on, and what is not whole; resolves when all others have been answered. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const request of this.#reading) request.destroy();
    await Promise.all(this.#underWay);
  }

  /** @param waits the sender waits for leave to send its body */
  handle(request: IncomingMessage, response: ServerResponse, waits: boolean): void {
    this.counts.requests++;
    request.on('error', () => {});
    response.on('error', () => {});
    const taking = this.#take(request, response, waits).catch((error: unknown) =>
      this.#refuse(request, response, error)
    );
    this.#underWay.add(taking);
    void taking.finally(() => this.#underWay.delete(taking));
  }

  async #take(request: IncomingMessage, response: ServerResponse, waits: boolean): Promise<void> {
    const { maxBytes } = this.#options;
    const { kind, gzip, key } = readHead(request, this.#token, maxBytes);
    const sender = peerAddress(request.socket.remoteAddress ?? '');
    this.#checkRoom(sender);
    if (waits) response.writeContinue();
    this.#reading.add(request);
    const body = await readBody(request, gzip, { maxBytes, budget: this.#budget }).finally(() =>
      this.#reading.delete(request)
    );
    try {
      const isAlive = (): boolean => !response.destroyed && response.socket?.destroyed === false;
      const delivery = await this.#deliveries.begin(key, body.bytes, isAlive);
      try {
        await this.#deliver(delivery, kind, body.bytes, sender, response);
      } finally {
        delivery.end();
      }
    } finally {
      body.release();
    }
  }

  async #deliver(
    delivery: Delivery,
    kind: BodyKind,
    bytes: Buffer,
    sender: string,
    response: ServerResponse
  ): Promise<void> {
    const accepted = delivery.accepted ?? (await this.#store(delivery, kind, bytes, sender));
    this.counts.repeated += delivery.done;
    try {
      await this.#intake.durable();
    } catch (cause) {
      throw Object.assign(later(503, 'The lines could not be written to disk: send them again.', DISK_S), { cause });
    }
    response.on('finish', () => delivery.answered());
    this.#answer(response, 200, { accepted }, delivery.done > 0 ? { 'idempotency-replayed': 'true' } : {});
  }

  /** Hands the lines over that no earlier try has. @returns how many the body has */
  async #store(delivery: Delivery, kind: BodyKind, bytes: Buffer, sender: string): Promise<number> {
    const { lineLimit } = this.#options;
    const stamps = this.#token.isAsked ? 'believed' : 'live';
    const origin: Origin = { input: 'http', sender, stamps };
    const before: string[] = [];
    let sink: LineSink | undefined;
    let count = 0;
    const open = (): LineSink => (sink ??= this.#intake.open(before.length === 0 ? origin : { ...origin, before }));
    const pass = (line: Buffer, start: number, end: number): boolean => {
      if (++count > delivery.done) return true;
      if (count > HEAD_LINES) before.splice(HEAD_LINES, 1);
      before.push(line.toString('latin1', start, end));
      return false;
    };
    const lines = bodyLines(kind, bytes, lineLimit, {
      line: (line, start, end) => {
        if (pass(line, start, end)) open().line(line, start, end);
      },
      tooLong: (line, start, end) => {
        if (pass(line, start, end)) open().tooLong(line, start, end);
      },
    });
    for (;;) {
      const more = lines.next();
      if (count > delivery.done || !more) delivery.reached(count, !more);
      if (!more) return count;
      await setImmediate();
    }
  }

  #checkRoom(sender: string): void {
    if (this.#closing) throw later(503, 'This service is ending: send it again when it is back.', HELD_S);
    if (this.#paused || this.#intake.held) {
      this.counts.held_requests++;
      throw later(429, 'The store is behind and the spool is full: send it again.', HELD_S);
    }
    const rest = this.#intake.rest(sender);
    if (rest > 0) {
      this.counts.held_requests++;
      throw later(429, 'You have sent more lines than you may a second: send it again.', Math.ceil(rest / 1_000));
    }
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) return;
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, 'This failed, and the service has said why in its log.');
    if (refusal !== error && !request.destroyed) {
      this.#intake.say('warn', `A request failed: ${error instanceof Error ? error.message : String(error)}.`);
    }
    this.counts.refused_requests++;
    if (refusal.status === 401) this.#nameUnauthorized(peerAddress(request.socket.remoteAddress ?? ''));
    const unread = !request.complete;
    this.#answer(
      response,
      refusal.status,
      { error: refusal.message },
      unread ? { ...refusal.headers, connection: 'close' } : refusal.headers
    );
    if (!unread) return;
    // What the sender still says is thrown away, so that it hears the answer instead of a reset.
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
    request.socket.once('close', () => clearTimeout(timer));
  }

  #nameUnauthorized(sender: string): void {
    this.counts.unauthorized++;
    if (!this.#once.first(sender)) return;
    this.#intake.say('warn', `${sender} sent lines over HTTP with a wrong token or none: they were not taken.`);
  }

  #answer(response: ServerResponse, status: number, content: object, headers: Record<string, unknown>): void {
    const text = `${JSON.stringify(content)}\n`;
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(this.#closing ? { connection: 'close' } : {}),
      ...headers,
    });
    response.end(text);
  }
}
