import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSink } from '../sink/sink.js';
import { saveSettings } from '../sink/settings.js';
import { StoreError } from './error.js';
import { makeBatch, tempFolder } from './fixture.case.js';
import { migrate } from './migrate.js';
import { readMigrations } from './migrations.js';
import { openStore } from './open.js';
import type { Child } from './process.case.js';
import { startChild } from './process.case.js';
import type { Serving } from './serving.js';
import { readServing, writeServing } from './serving.js';
import type { Store } from './store.js';

const folder = tempFolder('open');
const served = path.join(folder.path, 'served');
let child: Child;
let url: string;
let serving: Serving;

beforeAll(async () => {
  child = startChild('face', served, '0');
  url = await child.line();
  serving = JSON.parse(readFileSync(path.join(served, 'serve.json'), 'utf8')) as Serving;
});
afterAll(async () => {
  await child.end();
  folder.remove();
});

async function failure(opening: Promise<Store>): Promise<StoreError> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

const withServer = async (
  act: (port: number) => Promise<void>,
  onConnection: (server: Server) => Server
): Promise<void> => {
  const server = onConnection(createTcpServer());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  await act((server.address() as AddressInfo).port).finally(() => server.close());
};

describe('a folder that a serve of another process holds', () => {
  test('is written through it, exactly once', async () => {
    const store = await openStore({ folder: served });
    expect(store.url).toBe(url);
    expect(store.name).toBe(`ClickHouse at ${url}`);
    const sink = openSink(store);
    expect(await sink.write(makeBatch('over HTTP', 999))).toBe('stored');
    expect(await openSink(store).write(makeBatch('over HTTP', 999))).toBe('known');
    expect(await store.query('SELECT sum(count) AS n FROM fireplot.events')).toEqual([{ n: 1_998 }]);
    expect(await store.query('SELECT sum(n) AS n FROM fireplot.cells_1m')).toEqual([{ n: 1_998 }]);
    expect(await migrate(store)).toMatchObject({ applied: [] });
    await store.close();
  });

  test('is refused to a second serve, in a sentence without the token', async () => {
    const error = await failure(openStore({ folder: served, own: true }));
    expect(error.kind).toBe('held');
    expect(error.message).toBe(
      `the store ${served} is served already (${url}, process ${child.process.pid}): stop that one first, or choose another folder with --store`
    );
  });

  test('is refused by name when its serve does not answer', async () => {
    const kept = readServing(served) as Serving;
    writeServing(served, { ...kept, url: 'http://127.0.0.1:1' });
    const error = await failure(openStore({ folder: served }));
    writeServing(served, kept);
    expect(error).toMatchObject({ kind: 'held' });
    expect(error.message).toContain(`is in use by process ${child.process.pid}`);
  });
});

describe('a folder of our own', () => {
  test('is made, used and given back, whatever serve.json is left in it', async () => {
    const own = path.join(folder.path, 'deep', 'own');
    mkdirSync(own, { recursive: true });
    for (const stale of [
      'not JSON',
      '{"pid":1}',
      JSON.stringify({ ...serving, pid: 2 ** 22 }),
      JSON.stringify({ ...serving, token: 'x' }),
    ]) {
      writeFileSync(path.join(own, 'serve.json'), stale);
      const store = await openStore({ folder: own, own: true });
      expect([store.url, store.name]).toEqual([undefined, own]);
      await store.command('CREATE DATABASE IF NOT EXISTS fireplot');
      await store.close();
    }
  });

  test('may be called anything but a pattern', async () => {
    const odd = path.join(folder.path, "it's <a> & 'ü' %20 =");
    const store = await openStore({ folder: odd });
    await migrate(store);
    await openSink(store).write(makeBatch('odd', 3));
    expect(await store.query('SELECT count() AS n FROM fireplot.events')).toEqual([{ n: 3 }]);
    await store.close();
    const error = await failure(openStore({ folder: path.join(folder.path, '{a,b}') }));
    expect(error.message).toMatch(/its path may not have \* \? \{ \}; choose another with --store$/);
  });

  test('that cannot be made is refused in a sentence', async () => {
    const file = path.join(folder.path, 'a file');
    writeFileSync(file, '');
    const error = await failure(openStore({ folder: path.join(file, 'store') }));
    expect(error.kind).toBe('folder');
    expect(error.message).toMatch(/^cannot use .*a file\/store as store folder: .*; choose another with --store$/);
    expect(existsSync(path.join(file, 'store'))).toBe(false);
  });
});

describe('a server by URL', () => {
  const withToken = (): string => url.replace('//', `//fireplot-writer:${encodeURIComponent(serving.token)}@`);

  test('is used like the folder', async () => {
    const store = await openStore({ url: `${withToken()}/fireplot`, folder: '/nowhere' });
    await saveSettings(store, { own: '["203.0.113.0/24"]', odd: "it's\t\\ \n" });
    await saveSettings(store, { own: '["203.0.113.0/24"]' });
    expect(await store.query('SELECT name, value FROM fireplot.settings ORDER BY name')).toEqual([
      { name: 'odd', value: "it's\t\\ \n" },
      { name: 'own', value: '["203.0.113.0/24"]' },
    ]);
    expect(
      await store.query('SELECT toUInt64(18446744073709551615) AS large, toInt64(-5) AS small, {d:Date} AS d', {
        d: '2026-11-22',
      })
    ).toEqual([{ large: '18446744073709551615', small: -5, d: '2026-11-22' }]);
    await expect(store.command('DROP TABLE fireplot.nothing')).rejects.toMatchObject({ kind: 'query', code: 60 });
    await store.close();
  });

  test.each([
    ['clickhouse', 'CLICKHOUSE_URL is not a URL'],
    ['tcp://u:secret@host:9000', 'CLICKHOUSE_URL tcp://host:9000 is not http or https'],
    [
      'http://u:secret@host:8123/logs',
      'CLICKHOUSE_URL http://host:8123/logs names a path: the database is always fireplot',
    ],
    ['http://u:secret@host:8123/?database=x', 'has options behind ? or #'],
  ])('%s is refused without its password', async (bad, sentence) => {
    const error = await failure(openStore({ url: bad, folder: '/nowhere', onWaiting: () => undefined }));
    expect(error.kind).toBe('url');
    expect(error.message).toContain(sentence);
    expect(error.message).not.toContain('secret');
  });

  test('with a wrong password is refused at once, though waiting is wanted', async () => {
    const error = await failure(
      openStore({ url: url.replace('//', '//fireplot-writer:wrong@'), folder: '', onWaiting: () => undefined })
    );
    expect(error).toMatchObject({ kind: 'auth' });
    expect(error.message).toBe(`cannot query: ClickHouse at ${url} refuses the user or password in CLICKHOUSE_URL`);
  });

  test('that speaks no TLS, or no HTTP, is refused at once', async () => {
    const plain = await failure(
      openStore({ url: url.replace('http:', 'https:'), folder: '', onWaiting: () => undefined })
    );
    expect(plain).toMatchObject({ kind: 'tls' });
    expect(plain.message).toContain('does not speak TLS');
    await withServer(
      async (port) => {
        const other = await failure(
          openStore({ url: `http://127.0.0.1:${port}`, folder: '', onWaiting: () => undefined })
        );
        expect(other).toMatchObject({ kind: 'url' });
        expect(other.message).toContain('does not speak HTTP');
      },
      (server) => server.on('connection', (socket) => void socket.end('220 mail ESMTP\r\n'))
    );
  });

  test('that is away is an error, or waited for and said once', async () => {
    let port = 0;
    await withServer(
      (free) => Promise.resolve(void (port = free)),
      (server) => server
    );
    const away = `http://127.0.0.1:${port}`;
    expect(await failure(openStore({ url: away, folder: '' }))).toMatchObject({ kind: 'away' });

    const late = path.join(folder.path, 'late');
    const sentences: string[] = [];
    const told = new Promise<void>((resolve) => {
      const onWaiting = (sentence: string): void => {
        sentences.push(sentence);
        resolve();
      };
      opening = openStore({ url: away, folder: '', onWaiting, retryMs: 20 });
    });
    await told;
    const server = startChild('face', late, String(port));
    await server.line();
    const store = await opening;
    expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(sentences).toEqual([`ClickHouse at ${away} does not answer (ECONNREFUSED); trying again every 0.02 s`]);
    await store.close();
    await server.end();
  });
  let opening: Promise<Store>;

  test('that is away is given up when the caller says so', async () => {
    const stop = new AbortController();
    const options = { url: 'http://127.0.0.1:1', folder: '', retryMs: 60_000, signal: stop.signal };
    await expect(openStore({ ...options, onWaiting: () => stop.abort(new Error('stopped')) })).rejects.toThrow();
  });
});

describe('a serve that was killed', () => {
  test('leaves a folder that the next one takes', async () => {
    const killed = path.join(folder.path, 'killed');
    const first = startChild('face', killed, '0');
    await first.line();
    await first.kill();
    expect(readServing(killed)?.pid).toBe(first.process.pid);
    const store = await openStore({ folder: killed, own: true });
    expect(store.url).toBeUndefined();
    const [applied] = await store.query('SELECT count() AS n FROM fireplot.migrations');
    expect(applied).toEqual({ n: readMigrations().length });
    await store.close();
  });
});
