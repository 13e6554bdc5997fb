import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ask, Bench, Got } from './face.case.js';
import { ask as askAt, startFace } from './face.case.js';
import { openFace } from './open.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startFace();
});
afterAll(() => bench.end());

const ask = (params: Record<string, string>, asked: Ask = {}): Promise<Got> => askAt(bench.face.url, params, asked);
const read = (query: string, params: Record<string, string> = {}): Promise<Got> => ask({ query, ...params });

describe('many at once', () => {
  const running = async (): Promise<number> => {
    const [row] = await bench.store.query<{ n: number }>(
      "SELECT count() AS n FROM system.processes WHERE query LIKE '/*%' AND query LIKE '%numbers_of_a_long_query%'"
    );
    return row?.n ?? -1;
  };
  const until = async (wanted: number): Promise<void> => {
    while ((await running()) !== wanted) await new Promise((go) => setTimeout(go, 20));
  };
  const LONG = 'SELECT max(sipHash64(number)) AS numbers_of_a_long_query FROM system.numbers';

  test('a client that leaves ends its query, also one that waits in line', async () => {
    const leaving = new AbortController();
    const asked = [1, 2, 3, 4].map((n) => ask({ query: `${LONG} WHERE number > ${n}` }, { signal: leaving.signal }));
    await until(2);
    leaving.abort();
    for (const one of asked) await expect(one).rejects.toThrow();
    await until(0);
    expect((await read('SELECT 1')).text).toBe('1\n');
  });

  test('parameters of queries that run side by side do not mix', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => read('SELECT {n:UInt32}, sleep(0.01)', { param_n: String(n) }))
    );
    expect(answers.map(({ text }) => text)).toEqual(answers.map((_, n) => `${n}\t0\n`));
  });
});

describe('openFace', () => {
  test('takes the next port when the wanted one is in use, and serves a store once', async () => {
    await bench.face.close();
    expect(existsSync(path.join(bench.folder, 'serve.json'))).toBe(false);
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    bench.face = await openFace(bench.store, { port });
    expect(bench.face.port).toBeGreaterThan(port);
    expect(bench.store.url).toBe(bench.face.url);
    await expect(openFace(bench.store, { port: 0 })).rejects.toThrow('has an HTTP interface already');
    taken.close();
  });
});
