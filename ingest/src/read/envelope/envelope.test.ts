import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../dialect/dialect.js';
import { DIALECTS } from '../../dialect/index.js';
import { readSamples } from '../../dialect/samples.case.js';
import { Interpreter, newSender } from '../interpreter.js';
import { Zone } from '../zone.js';
import { openEnvelope } from './envelope.js';

const RECEIVED = Date.UTC(2026, 10, 22, 12);
const STAMP = Date.UTC(2026, 10, 22, 1, 2, 3, 456);
const context: Context = { received: RECEIVED, year: undefined, toUtc: Date.UTC, actionOf: () => 'unknown' };

const interpreter = (live = false): Interpreter =>
  new Interpreter({ dialects: DIALECTS, zone: new Zone('UTC'), year: 2026, actionOf: () => 'unknown', live });

/** As JSON that a program writes which knows text only: bytes that are no UTF-8 would be lost, and are left as they are. */
const asText = (line: string): string => Buffer.from(line, 'latin1').toString('utf8');
const wrapped = (entry: object): string => Buffer.from(JSON.stringify(entry)).toString('latin1');

const PACKET = 'IN=wan0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 TTL=64 ID=1 PROTO=TCP SPT=40000 DPT=22 SYN URGP=0';
const FILTERLOG =
  '5,,,1000000103,igb0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,198.51.100.7,203.0.113.1,40000,22,0,S,1,,64240,,mss';
const ASA = 'Deny tcp src outside:198.51.100.7/40000 dst inside:203.0.113.1/22 by access-group "out" [0x0, 0x0]';

/** Dialect, target port, sensor and time of a line, or why it is refused. */
function read(line: string, live = false): unknown {
  const reader = interpreter(live);
  const verdict = reader.read(line, RECEIVED, newSender('peer'));
  const { dialect, event } = reader;
  return verdict === 'ok'
    ? [dialect, event.dstPort, event.sensor, new Date(event.time).toISOString()]
    : [dialect, verdict];
}

const AT = '2026-11-22T01:02:03.456Z';
const RECEIVED_TEXT = '2026-11-22T12:00:00.000Z';

describe('lines in envelopes', () => {
  test.each<[string, object, unknown]>([
    [
      'Vector, a file',
      { message: `Nov 22 00:00:01 fw kernel: DROP ${PACKET}`, host: 'collector', timestamp: AT },
      ['netfilter', 22, 'fw', '2026-11-22T00:00:01.000Z'],
    ],
    [
      'Vector, syslog',
      { appname: 'filterlog', procid: 4711, hostname: 'pfsense', message: FILTERLOG, timestamp: AT, severity: 'info' },
      ['pf', 22, 'pfsense', AT],
    ],
    [
      'Fluent Bit, syslog',
      { date: STAMP / 1000, pri: '4', ident: 'kernel', host: 'fw', message: `DROP ${PACKET}` },
      ['netfilter', 22, 'fw', AT],
    ],
    [
      'Filebeat',
      {
        '@timestamp': AT,
        host: { name: 'fw', os: { family: 'debian' } },
        log: { offset: 7 },
        message: `DROP ${PACKET}`,
      },
      ['netfilter', 22, 'fw', AT],
    ],
    ['Docker', { log: `kernel: DROP ${PACKET}\n`, stream: 'stdout', time: AT }, ['netfilter', 22, 'peer', AT]],
    [
      'a program that is the start of the message',
      { host: 'asa', program: '%ASA-4-106023', message: ASA, timestamp: AT },
      ['cisco-asa', 22, 'asa', AT],
    ],
    [
      'an envelope in an envelope',
      { log: `${JSON.stringify({ message: `DROP ${PACKET}`, host: 'fw' })}\n`, time: AT },
      ['netfilter', 22, 'fw', AT],
    ],
    [
      'journald, another program than the kernel',
      {
        MESSAGE: FILTERLOG,
        SYSLOG_IDENTIFIER: 'filterlog',
        _PID: '9',
        _HOSTNAME: 'gw',
        __REALTIME_TIMESTAMP: `${STAMP}000`,
      },
      ['pf', 22, 'gw', AT],
    ],
    [
      'journald, bytes',
      {
        ...{
          __REALTIME_TIMESTAMP: `${STAMP}000`,
          _TRANSPORT: 'syslog',
          _HOSTNAME: 'gw',
          SYSLOG_IDENTIFIER: 'filterlog',
        },
        MESSAGE: [...Buffer.from(FILTERLOG)],
      },
      ['pf', 22, 'gw', AT],
    ],
    ['no time and no host', { msg: `DROP ${PACKET}` }, ['netfilter', 22, 'peer', RECEIVED_TEXT]],
    ['a time that is none', { msg: `DROP ${PACKET}`, time: 'soon' }, ['netfilter', 22, 'peer', RECEIVED_TEXT]],
  ])('are read: %s', (_, entry, expected) => {
    expect(read(wrapped(entry))).toEqual(expected);
  });

  test.each<[string, string, unknown]>([
    ['what no dialect claims', wrapped({ message: 'hello', timestamp: AT }), ['', 'unclaimed']],
    ['an object without a line', wrapped({ level: 'info', n: 5 }), ['', 'unclaimed']],
    ['an object that was cut', wrapped({ message: `DROP ${PACKET}` }).slice(0, -1), ['', 'unclaimed']],
    [
      'a line that its dialect refuses',
      wrapped({ message: `DROP ${PACKET.replace('DPT=22', 'DPT=99999')}` }),
      ['netfilter', 'bad-port'],
    ],
    ['an object in objects without end', '{"a":'.repeat(100_000), ['', 'unclaimed']],
  ])('are refused: %s', (_, line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  test("a stranger's words are not the firewall's, whether its name stands in the envelope or in the line", () => {
    const message = `Invalid user DROP ${PACKET} from 192.0.2.1`;
    for (const entry of [
      {
        MESSAGE: message,
        SYSLOG_IDENTIFIER: 'sshd',
        _PID: '811',
        __REALTIME_TIMESTAMP: `${STAMP}000`,
        _TRANSPORT: 'syslog',
      },
      { message, appname: 'sshd', procid: 811, host: 'gw' },
      { message: `sshd[811]: ${message}`, host: 'gw' },
    ])
      expect(read(wrapped(entry))).toEqual(['netfilter', 'not-traffic']);
  });

  test('of live lines a stamp of the envelope that is more than a day off is not believed', () => {
    const old = { message: `DROP ${PACKET}`, host: 'fw', timestamp: '2026-11-01T00:00:00Z' };
    expect(read(wrapped(old), true)).toEqual(['netfilter', 22, 'fw', RECEIVED_TEXT]);
    expect(read(wrapped(old))).toEqual(['netfilter', 22, 'fw', '2026-11-01T00:00:00.000Z']);
  });

  test('an envelope that names no year of the line tells it', () => {
    const reader = new Interpreter({
      ...{ dialects: DIALECTS, zone: new Zone('UTC'), year: undefined, actionOf: () => 'unknown', live: false },
    });
    const line = wrapped({ message: `Dec 31 23:59:00 fw kernel: DROP ${PACKET}`, timestamp: '2021-01-01T00:00:10Z' });
    expect(reader.read(line, RECEIVED, newSender('peer'))).toBe('ok');
    expect(new Date(reader.event.time).toISOString()).toBe('2020-12-31T23:59:00.000Z');
  });
});

const dialects = readdirSync(fileURLToPath(new URL('../../dialect', import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && DIALECTS.some(({ name }) => name === entry.name))
  .map(({ name }) => name);

describe.each(dialects)('%s', (name) => {
  const url = new URL(`../../dialect/${name}/parse.test.ts`, import.meta.url).href;

  test.each(['samples.log', 'refused.log'])('what a shipper carries is read as if it came by itself: %s', (file) => {
    const [bare, carried] = [interpreter(), interpreter()];
    const [one, other] = [newSender('peer'), newSender('peer')];
    let compared = 0;
    for (const { line, where } of readSamples(url, file)) {
      const verdict = bare.read(line, RECEIVED, one);
      const inside = carried.read(wrapped({ message: asText(line) }), RECEIVED, other);
      // A JSON line that was cut inside its text may be anyone's, and one that is refused may be opened in its turn.
      expect([inside, carried.dialect], where).toEqual([verdict, bare.dialect]);
      if (verdict === 'ok') expect(carried.event, where).toEqual(bare.event);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe('openEnvelope', () => {
  test.each<[unknown, string]>([
    [1_795_309_323, '2026-11-22T01:02:03.000Z'],
    [1_795_309_323.456, AT],
    ['1795309323456', AT],
    ['1795309323456789', AT],
    [1_795_309_323_456_789_000, AT],
    ['2026-11-22T02:02:03.456+01:00', AT],
    ['2026-11-22 01:02:03,456', AT],
    ['Nov 22 2026 01:02:03', '2026-11-22T01:02:03.000Z'],
  ])('reads the time %j', (time, expected) => {
    expect(new Date(openEnvelope(wrapped({ message: 'x', time }), context)?.time ?? 0).toISOString()).toBe(expected);
  });

  test('gives text a character a byte, whether it was escaped or not', () => {
    const texts = ['{"message":"r\\u00e5d \\u2013"}', wrapped({ message: 'råd –' })].map(
      (line) => openEnvelope(line, context)?.texts
    );
    expect(texts).toEqual(Array(2).fill([Buffer.from('råd –').toString('latin1')]));
  });

  test('never throws, whatever the object holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const line of [
          text,
          `{"message":${text},"host":${text},"time":${text},"pid":${text},"MESSAGE":[${text}]}`,
        ]) {
          const envelope = openEnvelope(Buffer.from(line).toString('latin1'), context);
          for (const each of envelope?.texts ?? []) expect(each).not.toMatch(/[\n\r\u0100-\uffff]/);
        }
      }),
      { seed: 1, numRuns: 2_000 }
    );
  });
});
