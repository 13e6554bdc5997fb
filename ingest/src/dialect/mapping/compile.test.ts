import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMappings } from '../../config/mappings.js';
import { newEvent, reset } from '../../event/event.js';
import { Zone } from '../../read/zone.js';
import { checkEvent } from '../check.case.js';
import type { Dialect, Reason } from '../dialect.js';
import { REASONS } from '../dialect.js';
import { TEST_CONTEXT } from '../formats.case.js';
import { mutated } from '../hostile/mutate.case.js';
import { hostileLines } from '../hostile/words.case.js';
import { described } from '../samples.case.js';
import { compile } from './compile.js';

const SEED = 20_261_122;

const made = (mapping: Record<string, unknown>): Dialect =>
  compile(readMappings('test.yaml', [{ name: 'acme', ...mapping }])[0]!, (name) => new Zone(name));

/** Verdicts of lines in their order, read by one reader; with the event where there is one. */
function readAll(dialect: Dialect, lines: readonly string[]): readonly unknown[] {
  const reader = dialect.open?.() ?? dialect;
  const event = newEvent();
  return lines.map((line) => {
    if (!reader.claims(line)) return 'unclaimed';
    reset(event);
    const verdict = reader.parse(line, TEST_CONTEXT, event);
    return verdict === 'ok' ? described(event) : verdict;
  });
}

const CSV = {
  format: 'csv',
  columns: ['stamp', 'verdict', 'proto', 'from', 'sport', 'to', 'dport', 'note'],
  fields: {
    time: { from: 'stamp', format: '%d/%m/%Y %H:%M:%S' },
    action: { from: 'verdict', values: { PERMIT: 'allow', NEIN: 'drop' }, otherwise: 'unknown' },
    proto: { from: 'proto', value: 'tcp' },
    src_ip: 'from',
    src_port: 'sport',
    dst_ip: 'to',
    dst_port: 'dport',
    rule: 'note',
    'attrs.verdict': 'verdict',
    sensor: { value: 'gate' },
  },
};

const EVENT = {
  time: '2026-11-22T03:04:05.000Z',
  sensor: 'gate',
  action: 'drop',
  proto: 'tcp',
  srcIp: '198.51.100.23',
  dstIp: '203.0.113.9',
  srcPort: 40112,
  dstPort: 22,
  rule: 'a, "b"',
  attrs: { verdict: 'NEIN' },
};

const LINE = '22/11/2026 03:04:05,NEIN,,198.51.100.23,40112,203.0.113.9,22,"a, ""b"""';

describe('a mapping of separated values', () => {
  test('becomes an event by its columns, words and constants', () => {
    expect(readAll(made(CSV), [LINE, `${LINE}\r`, LINE.replaceAll(',', ' , ').replace('a ,  ', 'a, ')])).toEqual([
      EVENT,
      EVENT,
      EVENT,
    ]);
    expect(made(CSV).name).toBe('mapping:acme');
  });

  test('claims, without a text to go by, only lines of as many columns that have addresses where these must be', () => {
    const lines = ['', 'a,b', LINE.replace('198.51.100.23', 'gate'), `${LINE},x`, LINE.replace('"a,', 'a,'), '"'];
    expect(readAll(made(CSV), lines)).toEqual(lines.map(() => 'unclaimed'));
  });

  test('refuses, with a text to go by, what is none of its lines for its reason', () => {
    const dialect = made({ ...CSV, match: '22/11' });
    const cases: readonly (readonly [string, Reason])[] = [
      [LINE.slice(0, 60), 'truncated'],
      [LINE.slice(0, -1), 'truncated'],
      [`${LINE},x`, 'bad-field'],
      [LINE.replace('198.51.100.23', 'gate'), 'bad-address'],
      [LINE.replace('198.51.100.23', '-').replace('203.0.113.9', ''), 'no-address'],
      [LINE.replace(',22,', ',65536,'), 'bad-port'],
      [LINE.replace(',,', ',pigeon,'), 'bad-field'],
      [LINE.replace('03:04', '03:64'), 'time-range'],
    ];
    expect(
      readAll(
        dialect,
        cases.map(([line]) => line)
      )
    ).toEqual(cases.map(([, reason]) => reason));
  });

  test('is named by the first line of each file where the config does not', () => {
    const dialect = made({ ...CSV, columns: undefined });
    const title = 'to,stamp,verdict,proto,from,sport,dport,note';
    const line = '203.0.113.9,22/11/2026 03:04:05,NEIN,,198.51.100.23,40112,22,"a, ""b"""';
    expect(readAll(dialect, [line, title, line, CSV.columns.join(','), LINE, line])).toEqual([
      'unclaimed',
      'header',
      EVENT,
      'header',
      EVENT,
      'unclaimed',
    ]);
  });

  test('keeps a head, a delimiter, a quote and a condition of its own', () => {
    const dialect = made({
      format: 'csv',
      syslog: true,
      delimiter: 'tab',
      quote: "'",
      columns: [null, 'src', 'port'],
      more_columns: true,
      when: { port: [22, 23] },
      fields: { src_ip: 'src', dst_port: 'port', proto: { value: 'udp' } },
    });
    const line = (port: string): string => `<13>Nov 22 03:04:05 gw acme[7]: x\t'198.51.100.23'\t${port}\tmore`;
    expect(readAll(dialect, [line('22'), line('24')])).toEqual([
      {
        time: '2026-11-22T03:04:05.000Z',
        sensor: 'gw',
        proto: 'udp',
        srcIp: '198.51.100.23',
        dstPort: 22,
      },
      'not-traffic',
    ]);
  });

  test('has every field that an event has', () => {
    const fields: Record<string, unknown> = {
      src_ip: 'a',
      dst_ip: { value: '203.0.113.9' },
      proto: { value: 6 },
      direction: { value: 'inbound' },
      iface_in: { value: 'wan' },
      iface_out: { value: 'lan' },
      tcp_flags: 'flags',
      ttl: { value: 64 },
      ip_id: { value: 7 },
      tcp_window: { value: 1024 },
      tcp_seq: { value: 1 },
      length: { value: 44 },
      count: { value: 3 },
      packets: { value: 4 },
      bytes: { value: '176.0' },
      duration_s: { value: 1.5 },
      nat_src_ip: { value: '192.0.2.1' },
      nat_src_port: { value: 1 },
      nat_dst_ip: { value: '192.0.2.2' },
      nat_dst_port: { value: 2 },
      signature: { value: 's' },
      severity: { value: 9 },
      qname: { value: 'q.example' },
    };
    const dialect = made({ format: 'csv', delimiter: ';', columns: ['a', 'flags'], fields });
    for (const flags of ['SYN,ACK', 'SA', '18', '0x12', '...A..S.', 'syn+ack'])
      expect(readAll(dialect, [`198.51.100.23;${flags}`])[0], flags).toEqual({
        proto: 'tcp',
        direction: 'in',
        ifaceIn: 'wan',
        ifaceOut: 'lan',
        srcIp: '198.51.100.23',
        dstIp: '203.0.113.9',
        tcpFlags: 'SYN,ACK',
        ttl: 64,
        ipId: 7,
        tcpWindow: 1024,
        tcpSeq: 1,
        length: 44,
        count: 3,
        packets: 4,
        bytes: 176,
        durationMs: 1500,
        natSrcIp: '192.0.2.1',
        natDstIp: '192.0.2.2',
        natSrcPort: 1,
        natDstPort: 2,
        signature: 's',
        severity: 9,
        qname: 'q.example',
      });
    expect(readAll(made({ ...CSV, match: '|', delimiter: '|' }), ['|'])).toEqual(['truncated']);
  });
});

describe('a mapping of JSON', () => {
  const dialect = made({
    format: 'json',
    fields: {
      time: { from: 'event.ts', format: 'epoch_ms' },
      src_ip: 'net.src.ip',
      dst_ip: 'net.dst.ip',
      dst_port: 'net.dst.port',
      proto: 'net.l4',
      action: 'event.outcome',
      rule: 'näme',
    },
  });
  const event = {
    time: '2026-11-22T03:04:05.678Z',
    action: 'drop',
    proto: 'udp',
    srcIp: '2001:db8::23',
    dstIp: '203.0.113.9',
    dstPort: 53,
    rule: Buffer.from('ä"b').toString('latin1'),
  };
  const nested = {
    event: { ts: 1795316645678, outcome: 'Blocked' },
    net: { src: { ip: '2001:db8::23' }, dst: { ip: '203.0.113.9', port: 53.5 - 0.5 }, l4: 'UDP' },
    näme: 'ä"b',
  };
  const line = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('latin1');

  test('becomes an event by its paths, nested or with dots in its keys, behind a syslog head or not', () => {
    const dotted = {
      'event.ts': '1795316645678',
      'event.outcome': 'Blocked',
      'net.src.ip': '2001:db8::23',
      'net.dst.ip': '203.0.113.9',
      'net.dst.port': '53.0',
      'net.l4': 17,
      näme: 'ä"b',
    };
    expect(readAll(dialect, [line(nested), line(dotted)])).toEqual([event, event]);
    expect(readAll(dialect, [`<13>Nov 22 03:04:05 gw acme: ${line(nested)}`])).toEqual([{ ...event, sensor: 'gw' }]);
  });

  test('claims only objects that have addresses where these must be, and refuses one that was cut', () => {
    expect(readAll(dialect, ['{}', '{"net":1}', '[]', 'x', line(nested).slice(0, -3)])).toEqual([
      'unclaimed',
      'unclaimed',
      'unclaimed',
      'unclaimed',
      'truncated',
    ]);
  });
});

describe('times of a mapping', () => {
  const read = (format: string, text: string, zone = ''): unknown => {
    const time = zone === '' ? { from: 't', format } : { from: 't', format, zone };
    const dialect = made({
      format: 'csv',
      match: '|',
      delimiter: '|',
      columns: ['t', 's'],
      fields: { time, src_ip: 's' },
    });
    const event = newEvent();
    const verdict = dialect.parse(`${text}|192.0.2.1`, TEST_CONTEXT, event);
    return verdict === 'ok' ? new Date(event.time).toISOString() : verdict;
  };

  test.each([
    ['iso', '2026-11-22 03:04:05.678', '2026-11-22T03:04:05.678Z'],
    ['iso', '2026-11-22T04:04:05+01:00', '2026-11-22T03:04:05.000Z'],
    ['epoch', '1795316645', '2026-11-22T03:04:05.000Z'],
    ['epoch', '1795316645.678901', '2026-11-22T03:04:05.678Z'],
    ['epoch_ms', '1795316645678', '2026-11-22T03:04:05.678Z'],
    ['epoch_us', '1795316645678901', '2026-11-22T03:04:05.678Z'],
    ['epoch_ns', '1795316645678901234', '2026-11-22T03:04:05.678Z'],
    ['%a %b %e %Y %I:%M:%S %p', 'Sun Nov 22 2026 12:04:05 AM', '2026-11-22T00:04:05.000Z'],
    ['%d.%m.%y %H:%M', '22.11.26 03:04', '2026-11-22T03:04:00.000Z'],
    ['%Y%m%d%H%M%S.%f%z', '20261122040405.678+0100', '2026-11-22T03:04:05.678Z'],
    ['%d %B %H:%M:%S', '22 November 03:04:05', '2026-11-22T03:04:05.000Z'],
    ['[%s] 100%%', '[1795316645] 100%', '2026-11-22T03:04:05.000Z'],
    ['%d/%b/%Y:%H:%M:%S %z', '22/Nov/2026:03:04:05 Z', '2026-11-22T03:04:05.000Z'],
  ])('%s reads %s', (format, text, time) => {
    expect(read(format, text)).toBe(time);
  });

  test('a zone of their own is that of stamps that name none; one that they name wins', () => {
    expect(read('iso', '2026-11-22 04:04:05', 'Europe/Oslo')).toBe('2026-11-22T03:04:05.000Z');
    expect(read('%Y-%m-%d %H:%M:%S', '2026-07-22 04:04:05', 'Europe/Oslo')).toBe('2026-07-22T02:04:05.000Z');
    expect(read('iso', '2026-11-22 04:04:05Z', 'Europe/Oslo')).toBe('2026-11-22T04:04:05.000Z');
  });

  test.each([
    ['iso', '22.11.2026'],
    ['epoch', '1795316645x'],
    ['epoch_ms', '-5'],
    ['epoch_ns', '12'],
    ['%d.%m.%Y', '22.13.2026'],
    ['%d.%m.%Y', '22.11.26'],
    ['%d.%m.%Y', '22.11.2026x'],
    ['%I:%M %p %d %m', '13:04 PM 22 11'],
    ['%d/%b/%Y %H:%M:%S %z', '22/Nov/2026 03:04:05 +9900'],
    ['%d %b %Y', '30 Feb 2026'],
  ])('%s refuses %s', (format, text) => {
    expect(read(format, text)).toBe('time-range');
  });
});

describe('any line', () => {
  const json = made({
    format: 'json',
    match: 'a',
    fields: { src_ip: 'a.b', dst_port: 'p', proto: 'l', tcp_flags: 'f' },
  });
  const csv = made({ ...CSV, match: ',' });
  const lines = [LINE, '{"a":{"b":"198.51.100.23"},"p":22,"l":6,"f":"SA"}', CSV.columns.join(',')];
  const event = newEvent();

  test('made from a sample gives a verdict, and an event within its types', () => {
    const property = fc.property(mutated(lines), (line) => {
      for (const dialect of [json, csv]) {
        const reader = dialect.open?.() ?? dialect;
        reset(event);
        const verdict = reader.parse(line, TEST_CONTEXT, event);
        if (verdict === 'ok') checkEvent(event);
        else expect([...REASONS, 'header']).toContain(verdict);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 2_000 });
  });

  test('of 64 KiB is read', () => {
    for (const line of hostileLines(lines)) for (const dialect of [json, csv]) dialect.claims(line);
  });
});
