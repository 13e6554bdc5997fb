import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, Fireplot, serveArgs } from '../../cli/process.case.js';
import { packet } from '../../read/lines.case.js';
import { tempFolder } from '../../store/fixture.case.js';

let folder: { path: string; remove: () => void };
const running: Fireplot[] = [];
beforeEach(() => {
  folder = tempFolder('follow-serve');
});
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.ended();
  }
  folder.remove();
});

function start(...args: string[]): Fireplot {
  const serve = new Fireplot(serveArgs(path.join(folder.path, 'store'), ...args, '--year', '2026'));
  running.push(serve);
  return serve;
}

const at = (name: string): string => path.join(folder.path, name);

const line = (port: number): string => `${packet(port)}\n`;

const ports = async (http: string): Promise<string> =>
  (await ask<{ p: number }>(http, 'SELECT dst_port AS p FROM fireplot.events ORDER BY p')).map(({ p }) => p).join(' ');

test('serve --follow stores each line once, though it is killed, and the file rotated and packed meanwhile', async () => {
  writeFileSync(at('fw.log'), line(1) + line(2));
  const first = start('--follow', at('*.log'));
  const { http } = await first.ready();
  await first.until(async () => (await ports(http)) === '1 2');
  appendFileSync(at('fw.log'), line(3));
  await first.until(async () => (await ports(http)) === '1 2 3');
  first.kill('SIGKILL');
  await first.ended();

  appendFileSync(at('fw.log'), line(4));
  writeFileSync(at('fw.log.2.gz'), gzipSync([1, 2, 3, 4].map(line).join('')));
  rmSync(at('fw.log'));
  writeFileSync(at('fw.log.1'), line(5));
  writeFileSync(at('fw.log'), line(6));

  const second = start('--follow', at('*.log'));
  const again = await second.ready();
  await second.until(async () => (await ports(again.http)).split(' ').length >= 6);
  second.kill('SIGTERM');
  expect(await second.ended()).toBe(0);
  const third = start('--follow', at('*.log'));
  expect(await ports((await third.ready()).http)).toBe('1 2 3 4 5 6');
});

test("serve --stdin stores what journalctl's JSON carries, and goes on when the pipe ends", async () => {
  const serve = start('--stdin');
  const { http } = await serve.ready();
  const entry = (port: number): string =>
    `${JSON.stringify({
      MESSAGE: packet(port).replace(/^.*?kernel: /, ''),
      ...{
        __REALTIME_TIMESTAMP: '1795309323456789',
        _HOSTNAME: 'gw',
        _TRANSPORT: 'kernel',
        SYSLOG_IDENTIFIER: 'kernel',
      },
    })}\n`;
  serve.child.stdin?.write(entry(22) + entry(23));
  await serve.until(async () => (await ports(http)) === '22 23');
  expect(await ask(http, 'SELECT DISTINCT sensor, toUnixTimestamp64Milli(time) AS ms FROM fireplot.events')).toEqual([
    { sensor: 'gw', ms: 1795309323456 },
  ]);
  serve.child.stdin?.end();
  await serve.until(() => serve.stderr.includes('Stdin has ended'));
  serve.kill('SIGTERM');
  expect(await serve.ended()).toBe(0);
});
