import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { runCommand } from './run.case.js';

const folder = tempFolder('dshield');
const store = path.join(folder.path, 'store');
const at = (name: string): string => path.join(folder.path, name);
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runCommand([...args, '--store', store], { env: { TZ: 'UTC', ...env }, cwd: folder.path });

const HISTORY = JSON.stringify({
  0: { date: '2026-11-22', records: 9, targets: 8, sources: 7, tcp: 3, udp: 1 },
  port: 22,
});
const asked: IncomingMessage[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    if (request.url?.startsWith('/busy')) {
      response.writeHead(429, { 'retry-after': '300' }).end();
    } else if (request.headers['if-none-match'] === '"1"') {
      response.writeHead(304).end();
    } else {
      response.writeHead(200, { etag: '"1"', 'content-length': Buffer.byteLength(HISTORY) }).end(HISTORY);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe('dshield load', () => {
  const contact = { FIREPLOT_CONTACT: 'noc@example.com' };
  const path22 = '/api/porthistory/22/2026-11-22/2026-11-22?json';

  test('a URL is not asked for without a contact', async () => {
    const { code, stderr } = await run(['dshield', 'load', url + path22]);
    expect([code, asked.length]).toEqual([2, 0]);
    expect(stderr).toContain('FIREPLOT_CONTACT');
  });
  test('a URL is asked once, with the contact, and then only for what has changed', async () => {
    const first = await run(['dshield', 'load', url + path22], contact);
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('1 ports on 1 days.')]);
    expect(asked.at(-1)?.headers['user-agent']).toContain('noc@example.com');
    const second = await run(['dshield', 'load', url + path22], contact);
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('has not changed')]);
  });
  test('a server that asks for patience is named', async () => {
    const { code, stderr } = await run(['dshield', 'load', `${url}/busy`], contact);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/127\.0\.0\.1:\d+ answers with 429/)]);
  });
  test('of several files those that are whole are stored', async () => {
    writeFileSync(at('cut.json'), HISTORY.slice(0, 40));
    writeFileSync(at('top.txt'), 'port\trecords\ttargets\tsources\n23\t900\t12\t800\n');
    const args = ['dshield', 'load', 'cut.json', 'top.txt', '--date', '2026-11-22'];
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/cut\.json has no figures[^]*top\.txt: 1 ports/)]);
  });
  test.each([
    ['--port', 'ssh'],
    ['--date', '22.11.2026'],
  ])('%s %s is told', async (option, value) => {
    const { code, stderr } = await run(['dshield', 'load', 'top.txt', option, value]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${option} ${value} is no`)]);
  });
});

describe('dshield export', () => {
  const probe = (source: string, rest: string) =>
    `Nov 22 10:00:01 gw kernel: DROP IN=eth0 OUT= SRC=${source} DST=203.0.113.9 LEN=60 TTL=50 ID=1 ${rest}\n`;
  const known = {
    FIREPLOT_DSHIELD_USER: '4711',
    FIREPLOT_DSHIELD_FROM: 'noc@example.com',
    FIREPLOT_DSHIELD_TO: 'reports@dshield.example',
  };
  beforeAll(async () => {
    const syn = 'PROTO=TCP SPT=40000 DPT=23 WINDOW=1024 SYN URGP=0';
    writeFileSync(
      at('log'),
      probe('9.9.9.9', syn) +
        probe('9.9.9.9', syn) +
        probe('9.9.9.10', 'PROTO=ICMP TYPE=8 CODE=0 ID=1 SEQ=1') +
        probe('10.0.0.1', syn) +
        probe('9.9.9.11', syn).replace('DROP', 'ACCEPT')
    );
    await run(['load', at('log'), '--timezone', 'UTC', '--year', '2026', '--no-detect']);
  });
  const LINES =
    '2026-11-22 10:00:01 +00:00\t0\t2\t9.9.9.9\t40000\t10.0.113.9\t23\t6\tS\n' +
    '2026-11-22 10:00:01 +00:00\t0\t1\t9.9.9.10\t0\t10.0.113.9\t8\t1\t\n';

  test('prints what was dropped, by second, targets masked, own and private sources left out', async () => {
    const { code, stdout, stderr } = await run(['dshield', 'export']);
    expect([code, stdout]).toEqual([0, LINES]);
    expect(stderr).toContain('source not public: 1');
    expect(stderr).toContain('Nothing was sent');
  });
  test('is read back as the same events', async () => {
    const { stdout } = await run(['dshield', 'export', '--output', 'out.tsv']);
    expect([stdout, readFileSync(at('out.tsv'), 'utf8')]).toEqual(['', LINES]);
    const back = await runCommand(['parse', at('out.tsv')]);
    const events = back.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events).toMatchObject([
      { dialect: 'dshield', src_ip: '9.9.9.9', dst_ip: '10.0.113.9', dst_port: 23, tcp_flags: 'SYN', count: 2 },
      { dialect: 'dshield', src_ip: '9.9.9.10', dst_ip: '10.0.113.9', icmp_type: 8, icmp_code: 0 },
    ]);
    const again = await run(['dshield', 'export', '--output', 'out.tsv']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already')]);
  });
  test('a dry run says what would go where, and how targets were masked', async () => {
    const { code, stdout, stderr } = await run(['dshield', 'export', '--dry-run'], known);
    expect([code, stdout]).toEqual([0, LINES.replaceAll('\t0\t', '\t4711\t').replace('9.9.9.10\t4711', '9.9.9.10\t0')]);
    expect(stderr).toContain('Target 203.0.113.9 is written as 10.0.113.9.');
    expect(stderr).toMatch(/To: reports@dshield\.example\nSubject: FORMAT DSHIELD USERID 4711 TZ \+00:00 Fireplot/);
  });
  test('is not sent without address and user', async () => {
    const { code, stderr } = await run(['dshield', 'export', '--send']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('set dshield.to, dshield.from, dshield.user')]);
  });
  test('is sent by sendmail, and never twice', async () => {
    const sendmail = at('sendmail');
    const sent = at('sent');
    writeFileSync(sendmail, `#!/bin/sh\necho "$@" > ${sent}\ncat >> ${sent}\n`);
    chmodSync(sendmail, 0o755);
    const env = { ...known, FIREPLOT_DSHIELD_SENDMAIL: sendmail };
    const first = await run(['dshield', 'export', '--send', '--from', '2026-11-22T10:00:00Z'], env);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(readFileSync(sent, 'utf8')).toMatch(
      /^-i -f noc@example\.com -- reports@dshield\.example\nFrom: noc@example\.com\n[^]*\n\n2026-11-22 10:00:01 \+00:00\t4711\t2\t9\.9\.9\.9/
    );
    const again = await run(['dshield', 'export', '--send', '--from', '2026-11-22T10:00:00Z'], env);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('was sent already')]);
  });
  test('a mail system that refuses is told, and nothing counts as sent', async () => {
    const env = { ...known, FIREPLOT_DSHIELD_SENDMAIL: at('nowhere') };
    const args = ['dshield', 'export', '--send', '--from', '2026-11-22T10:00:02Z', '--to', '2026-11-23'];
    expect(existsSync(at('nowhere'))).toBe(false);
    writeFileSync(at('more'), probe('9.9.9.12', 'PROTO=TCP SPT=1 DPT=22 SYN').replace('10:00:01', '11:00:00'));
    await run(['load', at('more'), '--timezone', 'UTC', '--year', '2026', '--no-detect']);
    const { code, stderr } = await run(args, env);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be run (ENOENT)')]);
  });
});
