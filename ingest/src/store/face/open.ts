import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedStore } from '../embedded.js';
import { StoreError } from '../error.js';
import type { Face, FaceOptions } from '../options.js';
import { removeServing, writeServing } from '../serving.js';
import type { Store } from '../store.js';
import { handle } from './handle.js';
import { Reader } from './read.js';
import { DEFAULT_READ_LIMITS } from './settings.js';
import { Writer } from './write.js';

const HOST = '127.0.0.1';
/** Ports tried above the wanted one when it is taken. */
const PORTS = 20;
const WRITES = 2;
/** Long parameters stand in the URL; connections idle as long as ClickHouse would leave them. */
const HTTP_OPTIONS = { maxHeaderSize: 2 ** 20, keepAliveTimeout: 30_000 };
/** Time for writes to end when the interface closes; what is cut is sent again by whoever sent it. */
const GRACE_MS = 10_000;
/** A query holds a thread of libuv's pool while it runs, and of four the two writers must always find theirs. */
const READS = 2;

/**
 * Opens ClickHouse's HTTP interface over an embedded store, on loopback alone, and leaves STORE/serve.json for
 * other commands of the same user.
 *
 * @throws StoreError when the store is not embedded, or no port is free
 */
export async function openFace(store: Store, options: FaceOptions): Promise<Face> {
  if (!(store instanceof EmbeddedStore)) {
    throw new StoreError('url', `${store.name} has an HTTP interface of its own: only an embedded store is given one`);
  }
  if (store.url) throw new StoreError('port', `${store.name} has an HTTP interface already, at ${store.url}`);
  const { engine } = store;
  const token = randomBytes(32).toString('base64url');
  const [about] = await store.query<{ version: string }>('SELECT version() AS version');
  const handling = {
    reader: new Reader(engine, options.maxReads ?? READS, DEFAULT_READ_LIMITS),
    writer: new Writer(engine, WRITES),
    token,
    version: about?.version ?? '',
  };
  const server = createServer(HTTP_OPTIONS, (message, response) => void handle(message, response, handling));
  const port = await listen(server, options.port);
  const url = `http://${HOST}:${port}`;
  store.url = url;
  writeServing(engine.folder, { pid: process.pid, url, token });
  const close = async (): Promise<void> => {
    removeServing(engine.folder, process.pid);
    store.url = undefined;
    const closed = new Promise<void>((done) => server.close(() => done()));
    await Promise.race([handling.writer.settled(), wait(GRACE_MS, undefined, { ref: false })]);
    // Readers are let go; the end of their connections ends their queries.
    server.closeAllConnections();
    await closed;
  };
  return { url, port, close };
}

async function listen(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; ; port++) {
    try {
      await tryListen(server, port);
      return (server.address() as AddressInfo).port;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      const next = code === 'EADDRINUSE' && wanted !== 0 && port < wanted + PORTS && port < 65_535;
      if (next) continue;
      const ports = port === wanted ? `port ${port}` : `the ports ${wanted} to ${port}`;
      throw new StoreError(
        'port',
        `cannot open the HTTP interface of the store on ${ports} (${code ?? String(cause)}): choose another with --http`,
        { cause }
      );
    }
  }
}

function tryListen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
