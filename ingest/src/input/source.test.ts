import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectFile, Source } from './source.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fireplot-source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: Buffer | string): string => {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
};

async function read(source: Source): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

const TEXT = Array.from({ length: 30_000 }, (_, i) => `line ${i * 7919}\xff\0\n`).join('');
const bytes = Buffer.from(TEXT, 'latin1');

describe('Source', () => {
  test('reads a plain file, whatever its name', async () => {
    expect(await read(new Source(file('plain.gz', bytes)))).toBe(TEXT);
  });

  test('unpacks a gzip file, whatever its name', async () => {
    const source = new Source(file('packed.log', gzipSync(bytes)));
    expect(await read(source)).toBe(TEXT);
    expect(source.bytesRead).toBe(gzipSync(bytes).length);
  });

  test('reads gzip members one behind the other as one file', async () => {
    const packed = file('members.gz', gzipSync('one\n'));
    appendFileSync(packed, gzipSync(bytes));
    appendFileSync(packed, gzipSync('three\n'));
    expect(await read(new Source(packed))).toBe(`one\n${TEXT}three\n`);
  });

  test.each(['', 'x', '\x1f', '\x1fx', '\x8b\x1f', 'PK', 'BZ\n'])('reads a file of %j alone', async (content) => {
    expect(await read(new Source(file('tiny', Buffer.from(content, 'latin1'))))).toBe(content);
  });

  test('tells gzip on stdin, even when its bytes come one by one', async () => {
    const stdin = new PassThrough();
    const reading = read(new Source('-', stdin));
    for (const code of gzipSync('packed\n')) {
      stdin.write(Buffer.of(code));
      await new Promise(setImmediate);
    }
    stdin.end();
    expect(await reading).toBe('packed\n');
  });

  test('hands on what a cut gzip file still holds, then says so', async () => {
    const whole = gzipSync(bytes);
    const source = new Source(file('cut.gz', whole.subarray(0, whole.length - 20)));
    const chunks: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of source.chunks()) chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow(/cut\.gz ends in the middle of its gzip data/);
    expect(TEXT.startsWith(Buffer.concat(chunks).toString('latin1'))).toBe(true);
  });

  test('says that a gzip file is damaged', async () => {
    const damaged = gzipSync(bytes);
    damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 200);
    await expect(read(new Source(file('damaged.gz', damaged)))).rejects.toThrow(/damaged\.gz holds damaged gzip data/);
  });

  test.each([
    ['xz', '\xfd7zXZ\0rest'],
    ['zstd', '\x28\xb5\x2f\xfdrest'],
    ['bzip2', 'BZh91AY'],
    ['zip', 'PK\x03\x04rest'],
  ])('says how to read what %s has packed', async (name, content) => {
    const reading = read(new Source(file(`packed.${name}`, Buffer.from(content, 'latin1'))));
    await expect(reading).rejects.toThrow(new RegExp(`packed.${name} is packed by ${name}: unpack it into stdin, `));
  });

  test('says that a file does not exist', async () => {
    await expect(read(new Source(path.join(folder, 'none.log')))).rejects.toThrow(
      /none\.log does not exist: check the path\./
    );
  });
});

describe('inspectFile', () => {
  test.runIf(process.platform !== 'win32')('leaves a named pipe and its writer alone', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect((await inspectFile(pipe)).size).toBe(0);
    const writer = spawn('sh', ['-c', `echo through the pipe > '${pipe}'`]);
    expect(await read(new Source(pipe))).toBe('through the pipe\n');
    writer.kill();
  });

  test('gives size and modification time', async () => {
    expect((await inspectFile(file('some.log', 'abc'))).size).toBe(3);
  });

  test('refuses what is missing and what is a folder, in one sentence', async () => {
    mkdirSync(path.join(folder, 'logs'));
    await expect(inspectFile(path.join(folder, 'logs'))).rejects.toThrow(/logs is a folder: give the log files in it/);
    await expect(inspectFile(path.join(folder, 'none'))).rejects.toThrow(/none does not exist: check the path\.$/);
  });
});
