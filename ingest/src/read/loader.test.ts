import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSink } from '../sink/sink.js';
import { tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/store.js';
import type { FileJob } from './file.js';
import { OPTIONS, packet, packets } from './lines.case.js';
import { Loader } from './loader.js';
import type { LoadCounts } from './loader.js';

const folder = tempFolder('loader');
let store: Store;
beforeAll(async () => {
  store = await openStore({ folder: path.join(folder.path, 'store') });
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(async () => {
  for (const table of ['events', 'batches', 'refused']) await store.command(`TRUNCATE TABLE fireplot.${table}`);
});

let stdin = new PassThrough();
afterEach(() => void (stdin = new PassThrough()));

const MODIFIED = Date.UTC(2026, 10, 23);
const RECEIVED = Date.UTC(2026, 10, 24);

async function load(file: string, changes: Partial<FileJob> = {}): Promise<LoadCounts> {
  const sink = openSink(store);
  const loader = new Loader(store, sink, stdin);
  try {
    const job = { path: file, input: file, sensor: 'file', modified: MODIFIED, received: RECEIVED, options: OPTIONS };
    await loader.load({ ...job, ...changes });
    return loader.counts;
  } finally {
    await loader.close();
  }
}

let files = 0;
function file(content: string | Buffer): string {
  const name = path.join(folder.path, `log ${++files}`);
  writeFileSync(name, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
  return name;
}

async function count(table = 'events'): Promise<number> {
  const [row] = await store.query<{ n: number }>(`SELECT toUInt32(count()) AS n FROM fireplot.${table}`);
  return row?.n ?? -1;
}

describe('Loader', () => {
  test('stores the events of a file with their place in it', async () => {
    const counts = await load(file(`${packet(22)}\nnonsense\n\n${packet(80, 7)}\r\n`));
    expect(counts).toMatchObject({ loaded: 2, refused: 1, known: 0, lines: 4 });
    const rows = await store.query(
      'SELECT time, received, seq, sensor, dialect, src_ip, dst_port, action, batch > 0 AS id FROM fireplot.events ORDER BY seq'
    );
    expect(rows).toEqual([
      {
        time: '2026-11-22 00:00:00.000',
        received: '2026-11-24 00:00:00.000',
        seq: 1,
        sensor: 'fw',
        dialect: 'netfilter',
        src_ip: '::ffff:198.51.100.7',
        dst_port: 22,
        action: 'drop',
        id: 1,
      },
      {
        time: '2026-11-22 00:00:07.000',
        received: '2026-11-24 00:00:00.000',
        seq: 4,
        sensor: 'fw',
        dialect: 'netfilter',
        src_ip: '::ffff:198.51.100.7',
        dst_port: 80,
        action: 'drop',
        id: 1,
      },
    ]);
  });

  test('counts refused lines by reason and keeps them for a look', async () => {
    const counts = await load(
      file(`nonsense\n${'x'.repeat(9_000)}\n${packet(22).replace('DPT=22', 'DPT=99999')}\nnonsense\n`)
    );
    expect(counts).toMatchObject({ loaded: 0, refused: 4 });
    expect(Object.fromEntries(counts.reasons)).toEqual({ unclaimed: 2, 'too-long': 1, 'bad-port': 1 });
    const kept = await store.query(
      'SELECT sensor, reason, toUInt32(sum(count)) AS n, max(length(line)) AS longest FROM fireplot.refused GROUP BY sensor, reason ORDER BY reason'
    );
    expect(kept).toMatchObject([
      { sensor: 'file', reason: 'bad-port', n: 1 },
      { sensor: 'file', reason: 'too-long', n: 1, longest: 8192 },
      { sensor: 'file', reason: 'unclaimed', n: 2 },
    ]);
  });

  test('stores hostile text of any kind as the bytes it was', async () => {
    const hostile = [
      'a\0b',
      '\x1b[31mred\x1b[0m',
      '\xff\xfe\xc3(',
      `'"; DROP TABLE events; --`,
      '<script>alert(1)</script>',
      'tab\there',
      'back\\slash \\N \\0',
      'cr\rin it',
      '${x} {{y}} %s',
      '\xe2\x80\xae rtl',
    ];
    const lines = hostile.map((text) => packet(22).replace('DROP', text.replaceAll('IN=', '')));
    const counts = await load(file(lines.map((line) => `${line}\n`).join('')));
    expect(counts).toMatchObject({ loaded: hostile.length, refused: 0 });
    const rows = await store.query<{ line: string }>('SELECT hex(message) AS line FROM fireplot.events ORDER BY seq');
    expect(rows.map(({ line }) => Buffer.from(line, 'hex').toString('latin1'))).toEqual(lines);
    const [cell] = await store.query<{ n: number }>('SELECT toUInt32(sum(n)) AS n FROM fireplot.cells_1m');
    expect(cell?.n).toBeGreaterThanOrEqual(hostile.length);
  });

  test('stores a file once, however often it is loaded, moved or packed', async () => {
    const text = packets(60_000);
    const plain = file(text);
    expect(await load(plain)).toMatchObject({ loaded: 60_000, known: 0 });
    expect(await load(plain)).toMatchObject({ loaded: 0, known: 60_000, lines: 60_000 });
    renameSync(plain, `${plain}.1`);
    expect(await load(`${plain}.1`, { modified: 0, received: 0 })).toMatchObject({ loaded: 0, known: 60_000 });
    expect(await load(file(gzipSync(text)))).toMatchObject({ loaded: 0, known: 60_000 });
    expect(await count()).toBe(60_000);
    expect(await count('batches')).toBe(2);
  });

  test('stores the same file read otherwise as another', async () => {
    const name = file(packets(3));
    await load(name);
    expect(await load(name, { options: { ...OPTIONS, timezone: 'Europe/Oslo' } })).toMatchObject({
      loaded: 3,
      known: 0,
    });
  });

  test('goes on where a file has grown', async () => {
    const name = file(packets(10));
    await load(name);
    appendFileSync(name, `${packet(4_000)}\n${packet(4_001)}\n`);
    expect(await load(name)).toMatchObject({ loaded: 2, known: 10 });
    expect(await load(name)).toMatchObject({ loaded: 0, known: 12 });
    const [row] = await store.query<{ seqs: number[] }>(
      'SELECT arraySort(groupArray(seq)) AS seqs FROM fireplot.events'
    );
    expect(row?.seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('goes on by the title that a grown file starts with', async () => {
    const name = file('sIP|dIP|dPort|pro|sTime|\n198.51.100.1|203.0.113.1|22|6|2026/11/22T03:04:05.678|\n'.repeat(2));
    expect(await load(name)).toMatchObject({ loaded: 2, refused: 0 });
    appendFileSync(name, '198.51.100.1|203.0.113.1|23|6|2026/11/22T03:04:05.678|\n');
    expect(await load(name)).toMatchObject({ loaded: 1, refused: 0 });
    expect(await load(name)).toMatchObject({ loaded: 0, known: 3 });
  });

  test('stores each tuple of a document once, also when it has grown', async () => {
    const record = (port: number): string =>
      JSON.stringify({
        time: '2026-11-22T03:05:00Z',
        category: 'NetworkSecurityGroupFlowEvent',
        properties: {
          Version: 2,
          flows: [
            {
              rule: 'deny',
              flows: [
                {
                  mac: '000D3AF87856',
                  flowTuples: [
                    `1795316645,198.51.100.1,203.0.113.1,40112,${port},T,I,D,B,,,,`,
                    `1795316645,198.51.100.1,203.0.113.1,40112,${port + 1},T,I,D,B,,,,`,
                  ],
                },
              ],
            },
          ],
        },
      });
    const name = file(`{"records":[${record(1)},${record(3)}`);
    expect(await load(name)).toMatchObject({ loaded: 4, refused: 0 });
    appendFileSync(name, `,${record(5)}]}`);
    expect(await load(name)).toMatchObject({ loaded: 2, known: 4, refused: 0 });
    expect(await load(name)).toMatchObject({ loaded: 0, known: 6 });
    const [row] = await store.query<{ ports: string; seqs: number }>(
      "SELECT arrayStringConcat(arraySort(groupArray(dst_port)), ',') AS ports, toUInt32(uniqExact(seq)) AS seqs FROM fireplot.events"
    );
    expect(row).toEqual({ ports: '1,2,3,4,5,6', seqs: 6 });
  });

  test('goes on where a file has grown in the middle of a line', async () => {
    const [first, second] = [`${packet(1)}\n`, `${packet(2)}\n`];
    const name = file(first + second.slice(0, 60));
    expect(await load(name)).toMatchObject({ loaded: 1, refused: 1 });
    appendFileSync(name, second.slice(60));
    expect(await load(name)).toMatchObject({ loaded: 1, known: 1, refused: 0 });
    expect(await count()).toBe(2);
  });

  test('counts "last message repeated" for the event before it, across what it has loaded before', async () => {
    const repeated = 'Nov 22 00:00:09 fw last message repeated 3 times\n';
    const name = file(`${packet(22)}\n${repeated}`);
    expect(await load(name)).toMatchObject({ loaded: 2, refused: 0 });
    appendFileSync(name, repeated);
    expect(await load(name)).toMatchObject({ loaded: 1, refused: 0 });
    const [row] = await store.query<{ n: number }>(
      'SELECT toUInt32(sum(count)) AS n FROM fireplot.events WHERE dst_port = 22'
    );
    expect(row?.n).toBe(7);
  });

  test('reads stdin, packed or not, and knows it again', async () => {
    stdin.end(gzipSync(packets(5)));
    expect(await load('-')).toMatchObject({ loaded: 5 });
    stdin = new PassThrough();
    stdin.end(packets(5));
    expect(await load('-')).toMatchObject({ loaded: 0, known: 5 });
  });

  test('stores what a silent pipe has brought so far, and the rest when it comes', async () => {
    stdin.write(packets(5).slice(0, -10));
    const loading = load('-');
    await expect.poll(() => count(), { timeout: 20_000 }).toBe(4);
    stdin.end(packets(5).slice(-10));
    expect(await loading).toMatchObject({ loaded: 5, refused: 0 });
  });

  test('stores what came before the damage of a file, and says what is wrong', async () => {
    const packed = gzipSync(packets(60_000));
    const loader = new Loader(store, openSink(store));
    const name = file(packed.subarray(0, packed.length - 5_000));
    const job = { path: name, input: name, sensor: 'file', modified: MODIFIED, received: RECEIVED, options: OPTIONS };
    await expect(loader.load(job)).rejects.toThrow(/ends in the middle of its gzip data/);
    expect(loader.counts.loaded).toBeGreaterThan(40_000);
    expect(await count()).toBe(loader.counts.loaded);
    const next = file(packets(2));
    await loader.load({ ...job, path: next });
    expect(await count(), 'and the loader goes on with the next file').toBe(loader.counts.loaded);
    await loader.close();
  });

  test('reads local times of a zone, and the class of own sources', async () => {
    await load(file(`${packet(22, 3_600)}\n`), {
      options: { ...OPTIONS, timezone: 'Asia/Kathmandu', own: ['198.51.100.0/24'] },
    });
    expect(await store.query('SELECT time, class FROM fireplot.events')).toEqual([
      { time: '2026-11-21 19:15:00.000', class: 8 },
    ]);
  });

  test('reads a year-less log over New Year by its modification time', async () => {
    const lines = [packet(1).replace('Nov 22', 'Dec 31'), packet(2).replace('Nov 22', 'Jan  1')];
    await load(file(lines.map((line) => `${line}\n`).join('')), {
      modified: Date.UTC(2027, 0, 1, 12),
      options: { ...OPTIONS, year: undefined },
    });
    expect(await store.query('SELECT toYear(time) AS year, dst_port FROM fireplot.events ORDER BY seq')).toEqual([
      { year: 2026, dst_port: 1 },
      { year: 2027, dst_port: 2 },
    ]);
  });
});
