import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => void;

/** A server of feeds on loopback: a handler a path, changed by tests as they go; what was asked is kept. */
export class FeedServer {
  readonly paths = new Map<string, Handler>();
  readonly asked: { readonly path: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  readonly #server: http.Server;

  constructor() {
    this.#server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url);
      this.asked.push({ path: `${url.pathname}${url.search}`, headers: request.headers });
      const handler = this.paths.get(url.pathname);
      if (handler === undefined) response.writeHead(404).end();
      else handler(request, response, url);
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers a path with a text. */
  text(path: string, text: string | Buffer, headers: http.OutgoingHttpHeaders = {}): void {
    this.paths.set(path, (_, response) => response.writeHead(200, headers).end(text));
  }

  status(path: string, status: number, headers: http.OutgoingHttpHeaders = {}): void {
    this.paths.set(path, (_, response) => response.writeHead(status, headers).end('nothing'));
  }

  /** A text that has not changed for whoever knows its tag. */
  tagged(path: string, text: string, etag: string): void {
    this.paths.set(path, (request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(text);
    });
  }

  json(path: string, answer: (url: URL) => unknown, headers: http.OutgoingHttpHeaders = {}): void {
    this.paths.set(path, (_, response, url) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer(url)))
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
