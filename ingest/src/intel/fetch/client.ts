import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { userAgent } from './agent.js';
import { FetchError } from './error.js';
import type { Limits } from './limits.js';
import { guardedLookup, isInner } from './inner.js';

/** A header with the secret in it. It goes to the host that the user named and to no other. */
export interface Credential {
  readonly header: string;
  readonly value: string;
}

/** What a server gave for a document, so that it can be asked whether that has changed. */
export interface Validators {
  readonly etag?: string;
  readonly modified?: string;
}

export interface Answer {
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly validators: Validators;
  /** The server said where its answer ends; else a cut one looks whole. */
  readonly delimited: boolean;
}

const unpack = promisify(gunzip);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const DAY = 86_400_000;

/** Asks the URLs of one load: bounded in time, bytes and redirects, all together. */
export class Client {
  readonly #limits: Limits;
  readonly #credential: Credential | undefined;
  readonly #home: URL;
  readonly #signal: AbortSignal;
  readonly #agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  #bytesLeft: number;

  readonly #contact: string;

  /**
   * @param home what the user named: the credential is for its host alone
   * @param contact the user's mail address for those who ask for one; '' for none
   */
  constructor(home: URL, credential: Credential | undefined, limits: Limits, signal?: AbortSignal, contact = '') {
    this.#contact = contact;
    this.#home = home;
    this.#credential = credential;
    this.#limits = limits;
    this.#bytesLeft = limits.bytes;
    const deadline = AbortSignal.timeout(limits.totalMs);
    this.#signal = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /**
   * @param since what is known of the document
   * @returns undefined when it has not changed since
   * @throws FetchError
   */
  async get(url: URL, accept = '*/*', since: Validators = {}): Promise<Answer | undefined> {
    let at = url;
    for (let hops = 0; ; hops++) {
      const response = await this.#request(at, accept, since);
      const { statusCode: status = 0, headers } = response;
      if (REDIRECTS.has(status)) {
        response.destroy();
        if (hops === this.#limits.redirects) throw new FetchError(`${place(url)} redirects again and again`);
        at = this.#redirected(at, headers.location);
        continue;
      }
      if (status === 304) {
        response.destroy();
        if (since.etag !== undefined || since.modified !== undefined) return undefined;
      }
      if (status !== 200) {
        response.destroy();
        throw new FetchError(`${place(at)} answers with ${status}${hint(status)}`, {
          retryAfterMs: retryAfter(headers['retry-after']),
        });
      }
      return await this.#read(at, response);
    }
  }

  #request(url: URL, accept: string, since: Validators): Promise<http.IncomingMessage> {
    const headers: http.OutgoingHttpHeaders = {
      accept,
      'accept-encoding': 'gzip',
      'user-agent': userAgent(url.hostname, this.#contact),
    };
    if (since.etag !== undefined) headers['if-none-match'] = since.etag;
    if (since.modified !== undefined) headers['if-modified-since'] = since.modified;
    const same = url.origin === this.#home.origin;
    if (same && this.#credential !== undefined) headers[this.#credential.header] = this.#credential.value;
    const inward = isInner(this.#home.hostname);
    if (!inward && isInner(url.hostname)) {
      throw new FetchError(`${place(this.#home)} redirects into our own network, to ${url.host}`);
    }
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(this.#failure(url, error));
      const asked = request(url, {
        headers,
        agent: this.#agents[url.protocol as 'http:' | 'https:'],
        signal: this.#signal,
        timeout: this.#limits.idleMs,
        // A name that the user gave may lead inwards; one that a server gave may not.
        ...(url.hostname === this.#home.hostname || inward ? {} : { lookup: guardedLookup }),
      });
      let answer: http.IncomingMessage | undefined;
      asked.once('response', (response) => resolve((answer = response))).on('error', fail);
      // On the answer where there is one, so that whoever reads it is told why.
      asked.once('timeout', () => (answer ?? asked).destroy(new SlowError(this.#limits.idleMs)));
      asked.end();
    });
  }

  async #read(url: URL, response: http.IncomingMessage): Promise<Answer> {
    const { headers } = response;
    const timer = setTimeout(() => response.destroy(new SlowError(this.#limits.requestMs)), this.#limits.requestMs);
    const declared = Number(headers['content-length'] ?? 0);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      if (declared > this.#bytesLeft) throw this.#tooLarge(url);
      for await (const chunk of response as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.#bytesLeft -= chunk.length;
        if (this.#bytesLeft < 0) throw this.#tooLarge(url);
        chunks.push(chunk);
      }
      const bytes = await this.#unpacked(url, Buffer.concat(chunks), headers['content-encoding']);
      this.#bytesLeft -= Math.max(0, bytes.length - size);
      const text = bytes.toString('utf8');
      return {
        text: text.startsWith('\ufeff') ? text.slice(1) : text,
        headers,
        validators: {
          ...(headers.etag === undefined ? {} : { etag: headers.etag }),
          ...(headers['last-modified'] === undefined ? {} : { modified: headers['last-modified'] }),
        },
        delimited: headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined,
      };
    } catch (error) {
      throw this.#failure(url, error as Error);
    } finally {
      clearTimeout(timer);
      response.destroy();
    }
  }

  /** Packed for the way, or a packed file, or both. */
  async #unpacked(url: URL, bytes: Buffer, encoding = 'identity'): Promise<Buffer> {
    const coded = /^(?:x-)?gzip$/i.test(encoding);
    if (!coded && !/^identity$/i.test(encoding)) {
      throw new FetchError(`${place(url)} is packed in a way that was not asked for`);
    }
    let plain = bytes;
    for (let i = 0; i < (coded ? 2 : 1) && isGzip(plain); i++) {
      try {
        plain = await unpack(plain, { maxOutputLength: this.#bytesLeft + bytes.length });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw this.#tooLarge(url);
        throw new FetchError(`${place(url)} is packed and cut short or damaged`, { cause });
      }
    }
    return plain;
  }

  /** Never from https to http, and never with a password in it. */
  #redirected(from: URL, location: string | undefined): URL {
    let to: URL;
    try {
      to = new URL(location ?? '', from);
    } catch (cause) {
      throw new FetchError(`${place(from)} redirects to what is no URL`, { cause });
    }
    if (location === undefined) throw new FetchError(`${place(from)} redirects and does not say where`);
    const better = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
    if (!better) throw new FetchError(`${place(from)} redirects from ${from.protocol}// to ${to.protocol}//`);
    if (to.username !== '' || to.password !== '') throw new FetchError(`${place(from)} redirects with a password`);
    return to;
  }

  #tooLarge(url: URL): FetchError {
    return new FetchError(`${place(url)} is larger than a feed may be (${this.#limits.bytes} bytes, unpacked)`);
  }

  #failure(url: URL, error: Error): Error {
    if (error instanceof FetchError) return error;
    if (this.#signal.aborted) {
      const late = (this.#signal.reason as Error).name === 'TimeoutError';
      const why = late ? `took longer than ${this.#limits.totalMs / 1_000} s in all` : 'was stopped';
      return new FetchError(`${place(url)} ${why}`, { cause: error });
    }
    if (error instanceof SlowError) return new FetchError(`${place(url)} ${error.message}`, { cause: error });
    const { code = error.name } = error as NodeJS.ErrnoException;
    const cut = code === 'ECONNRESET' ? ': the answer is cut short' : '';
    return new FetchError(`${place(url)} cannot be had (${code})${cut}`, { cause: error });
  }
}

class SlowError extends Error {
  constructor(ms: number) {
    super(`is too slow: nothing whole within ${ms / 1_000} s`);
  }
}

/** Host alone: of a URL that a server gave, path and parameters may hold secrets. */
const place = (url: URL): string => url.host;

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function hint(status: number): string {
  if (status === 401 || status === 403) return ', so the key is missing, wrong, or may not read this';
  if (status === 404 || status === 410) return ', so nothing is at that URL';
  if (status === 429) return ', since it was asked too often';
  return '';
}

/** Seconds or a date. @returns ms, a day at most */
function retryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), DAY) : undefined;
}
