import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { EmbeddedStore } from '../embedded.js';
import { tempFolder } from '../fixture.case.js';
import type { Face } from '../options.js';
import type { Serving } from '../serving.js';
import { openFace } from './open.js';

/** An embedded store with the table fireplot.t (a UInt32, b String) and its HTTP interface, for tests. */
export interface Bench {
  readonly folder: string;
  readonly store: EmbeddedStore;
  face: Face;
  readonly serving: Serving;
  readonly end: () => Promise<void>;
}

export async function startFace(): Promise<Bench> {
  const folder = tempFolder('face');
  const store = await EmbeddedStore.open(folder.path);
  await store.command('CREATE DATABASE IF NOT EXISTS fireplot');
  await store.command(`CREATE TABLE fireplot.t (a UInt32, b String) ENGINE = MergeTree ORDER BY a
    SETTINGS non_replicated_deduplication_window = 100`);
  const face = await openFace(store, { port: 0 });
  const serving = JSON.parse(readFileSync(path.join(folder.path, 'serve.json'), 'utf8')) as Serving;
  const bench: Bench = {
    folder: folder.path,
    store,
    face,
    serving,
    end: async () => {
      await bench.face.close();
      await store.close();
      folder.remove();
    },
  };
  return bench;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

/** A bare HTTP request, as curl sends it: nothing adds headers or undoes encodings. */
export function ask(
  base: string,
  params: Record<string, string>,
  { method = 'GET', headers = {}, body, signal }: Ask = {}
): Promise<Got> {
  const url = new URL(`/?${new URLSearchParams(params).toString()}`, base);
  const options = { method: body === undefined ? method : 'POST', headers, ...(signal ? { signal } : {}) };
  return new Promise((resolve, reject) => {
    const sending = httpRequest(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const all = Buffer.concat(chunks);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all, text: all.toString('utf8') });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
