import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { runCommand } from './run.case.js';
import type { Ran } from './run.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('parse')));
afterAll(() => folder.remove());

const parse = (stdin: string | Buffer, ...options: string[]): Promise<Ran> =>
  runCommand(['parse', '--timezone', 'UTC', '--year', '2026', ...options], {
    stdin: typeof stdin === 'string' ? Buffer.from(stdin, 'latin1') : stdin,
  });

const events = ({ stdout }: Ran): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const SYN =
  'Nov 22 01:02:03 fw kernel: [1.5] DROP-INPUT IN=wan0 OUT= MAC= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 TOS=0x00 PREC=0x00 TTL=64 ID=7 PROTO=TCP SPT=40000 DPT=22 SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0 ';
const ICMP6 =
  'Nov 22 01:02:03 fw kernel: IN=wan0 OUT=lan0 SRC=2001:0db8:0000:0000:0000:0000:0000:0007 DST=2001:0db8:0000:0000:0000:0000:0000:0001 LEN=64 TC=0 HOPLIMIT=58 FLOWLBL=0 PROTO=ICMPv6 TYPE=128 CODE=0 ID=1 SEQ=1 ';
const ROUTER =
  '2026-11-22T01:02:03.456+01:00 router firewall,info drop input: in:ether1 out:(unknown 0), src-mac 02:00:5e:00:53:01, proto UDP, 198.51.100.7:5060->203.0.113.1:5060, len 40';

describe('fireplot parse', () => {
  test('prints a TCP probe with its words', async () => {
    const ran = await parse(`${SYN}\r\n`);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toBe(
      `{"time":"2026-11-22T01:02:03.000Z","sensor":"fw","dialect":"netfilter","action":"drop","direction":"in","iface_in":"wan0","proto":"tcp","src_ip":"198.51.100.7","dst_ip":"203.0.113.1","src_port":40000,"dst_port":22,"tcp_flags":"SYN","ttl":64,"ip_id":7,"tcp_window":1024,"tcp_seq":1,"length":44,"count":1,"rule":"DROP-INPUT","message":${JSON.stringify(SYN)}}\n`
    );
  });

  test('prints ICMPv6 without ports, and leaves out what the line does not say', async () => {
    const [event] = events(await parse(`${ICMP6}\n`));
    expect(event).toMatchObject({
      proto: 'ipv6-icmp',
      src_ip: '2001:db8::7',
      dst_ip: '2001:db8::1',
      icmp_type: 128,
      icmp_code: 0,
      ttl: 58,
      action: 'unknown',
    });
    for (const name of [
      'src_port',
      'dst_port',
      'tcp_flags',
      'tcp_seq',
      'rule',
      'nat_src_ip',
      'bytes',
      'severity',
      'qname',
    ]) {
      expect(event, name).not.toHaveProperty(name);
    }
  });

  test('prints a RouterOS line of another zone in UTC, with what has no column as attrs', async () => {
    const [event] = events(await parse(`${ROUTER}\n`));
    expect(event).toMatchObject({
      time: '2026-11-22T00:02:03.456Z',
      sensor: 'router',
      dialect: 'mikrotik',
      action: 'drop',
      proto: 'udp',
      src_port: 5060,
      dst_port: 5060,
      attrs: { mac: '02:00:5e:00:53:01' },
    });
    expect(event).not.toHaveProperty('tcp_flags');
  });

  test.each([
    ['URGP=0', ''],
    ['SYN ACK URGP=0', 'SYN,ACK'],
    ['ACK FIN URGP=0', 'FIN,ACK'],
    ['CWR ECE URG ACK PSH RST SYN FIN URGP=0', 'FIN,SYN,RST,PSH,ACK,URG,ECE,CWR'],
  ])('prints the flags %j in the order of the header', async (written, expected) => {
    const [event] = events(await parse(`${SYN.replace('SYN URGP=0', written)}\n`));
    expect(event?.tcp_flags).toBe(expected);
  });

  test('says on stderr which line is refused, and why', async () => {
    const ran = await parse(`${SYN}\nnonsense\n\n${SYN.replace('DPT=22', 'DPT=70000')}\n${'x'.repeat(9_000)}\n`);
    expect(events(ran)).toHaveLength(1);
    expect(ran.stderr.split('\n').map((line) => line.slice(0, 30))).toEqual([
      'line 2: unclaimed: nonsense',
      'line 4: bad-port: Nov 22 01:02',
      'line 5: too-long: xxxxxxxxxxxx',
      '',
    ]);
    expect(ran.code).toBe(0);
  });

  test('counts lines of each file by itself, and names it', async () => {
    const files = ['a.log', 'b.gz'].map((name) => path.join(folder.path, name));
    writeFileSync(files[0] ?? '', `${SYN}\nnonsense\n`);
    writeFileSync(files[1] ?? '', gzipSync(`nonsense\n${ROUTER}\n`));
    const ran = await runCommand(['parse', ...files]);
    expect(events(ran).map(({ dialect }) => dialect)).toEqual(['netfilter', 'mikrotik']);
    expect(ran.stderr).toBe(`${files[0]}:2: unclaimed: nonsense\n${files[1]}:1: unclaimed: nonsense\n`);
  });

  test('prints hostile text as text: nothing steers the terminal, JSON gives it back', async () => {
    const hostile = `\x1b[2J\x9b31m\xe2\x80\xae\0\x7f"<b>'\xff`;
    const ran = await parse(`${SYN.replace('DROP-INPUT', hostile)}\n${hostile}\n`);
    const decoded = Buffer.from(hostile, 'latin1').toString('utf8');
    expect(events(ran)[0]?.message).toBe(SYN.replace('DROP-INPUT', decoded));
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(ran.stderr).toContain('line 2: unclaimed: \\u001b[2J');
  });

  test('decodes UTF-8 in names, and what is none as U+FFFD', async () => {
    const [event] = events(
      await parse(Buffer.concat([Buffer.from(SYN.replace('DROP-INPUT', 'DROP-für')), Buffer.from('\xff\n', 'latin1')]))
    );
    expect(event?.rule).toBe('DROP-für');
    expect(String(event?.message).endsWith('\ufffd')).toBe(true);
  });

  test('takes only the dialect that was asked for', async () => {
    const ran = await parse(`${SYN}\n${ROUTER}\n`, '--dialect', 'mikrotik');
    expect(events(ran)).toHaveLength(1);
    expect(ran.stderr).toMatch(/^line 1: unclaimed: /);
  });

  test('names the sensor it is given where the line names none', async () => {
    const ran = await parse(`${SYN.replace('Nov 22 01:02:03 fw ', '')}\n`, '--sensor', 'Büro');
    expect(events(ran)[0]?.sensor).toBe('Büro');
  });

  test('counts repeated lines', async () => {
    const ran = await parse(`${SYN}\nNov 22 01:02:09 fw last message repeated 5 times\n`);
    expect(events(ran).map(({ count, time }) => [count, time])).toEqual([
      [1, '2026-11-22T01:02:03.000Z'],
      [5, '2026-11-22T01:02:09.000Z'],
    ]);
  });
});
