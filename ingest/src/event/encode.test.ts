import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { query } from 'chdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS } from './columns.js';
import { IntelMatcher } from '../intel/match/matcher.js';
import { nameTable } from '../intel/match/names.js';
import { v4Tables, v6Tables } from '../intel/match/tables.js';
import type { RowContext } from './encode.js';
import { newEvent } from './event.js';
import type { Event } from './event.js';
import { Rows } from './rows.js';

const STRUCTURE = COLUMNS.map(({ name, type }) => `${name} ${type.replaceAll("'", "\\'")}`).join(', ');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fireplot-encode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const context = (changes: Partial<RowContext> = {}): RowContext => ({
  received: Date.UTC(2026, 10, 22, 1, 2, 3, 4),
  seq: 7,
  batch: new Uint8Array(8).fill(255),
  dialect: 'netfilter',
  own: undefined,
  intel: undefined,
  ...changes,
});

const event = (changes: Partial<Event> = {}): Event =>
  Object.assign(newEvent(), { time: Date.UTC(2026, 10, 22, 1, 0, 0, 50) }, changes);

function encode(events: readonly { event: Event; line: Buffer; row?: RowContext }[]): Buffer {
  const rows = new Rows();
  for (const { event, line, row } of events) {
    rows.add(event, row ?? context(), line, 0, line.length);
  }
  return Buffer.from(rows.takeCopy());
}

/** What the engine makes of the bytes: rows as objects, every String as hexadecimal bytes when `hex` names it. */
function read(rows: Buffer, hex: readonly string[] = ['message']): Record<string, unknown>[] {
  const file = path.join(folder, 'rows.bin');
  writeFileSync(file, rows);
  const columns = COLUMNS.map(({ name }) => (hex.includes(name) ? `hex(${name}) AS ${name}_hex` : name));
  const sql = `SELECT ${columns.join(', ')} FROM file('${file}', RowBinary, '${STRUCTURE}')
    SETTINGS output_format_json_quote_64bit_integers = 1`;
  return query(sql, 'JSONEachRow')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const unhex = (value: unknown): Buffer => Buffer.from(String(value), 'hex');
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('encodeRow', () => {
  test('writes every column where COLUMNS has it', () => {
    const full = event({
      sensor: 'gw',
      action: 'reject',
      direction: 'forward',
      ifaceIn: 'wan0',
      ifaceOut: 'lan0',
      proto: 6,
      srcIp: '198.51.100.7',
      dstIp: '2001:db8::1',
      srcPort: 40_000,
      dstPort: 22,
      tcpFlags: 2,
      icmpType: 3,
      icmpCode: 1,
      ttl: 64,
      ipId: 65_535,
      tcpWindow: 1024,
      tcpSeq: 4_294_967_295,
      length: 1_500,
      count: 12,
      packets: 9_007_199_254_740_991,
      bytes: 4_294_967_296,
      durationMs: 1_000,
      natSrcIp: '192.0.2.1',
      natDstIp: '192.0.2.2',
      natSrcPort: 1,
      natDstPort: 2,
      rule: 'DROP-INPUT',
      signature: 'ET SCAN',
      severity: 4,
      qname: 'example.org.',
      attrs: { mac: '02:00', "it's": "a 'b'\t\\" },
    });
    const row = context({ own: (address) => address === '198.51.100.7' });
    const [back] = read(encode([{ event: full, line: Buffer.from('the line'), row }]), []);
    expect(back).toEqual({
      time: '2026-11-22 01:00:00.050',
      received: '2026-11-22 01:02:03.004',
      seq: 7,
      batch: '18446744073709551615',
      sensor: 'gw',
      dialect: 'netfilter',
      action: 'reject',
      class: 8,
      direction: 'forward',
      iface_in: 'wan0',
      iface_out: 'lan0',
      proto: 6,
      src_ip: '::ffff:198.51.100.7',
      dst_ip: '2001:db8::1',
      src_port: 40_000,
      dst_port: 22,
      tcp_flags: 2,
      icmp_type: 3,
      icmp_code: 1,
      ttl: 64,
      ip_id: 65_535,
      tcp_window: 1024,
      tcp_seq: 4_294_967_295,
      length: 1_500,
      count: 12,
      packets: '9007199254740991',
      bytes: '4294967296',
      duration_ms: 1_000,
      nat_src_ip: '::ffff:192.0.2.1',
      nat_dst_ip: '::ffff:192.0.2.2',
      nat_src_port: 1,
      nat_dst_port: 2,
      rule: 'DROP-INPUT',
      signature: 'ET SCAN',
      severity: 4,
      qname: 'example.org.',
      intel: 0,
      src_asn: 0,
      src_country: '',
      attrs: { mac: '02:00', "it's": "a 'b'\t\\" },
      message: 'the line',
    });
  });

  test('writes how bad the source is, or the name that it asks for, and 0 where nothing is listed', () => {
    const listed = { start: 0xc633_6407, bits: 32, score: 60 };
    const names = nameTable([{ name: 'bad.example', score: 80, allow: false }], [1, 2]);
    const row = context({ intel: new IntelMatcher({ ...v4Tables([listed]), ...v6Tables([]), names }) });
    const line = Buffer.from('x');
    const events = [
      { srcIp: '198.51.100.7' },
      { srcIp: '198.51.100.8', dstIp: '198.51.100.7' },
      { srcIp: '198.51.100.7', qname: 'Bad.Example.' },
      { qname: 'bad.example' },
      { dstIp: '198.51.100.7' },
    ];
    const rows = read(encode(events.map((changes) => ({ event: event(changes), line, row }))));
    expect(rows.map(({ intel }) => intel)).toEqual([60, 0, 80, 80, 0]);
  });

  test('writes what the line does not carry as NULL, :: or nothing', () => {
    const [row] = read(encode([{ event: event(), line: Buffer.from('x') }]));
    for (const name of ['tcp_flags', 'icmp_type', 'icmp_code', 'ttl', 'ip_id', 'tcp_window', 'tcp_seq', 'length']) {
      expect(row?.[name], name).toBeNull();
    }
    expect(row).toMatchObject({
      src_ip: '::',
      dst_ip: '::',
      nat_src_ip: '::',
      count: 1,
      rule: '',
      attrs: {},
      class: 3,
    });
  });

  test('stores any bytes of a line as they were received', () => {
    const tail = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.array(tail, { minLength: 1, maxLength: 20 }), (lines) => {
        const given = lines.map((bytes) => Buffer.from(bytes));
        const back = read(encode(given.map((line) => ({ event: event(), line }))));
        expect(back.map((row) => unhex(row.message_hex))).toEqual(given);
      }),
      { seed: 4, numRuns: 60 }
    );
  });

  test('stores any text of any field, and any map, as text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\0',
        "'); DROP TABLE events --",
        '<img src=x onerror=alert(1)>',
        '\u001b[31m',
        '\\N',
        '\\',
        "'",
        '{}'
      )
    );
    const attrs = fc.dictionary(text, text, { maxKeys: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, attrs), { minLength: 1, maxLength: 10 }), (given) => {
        const events = given.map(([rule, signature, map]) => ({
          line: Buffer.from('x'),
          event: event({
            rule: latin1(rule),
            signature: latin1(signature),
            attrs: Object.fromEntries(Object.entries(map).map(([key, value]) => [latin1(key), latin1(value)])),
          }),
        }));
        const back = read(encode(events), ['message', 'rule', 'signature']);
        expect(
          back.map((row) => [unhex(row.rule_hex).toString(), unhex(row.signature_hex).toString(), row.attrs])
        ).toEqual(given.map(([rule, signature, map]) => [rule, signature, { ...map }]));
      }),
      { seed: 4, numRuns: 60 }
    );
  });

  test('writes numbers up to the end of their types, and times with all their milliseconds', () => {
    const number = fc.oneof(fc.nat(), fc.maxSafeNat());
    const time = fc.integer({ min: 0, max: Date.UTC(2105, 11, 31, 23, 59, 59, 999) });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, time), { minLength: 1, maxLength: 20 }), (given) => {
        const back = read(
          encode(given.map(([bytes, time]) => ({ event: event({ bytes, time }), line: Buffer.from('x') })))
        );
        expect(back.map((row) => [Number(row.bytes), Date.parse(`${String(row.time).replace(' ', 'T')}Z`)])).toEqual(
          given
        );
      }),
      { seed: 4, numRuns: 60 }
    );
  });

  test.each([
    ['198.51.100.7', 0],
    ['::ffff:198.51.100.7', 0],
    ['2001:db8::7', 4],
    ['::1', 4],
  ])('counts a source of %s to class %i', (srcIp, expected) => {
    const line = Buffer.from('x');
    const [row] = read(encode([{ event: event({ srcIp, proto: 6, dstPort: 22, tcpFlags: 2 }), line }]));
    expect(row?.class).toBe(expected);
  });
});

describe('Rows', () => {
  test('keeps the earliest and latest time, and starts again when cleared', () => {
    const rows = new Rows();
    const line = Buffer.from('x');
    for (const time of [3_000, 1_000, 2_000]) rows.add(event({ time }), context(), line, 0, 1);
    expect([rows.count, rows.minTime, rows.maxTime]).toEqual([3, 1_000, 3_000]);
    rows.takeCopy();
    expect([rows.count, rows.byteLength, rows.minTime, rows.maxTime]).toEqual([0, 0, 0, 0]);
  });

  test('grows with its rows and hands its buffer over', () => {
    const rows = new Rows(new ArrayBuffer(10));
    const line = Buffer.alloc(5_000, 'y');
    for (let i = 0; i < 100; i++) rows.add(event(), context({ seq: i }), line, 0, line.length);
    const taken = rows.take();
    rows.reuse(undefined);
    expect(read(Buffer.from(taken)).map((row) => row.seq)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
