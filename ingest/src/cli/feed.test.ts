import { createSocket } from 'node:dgram';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { Fireplot, serveArgs } from './process.case.js';
import { runCommand } from './run.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('feed-command')));
afterAll(() => folder.remove());

const running: Fireplot[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.ended();
  }
});

function start(...args: string[]): Fireplot {
  const process = new Fireplot(args);
  running.push(process);
  return process;
}

const LINE = /^\d+\|[0-9a-f.:]+\|(?:tcp|udp):\d+\|200\|\d+$/;

function packet(time: string, port: number, word = 'DROP'): string {
  return `${time} fw kernel: ${word} IN=wan0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 TTL=64 ID=1 PROTO=TCP SPT=40000 DPT=${port} SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0`;
}

describe('fireplot feed logstalgia', () => {
  test('prints a loaded day in the order of time, whatever is in its lines', async () => {
    const store = path.join(folder.path, 'loaded');
    const file = path.join(folder.path, 'a.log');
    const hostile = packet('Nov 22 09:00:00', 3, 'DROP|1|evil|tcp:1|200|9 ');
    writeFileSync(file, [packet('Nov 22 10:00:00', 2), hostile, packet('Nov 22 08:59:59', 1)].join('\n'));
    const loading = start('load', '--store', store, '--timezone', 'UTC', '--year', '2026', '--no-detect', '--', file);
    expect([await loading.ended(), loading.stderr]).toEqual([0, '']);
    const feed = start('feed', 'logstalgia', '--store', store, '--only', 'drop', '--to', '2026-11-22T10:00:00Z');
    expect([await feed.ended(), feed.stderr]).toEqual([0, '']);
    expect(feed.stdout).toBe('1795337999|198.51.100.7|tcp:1|200|44\n1795338000|198.51.100.7|tcp:3|200|44\n');
  });

  test('follows a running serve, by its folder and by its URL, each event once', async () => {
    const store = path.join(folder.path, 'served');
    const serve = start(...serveArgs(store));
    const { syslog, http } = await serve.ready();
    const byFolder = start('feed', 'logstalgia', '--store', store, '--follow');
    const byUrl = start('feed', 'logstalgia', '--url', http, '--follow');
    const now = () => new Date().toISOString();
    const port = Number(syslog.slice(syslog.lastIndexOf(':') + 1));
    const socket = createSocket('udp4');
    let sent = 0;
    const send = () => socket.send(`<4>1 ${now()} fw kernel - - - ${packet('', ++sent).slice(1)}`, port, '127.0.0.1');
    const lines = ({ stdout }: Fireplot) => stdout.split('\n').filter(Boolean);
    // A feed starts with now, and says nothing when it has: probes go on until both have seen one.
    await serve.until(async () => {
      send();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return [byFolder, byUrl].every((feed) => lines(feed).length > 0);
    });
    const last = sent;
    await serve.until(() => [byFolder, byUrl].every(({ stdout }) => stdout.includes(`|tcp:${last}|`)));
    socket.close();
    for (const feed of [byFolder, byUrl]) {
      const ports = lines(feed).map((line) => Number(/tcp:(\d+)/.exec(line)?.[1]));
      expect(lines(feed).filter((line) => !LINE.test(line))).toEqual([]);
      const first = ports[0] ?? 0;
      expect([...ports].sort((a, b) => a - b)).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
      expect(feed.stderr).toBe('');
    }
  });

  test('says what is wrong with its options, and what to do', async () => {
    const store = path.join(folder.path, 'nobody');
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCommand(['feed', 'logstalgia', '--store', store, ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await refused('--only', 'nope')).toContain('drop, reject, allow, alert, unknown');
    expect(await refused('--follow')).toContain('nobody serves the store');
    expect(await refused('--follow', '--to', '2026-11-22')).toContain('--follow has no end');
    expect(await refused('--follow', '--from', 'noon')).toContain('is no time');
    expect(await refused('--url', 'http://127.0.0.1:1')).toContain('127.0.0.1:1');
  });
});
