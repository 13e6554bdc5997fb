import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packet } from '../read/lines.case.js';
import { tempFolder } from '../store/fixture.case.js';
import { Fireplot } from './process.case.js';
import { runCommand } from './run.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('mapped')));
afterAll(() => folder.remove());

const running: Fireplot[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.ended();
  }
});

function file(name: string, content: string): string {
  const full = path.join(folder.path, name);
  writeFileSync(full, content);
  return full;
}

/** A config whose one mapping takes any line of two columns or more that begins with an address. */
const config = (port: number): string =>
  file(
    `fireplot-${port}.yaml`,
    `mappings:
  - name: acme
    format: csv
    delimiter: space
    columns: [from, place]
    more_columns: true
    fields: { src_ip: from, dst_port: { value: ${port} }, proto: { value: tcp }, rule: place }
`
  );

const MAPPED = '198.51.100.7 hällo';

interface Printed {
  readonly dialect: string;
  readonly dst_port: number;
  readonly rule?: string;
}

async function parse(args: readonly string[], ...lines: string[]): Promise<{ events: Printed[]; refused: string[] }> {
  const ran = await runCommand(['parse', '--timezone', 'UTC', ...args, file('lines.log', lines.join('\n'))]);
  expect(ran.code).toBe(0);
  const rows = (text: string): string[] => text.split('\n').filter(Boolean);
  return { events: rows(ran.stdout).map((row) => JSON.parse(row) as Printed), refused: rows(ran.stderr) };
}

describe('a mapping of the config', () => {
  test('is read as any dialect, under its own name, its text as the bytes received', async () => {
    const { events, refused } = await parse(['--config', config(22)], MAPPED, 'x y');
    expect(events).toMatchObject([{ dialect: 'mapping:acme', dst_port: 22, rule: 'hällo' }]);
    expect(refused).toEqual(['line 2: unclaimed: x y']);
  });

  test('takes no line that another dialect knows, though it was the one of the line before', async () => {
    // An address and a word begin it, behind which a packet's fields stand: both know such a line.
    const both = `192.0.2.53 ${packet(80).slice(16)}`;
    const { events } = await parse(['--config', config(22)], MAPPED, both, MAPPED);
    expect(events.map(({ dialect, dst_port }) => [dialect, dst_port])).toEqual([
      ['mapping:acme', 22],
      ['netfilter', 80],
      ['mapping:acme', 22],
    ]);
  });

  test('reads all lines when it is named', async () => {
    const { events, refused } = await parse(
      ['--config', config(22), '--dialect', 'mapping:acme'],
      `192.0.2.53 ${packet(80).slice(16)}`,
      packet(81)
    );
    expect(events.map(({ dialect }) => dialect)).toEqual(['mapping:acme']);
    expect(refused).toHaveLength(1);
  });

  test('that the config does not have is told', async () => {
    const ran = await runCommand(['parse', '--config', config(22), '--dialect', 'mapping:other']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toBe(
      'fireplot: --dialect: "mapping:other" is none of the config file\'s mappings: give one of mapping:acme.\n'
    );
  });

  test('is read in the thread that loads; only where it is named does a change of it make a file another', async () => {
    const store = path.join(folder.path, 'store');
    const log = file('mapped.log', `${MAPPED}\n${packet(80)}\nx y\n`);
    const load = async (port: number, ...args: string[]): Promise<string> => {
      const options = ['--store', store, '--timezone', 'UTC', '--config', config(port), ...args];
      const process = new Fireplot(['load', ...options, log]);
      running.push(process);
      expect([await process.ended(), process.stderr]).toEqual([0, '']);
      return process.stdout.replace(/ \([\d.]+ s.*\n/, '');
    };
    expect(await load(22)).toBe('loaded 2, refused 1 (unclaimed: 1), already there 0');
    expect(await load(23)).toBe('loaded 0, refused 0, already there 2');
    expect(await load(22, '--dialect', 'mapping:acme')).toBe('loaded 1, refused 2 (unclaimed: 2), already there 0');
    expect(await load(23, '--dialect', 'mapping:acme')).toBe('loaded 1, refused 2 (unclaimed: 2), already there 0');
  });
});
