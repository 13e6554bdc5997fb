import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packet, packets } from '../read/lines.case.js';
import { tempFolder } from '../store/fixture.case.js';
import { Fireplot } from './process.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('load')));
afterAll(() => folder.remove());

const running: Fireplot[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.ended();
  }
});

let stores = 0;
const newStore = (): string => path.join(folder.path, `store ${++stores}`);

function load(store: string, ...files: string[]): Fireplot {
  const process = new Fireplot(['load', '--store', store, '--timezone', 'UTC', '--year', '2026', '--', ...files]);
  running.push(process);
  return process;
}

function file(name: string, content: string | Buffer): string {
  const full = path.join(folder.path, name);
  writeFileSync(full, content);
  return full;
}

describe('fireplot load', () => {
  test('loads several files and stdin, and prints the counts of all', async () => {
    const command = load(
      newStore(),
      file('a.log', packets(100)),
      file('b.log', gzipSync(`${packet(7, 1)}\nnonsense\n`)),
      '-'
    );
    command.child.stdin?.end(`${packet(8, 2)}\n`);
    expect([await command.ended(), command.stderr]).toEqual([0, '']);
    expect(command.stdout).toMatch(
      /^loaded 102, refused 1 \(unclaimed: 1\), already there 0 \([\d.]+ s, \d+ lines\/s\)\n$/
    );
  });

  test('stores nothing of what happens to wait on stdin', async () => {
    const command = load(newStore(), file('alone.log', packets(100)));
    command.child.stdin?.end(packets(50, 200));
    expect([await command.ended(), command.stderr]).toEqual([0, '']);
    expect(command.stdout).toMatch(/^loaded 100, refused 0, already there 0 /);
  });

  test('loads nothing when one of the files is missing', async () => {
    const command = load(newStore(), file('c.log', packets(3)), 'missing.log');
    expect([await command.ended(), command.stdout, command.stderr]).toEqual([
      2,
      '',
      'fireplot: missing.log does not exist: check the path.\n',
    ]);
  });

  test('goes on behind a damaged file, and ends with 1', async () => {
    const packed = gzipSync(packets(1_000));
    const command = load(newStore(), file('d.gz', packed.subarray(0, -30)), file('e.log', `${packet(9, 3)}\n`));
    expect(await command.ended()).toBe(1);
    expect(command.stderr).toMatch(
      /d\.gz ends in the middle of its gzip data: what is there was read; fetch the file again\.\n$/
    );
    expect(command.stdout).toMatch(/^loaded \d+, /);
  });

  test('stopped in the middle, keeps what is stored; loaded again, doubles nothing', async () => {
    const store = newStore();
    const big = file('big.log', packets(400_000));
    const first = load(store, big);
    const events = path.join(store, 'data', 'fireplot', 'events');
    await first.until(() => existsSync(events) && readdirSync(events).some((part) => part.startsWith('202611_')));
    first.kill('SIGINT');
    expect(await first.ended()).toBe(1);
    expect(first.stderr).toBe('Stopped. Load again to go on: what is stored is not stored twice.\n');
    const stored = Number(/^loaded (\d+)/.exec(first.stdout)?.[1]);
    expect(stored).toBeLessThan(400_000);
    const second = load(store, big);
    expect(await second.ended(), second.stderr).toBe(0);
    expect(second.stdout).toContain(`loaded ${400_000 - stored}, refused 0, already there ${stored} `);
  });
});

describe('fireplot parse', () => {
  test('ends quietly when nobody reads on', async () => {
    const name = file('long.log', packets(50_000));
    const command = new Fireplot(['parse', name]);
    running.push(command);
    const head = spawn('head', ['-n', '1'], { stdio: ['pipe', 'pipe', 'ignore'] });
    if (command.child.stdout === null || head.stdin === null) throw new Error('no pipes');
    head.stdin.on('error', () => command.child.stdout?.destroy());
    command.child.stdout.pipe(head.stdin);
    await once(head, 'close');
    command.child.stdout.destroy();
    expect([await command.ended(), command.stderr]).toEqual([0, '']);
  });
});
