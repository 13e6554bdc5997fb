import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COLUMNS } from '../event/columns.js';
import { tempFolder } from '../store/fixture.case.js';
import { chunkOf, HEAD, seedOf } from './chunk.js';
import { MemoryDisk } from './disk.case.js';
import { DISK } from './disk.js';
import type { SpoolFile } from './file.js';
import type { Group, Mark } from './group.js';
import { Spool } from './spool.js';

const FOLDER = '/spool';
let wall = 1_000_000;
const clock = { wall: () => wall, steady: () => 0 };
beforeEach(() => void (wall = 1_000_000));

interface Opened {
  readonly spool: Spool;
  readonly said: string[];
}

async function open(disk: MemoryDisk): Promise<Opened> {
  const said: string[] = [];
  const options = { folder: FOLDER, program: '1.0.0', clock, disk, warn: (text: string) => void said.push(text) };
  return { spool: await Spool.open(options), said };
}

/** Groups of rows that can be told apart: one byte a row. */
const group = (rows: string, changes: Partial<Group> = {}): Group => ({
  rows: rows.length,
  minTime: 5,
  maxTime: 7,
  bytes: Buffer.from(rows),
  extras: {},
  closes: false,
  ...changes,
});
const offset = (value: number | string): Mark => ['file', String(value), null];

async function rowsOf(spool: Spool, file: SpoolFile): Promise<string> {
  return Buffer.from((await spool.load(file)).tsv).toString();
}
const allRows = async (spool: Spool): Promise<string[]> =>
  Promise.all(spool.recovered.map((file) => rowsOf(spool, file)));

describe('a spool that is opened again', () => {
  test('has what was written, in order, with the marks behind it', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const a = spool.begin();
    await spool.add(a, group('ab', { extras: { marks: [offset(2)], inputs: ['tcp'] } }))();
    await spool.add(a, group('cd', { closes: true, extras: { refused: [REFUSED], inputs: ['tcp', 'udp'] } }))();
    const b = spool.begin();
    await spool.add(b, group('e', { extras: { marks: [offset(5)], refused: [REFUSED] } }))();
    const { spool: again, said } = await open(disk.copy());
    expect(await allRows(again)).toEqual(['abcd', 'e']);
    const [first] = again.recovered as [SpoolFile];
    expect(await again.load(first)).toMatchObject({
      token: a.token,
      rows: 4,
      minTime: 5,
      maxTime: 7,
      refused: [REFUSED],
      input: 'tcp+udp',
      format: 'RowBinary',
      columns: COLUMNS.map(({ name }) => name),
    });
    expect([again.marks.get('file'), again.bytes > 0, said]).toEqual(['5', true, []]);
  });

  test('has all whole groups of a file that was cut anywhere, and says so', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const a = spool.begin();
    const ends = [0];
    for (const rows of ['ab', 'cd', 'ef']) {
      await spool.add(a, group(rows, { extras: { marks: [offset(rows)] }, closes: rows === 'ef' }))();
      ends.push(spool.bytes);
    }
    const name = disk.names.find((each) => each.endsWith('.batch')) as string;
    for (let cut = 0; cut <= (ends[3] as number); cut++) {
      const torn = disk.copy();
      torn.edit(name, (bytes) => bytes.subarray(0, cut));
      const { spool: again, said } = await open(torn);
      const whole = ends.filter((end) => end <= cut).length - 1;
      expect(await allRows(again), `cut at ${cut}`).toEqual(whole === 0 ? [] : ['abcdef'.slice(0, 2 * whole)]);
      expect(again.marks.get('file')).toEqual([undefined, 'ab', 'cd', 'ef'][whole]);
      expect(said).toHaveLength(whole > 0 && cut > (ends[whole] as number) ? 1 : 0);
      // A second crash finds it as the first has left it, and calls nothing damaged.
      const newer = again.begin();
      await again.add(newer, group('z'))();
      const third = await open(torn.copy());
      expect([await allRows(third.spool), third.said]).toEqual([[...(await allRows(again)), 'z'], []]);
    }
  });

  test('has all groups but the damaged one, and keeps the file for a look once it is stored', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const a = spool.begin();
    const starts: number[] = [];
    for (const rows of ['ab', 'cd', 'ef']) {
      starts.push(spool.bytes);
      await spool.add(a, group(rows, { closes: rows === 'ef' }))();
    }
    await spool.add(spool.begin(), group('g'))();
    const name = disk.names.find((each) => each.startsWith('000000000001')) as string;
    const hurt = disk.copy();
    hurt.edit(name, (bytes) => ((bytes[(starts[1] as number) + 30] = 0xff), bytes));
    const { spool: again, said } = await open(hurt);
    expect([await allRows(again), said.length]).toEqual([['abef', 'g'], 1]);
    expect(said[0]).toContain(`${name} is damaged: the 4 events that could be read of it are stored`);
    for (const file of again.recovered) await again.settle(file, 'stored');
    expect(hurt.names).toEqual([name.replace('.batch', '.damaged'), 'marks', 'reserve']);
    expect(again.bytes).toBe(0);
    expect((await open(hurt.copy())).spool.recovered).toEqual([]);
  });

  test('has every group but one whatever bit is flipped, the head included, and changes none', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const a = spool.begin();
    const groups = ['ab', 'cd', 'ef'];
    for (const rows of groups) await spool.add(a, group(rows, { closes: rows === 'ef' }))();
    await spool.add(spool.begin(), group('g'))();
    const name = disk.names.find((each) => each.startsWith('000000000001')) as string;
    const length = (await disk.read(name)).length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), async (at, bit) => {
        const hurt = disk.copy();
        hurt.edit(name, (bytes) => ((bytes[at] = (bytes[at] as number) ^ (1 << bit)), bytes));
        const { spool: again } = await open(hurt);
        const [rows, last] = await allRows(again);
        expect(last).toBe('g');
        expect(groups.filter((each) => !rows?.includes(each)).length).toBeLessThanOrEqual(1);
        expect((rows ?? '').replaceAll(/ab|cd|ef/g, '')).toBe('');
      }),
      { seed: 1, numRuns: 300 }
    );
  });

  test('may have been written by a version with fewer columns', async () => {
    const disk = new MemoryDisk();
    await put(disk, { program: '0.9.0', columns: [['time', "DateTime64(3, 'UTC')"]], created: 1 });
    const { spool } = await open(disk);
    expect(await spool.load(spool.recovered[0] as SpoolFile)).toMatchObject({ columns: ['time'], rows: 2 });
  });

  test('is refused, and kept, when only the version that wrote it can store it', async () => {
    const disk = new MemoryDisk();
    await put(disk, { program: '0.9.0', columns: [['src', 'String']], created: 1 });
    const before = disk.names;
    await expect(open(disk)).rejects.toThrow(
      '/spool holds 1 batches that fireplot 0.9.0 wrote for columns that are others now: start that version once until they are stored'
    );
    expect(disk.names).toEqual(expect.arrayContaining(before));
  });
});

const REFUSED = { sensor: 'fw', dialect: '', reason: 'unclaimed', count: 3, lines: [{ received: 9, text: 'ä' }] };

/** A file with two rows as another version wrote it. */
async function put(disk: MemoryDisk, head: unknown): Promise<void> {
  const { spool } = await open(disk);
  const file = spool.begin();
  await spool.add(file, group('ab', { closes: true }))();
  const name = disk.names.find((each) => each.endsWith('.batch')) as string;
  const seed = seedOf(file.token);
  disk.edit(name, (bytes) => {
    const length = bytes.readUInt32LE(8) + 16;
    return Buffer.concat([chunkOf(HEAD, Buffer.from(JSON.stringify(head)), seed), bytes.subarray(length)]);
  });
}

describe('a batch that is done with', () => {
  async function three(): Promise<Opened & { disk: MemoryDisk; files: SpoolFile[] }> {
    const disk = new MemoryDisk();
    const { spool, said } = await open(disk);
    const files: SpoolFile[] = [];
    for (const n of [1, 2, 3]) {
      const file = spool.begin();
      files.push(file);
      await spool.add(file, group(String(n), { closes: true, extras: { marks: [offset(n)] } }))();
    }
    return { disk, spool, said, files };
  }

  test('goes in order, so that a later mark is never followed by an earlier one', async () => {
    const { disk, spool, files } = await three();
    const [a, b, c] = files as [SpoolFile, SpoolFile, SpoolFile];
    await spool.settle(c, 'stored');
    await spool.settle(b, 'stored');
    expect(disk.names.filter((name) => name.endsWith('.batch'))).toHaveLength(3);
    expect((await open(disk.copy())).spool.marks.get('file')).toBe('3');
    await spool.settle(a, 'stored');
    expect([disk.names, spool.bytes]).toEqual([['marks', 'reserve'], 0]);
    expect((await open(disk.crash(() => 0))).spool.marks.get('file')).toBe('3');
  });

  test('is set aside when the store refuses it, counts on, and comes again at the next start without its marks', async () => {
    const { disk, spool, files } = await three();
    for (const file of files) await spool.settle(file, file === files[0] ? 'refused' : 'stored');
    expect(disk.names.filter((name) => name.endsWith('.refused'))).toHaveLength(1);
    expect(spool.bytes).toBeGreaterThan(0);
    const { spool: again } = await open(disk.copy());
    expect([await allRows(again), again.marks.get('file')]).toEqual([['1'], '3']);
    await again.settle(again.recovered[0] as SpoolFile, 'refused');
    expect(again.bytes).toBeGreaterThan(0);
    const { spool: mended } = await open(disk.copy());
    await mended.settle(mended.recovered[0] as SpoolFile, 'stored');
    expect(mended.bytes).toBe(0);
  });

  test('goes though the disk is full to the last byte', async () => {
    const { disk, spool, files } = await three();
    disk.room = 0;
    for (const name of disk.names) disk.room += (await disk.read(name)).length;
    for (const file of files) await spool.settle(file, 'stored');
    expect(disk.names).toEqual(['marks', 'reserve']);
    expect((await open(disk.copy())).spool.marks.get('file')).toBe('3');
  });

  test('is tried again when it cannot be taken away, and that is said once', async () => {
    const { disk, spool, said, files } = await three();
    let broken = true;
    disk.fails = (operation) => (broken && operation === 'unlink' ? 'EIO' : undefined);
    for (const file of files) await spool.settle(file, 'stored');
    expect(disk.names.filter((name) => name.endsWith('.batch'))).toHaveLength(3);
    expect(said).toEqual(['cannot take stored batches out of /spool: EIO: as the test wants it; trying again.']);
    broken = false;
    await spool.close();
    expect(disk.names).toEqual(['marks', 'reserve']);
  });
});

describe('marks', () => {
  test('that have expired are forgotten, and the file stays small', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const value = 'x'.repeat(10_000);
    for (let n = 0; n < 200; n++) {
      const file = spool.begin();
      const marks: Mark[] = [
        [`http:${n}`, value, wall + 1_000],
        ['file', `${n}${value}`, null],
      ];
      for (const mark of marks) spool.marks.set(mark);
      await spool.add(file, group('a', { closes: true, extras: { marks } }))();
      await spool.settle(file, 'stored');
      wall += 100;
    }
    expect((await disk.read('marks')).length).toBeLessThan(900_000);
    expect(spool.marks.get('http:199')).toBe(value);
    expect(spool.marks.get('http:100')).toBeUndefined();
    const { spool: again } = await open(disk.copy());
    expect(again.marks.get('file')).toBe(`199${value}`);
    expect(again.marks.get('http:195')).toBe(value);
    expect(again.marks.get('http:100')).toBeUndefined();
  });

  test('are what they were though their file was cut at its end, and damage is said', async () => {
    const disk = new MemoryDisk();
    const { spool } = await open(disk);
    const file = spool.begin();
    await spool.add(file, group('a', { closes: true, extras: { marks: [offset(1)] } }))();
    await spool.settle(file, 'stored');
    const cut = disk.copy();
    cut.edit('marks', (bytes) => Buffer.concat([bytes, bytes.subarray(0, 9)]));
    const first = await open(cut);
    expect([first.spool.marks.get('file'), first.said.length]).toEqual(['1', 1]);
    const hurt = disk.copy();
    hurt.edit('marks', (bytes) => ((bytes[20] = 0), bytes));
    const second = await open(hurt);
    expect(second.said[0]).toContain('/spool/marks is damaged');
    expect(hurt.names).toContain('marks.damaged');
  });
});

describe('the folder', () => {
  const folder = tempFolder('lock');
  afterEach(folder.remove);
  const real = (): Promise<Spool> =>
    Spool.open({ folder: path.join(folder.path, 'spool'), program: '1.0.0', clock, disk: DISK, warn: () => {} });

  test('is held by one process, until it is closed or has ended', async () => {
    const spool = await real();
    await expect(real()).rejects.toThrow(`is in use by process ${process.pid}: stop that one first`);
    await spool.close();
    const lock = path.join(folder.path, 'spool', 'lock');
    for (const void_ of [{ pid: process.pid, began: 'another boot 1' }, { pid: 2 ** 22 + 1, began: '' }, 'nonsense']) {
      writeFileSync(lock, JSON.stringify(void_));
      await (await real()).close();
    }
  });

  test('that cannot be used is named in one sentence', async () => {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(path.join(folder.path, 'spool'), '');
    await expect(real()).rejects.toThrow(/^cannot use \S+ as spool: .*; choose another folder with --spool\.$/);
  });
});
