import { beforeEach, describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect/dialect.js';
import { netfilter } from '../dialect/netfilter/parse.js';
import { mikrotik } from '../dialect/mikrotik/parse.js';
import { ossec } from '../dialect/ossec/parse.js';
import { Interpreter, newSender } from './interpreter.js';
import type { InterpreterOptions, Sender } from './interpreter.js';
import { Zone } from './zone.js';

const RECEIVED = Date.UTC(2026, 10, 22, 12);

/** A dialect of the test's own: `tiny MS [ID]`, so that what the reader does is seen apart from what dialects do. */
const tiny: Dialect = {
  name: 'tiny',
  claims: (line) => line.startsWith('tiny '),
  parse: (line, context, event) => {
    const [, time, id] = line.split(' ');
    if (time === undefined || time === 'bad') return 'bad-field';
    if (time === 'throw') throw new Error('a fault of the dialect');
    if (time === 'wall') event.time = context.toUtc(2026, 9, 25, 2, Number(id), 0, 0);
    else event.time = Number(time);
    event.ipId = Number(id ?? 0);
    return 'ok';
  },
};

const interpreter = (changes: Partial<InterpreterOptions> = {}): Interpreter =>
  new Interpreter({
    dialects: [tiny, netfilter, mikrotik],
    zone: new Zone('UTC'),
    year: 2026,
    actionOf: () => 'unknown',
    live: false,
    ...changes,
  });

let sender: Sender;
beforeEach(() => {
  sender = newSender('192.0.2.1');
});

const PACKET =
  'kernel: DROP IN=wan0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 TTL=64 ID=1 PROTO=TCP SPT=40000 DPT=22 SYN';
const REPEATED = 'Nov 22 01:00:05 fw last message repeated 3 times';

describe('Interpreter', () => {
  test('finds the dialect of each line, and names it', () => {
    const reader = interpreter();
    expect(reader.read(`Nov 22 01:00:00 fw ${PACKET}`, RECEIVED, sender)).toBe('ok');
    expect([reader.dialect, reader.event.dstPort, reader.event.sensor]).toEqual(['netfilter', 22, 'fw']);
    expect(reader.read('tiny 1000 7', RECEIVED, sender)).toBe('ok');
    expect([reader.dialect, reader.event.ipId, reader.event.dstPort]).toEqual(['tiny', 7, 0]);
  });

  test('refuses a line that no dialect claims, and one of a dialect that was not asked for', () => {
    expect(interpreter().read('sshd[1]: Failed password', RECEIVED, sender)).toBe('unclaimed');
    expect(interpreter({ dialects: [mikrotik] }).read(`Nov 22 01:00:00 fw ${PACKET}`, RECEIVED, sender)).toBe(
      'unclaimed'
    );
  });

  test("passes a dialect's own reason on", () => {
    const reader = interpreter();
    expect(reader.read('tiny bad', RECEIVED, sender)).toBe('bad-field');
    expect(reader.dialect).toBe('tiny');
  });

  test('takes a dialect that throws for one that refuses', () => {
    const reader = interpreter();
    expect(reader.read('tiny throw', RECEIVED, sender)).toBe('bad-field');
    expect(reader.read('tiny 1000 7', RECEIVED, sender)).toBe('ok');
  });

  test('asks the dialect of the line before first', () => {
    const asked: string[] = [];
    const spy = (name: string, prefix: string): Dialect => ({
      name,
      claims: (line) => asked.push(name) > 0 && line.startsWith(prefix),
      parse: () => 'ok',
    });
    const reader = interpreter({ dialects: [spy('a', 'a'), spy('b', 'b')] });
    for (const line of ['b', 'b', 'a', 'a']) reader.read(line, RECEIVED, sender);
    expect(asked.join(' ')).toBe('a b b b a a');
  });

  test('puts the arrival where a line has no time, and the sender where it names no host', () => {
    const reader = interpreter();
    reader.read(PACKET, RECEIVED, sender);
    expect([reader.event.time, reader.event.sensor]).toEqual([RECEIVED, '192.0.2.1']);
  });

  test.each([-1, Date.UTC(2106, 0, 1), Number.NaN, Infinity])(
    'refuses the time %d, which the store cannot hold',
    (time) => {
      expect(interpreter().read(`tiny ${time}`, RECEIVED, sender)).toBe('time-range');
    }
  );

  test('keeps any time of a file, but of a live line none that is more than a day off', () => {
    const old = RECEIVED - 86_400_001;
    const file = interpreter();
    file.read(`tiny ${old}`, RECEIVED, sender);
    expect([file.event.time, file.event.attrs]).toEqual([old, null]);
    const live = interpreter({ live: true });
    live.read(`tiny ${old}`, RECEIVED, newSender('x'));
    expect([live.event.time, live.event.attrs]).toEqual([RECEIVED, { log_time: '2026-11-21T11:59:59.999Z' }]);
    live.read(`tiny ${old + 1}`, RECEIVED, newSender('x'));
    expect([live.event.time, live.event.attrs]).toEqual([old + 1, null]);
  });

  test('reads an hour that came twice in the order of the file, or near the arrival of a live line', () => {
    const zone = new Zone('Europe/Oslo');
    const file = interpreter({ zone });
    const times = [10, 50, 15].map((minute) => {
      file.read(`tiny wall ${minute}`, RECEIVED, sender);
      return new Date(file.event.time).toISOString().slice(11, 16);
    });
    expect(times).toEqual(['00:10', '00:50', '01:15']);
    const live = interpreter({ zone: new Zone('Europe/Oslo', 1_800_000), live: true });
    live.read('tiny wall 15', Date.parse('2026-10-25T01:15:02Z'), sender);
    expect(new Date(live.event.time).toISOString()).toBe('2026-10-25T01:15:00.000Z');
  });
});

describe('"last message repeated"', () => {
  const event = `Nov 22 01:00:00 fw ${PACKET}`;

  test('counts the event of the line before so many times more', () => {
    const reader = interpreter();
    reader.read(event, RECEIVED, sender);
    expect(reader.read(REPEATED, RECEIVED, sender)).toBe('ok');
    expect(reader.dialect).toBe('netfilter');
    expect(reader.event).toMatchObject({
      count: 3,
      dstPort: 22,
      srcIp: '198.51.100.7',
      time: Date.UTC(2026, 10, 22, 1, 0, 5),
    });
    expect(reader.read(REPEATED.replace('3', '2'), RECEIVED, sender), 'and once more').toBe('ok');
    expect(reader.event).toMatchObject({ count: 2, dstPort: 22 });
  });

  test('takes the time of the event when it has none itself', () => {
    const reader = interpreter();
    reader.read(event, RECEIVED, sender);
    expect(reader.read('--- last message repeated 1 time ---', RECEIVED, sender)).toBe('ok');
    expect(reader.event).toMatchObject({ count: 1, time: Date.UTC(2026, 10, 22, 1) });
  });

  test('is not about an event when the line before was none', () => {
    const reader = interpreter();
    expect(reader.read(REPEATED, RECEIVED, sender), 'nothing before').toBe('unclaimed');
    reader.read(event, RECEIVED, sender);
    reader.read('Nov 22 01:00:01 fw sshd[1]: Failed password', RECEIVED, sender);
    expect(reader.read(REPEATED, RECEIVED, sender)).toBe('unclaimed');
  });

  test('is not about another sender, nor another host', () => {
    const reader = interpreter();
    reader.read(event, RECEIVED, sender);
    expect(reader.read(REPEATED, RECEIVED, newSender('192.0.2.2'))).toBe('unclaimed');
    expect(reader.read(REPEATED.replace(' fw ', ' other '), RECEIVED, sender)).toBe('unclaimed');
  });

  test('of a line that stands for many is bounded by the type of count', () => {
    const reader = interpreter();
    reader.read(event, RECEIVED, sender);
    reader.read(REPEATED.replace('3', '4294967295'), RECEIVED, sender);
    expect(reader.event.count).toBe(4_294_967_295);
  });

  test('with the message in it is that event, so many times', () => {
    const reader = interpreter();
    const line =
      'Nov 22 01:00:00 fw kernel: message repeated 4 times: [ DROP IN=wan0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=44 PROTO=TCP SPT=4 DPT=23 SYN]';
    expect(reader.read(line, RECEIVED, sender)).toBe('ok');
    expect(reader.event).toMatchObject({ count: 4, dstPort: 23, sensor: 'fw' });
  });
});

describe('a dialect with a memory', () => {
  /** `head PORT`, then lines whose port only the head tells. */
  const minded: Dialect = {
    name: 'minded',
    claims: () => false,
    parse: () => 'unclaimed',
    open: () => {
      let port = 0;
      return {
        claims: (line) => line.startsWith('head ') || (port > 0 && line === 'line'),
        parse: (line, _, event) => {
          if (line.startsWith('head ')) {
            port = Number(line.slice(5));
            return 'header';
          }
          event.dstPort = port;
          return 'ok';
        },
      };
    },
  };

  test('reads an object that carries no line after any other line, its own included', () => {
    const reader = interpreter({ dialects: [tiny, netfilter, ossec] });
    const alert =
      '{"timestamp":"2026-11-22T03:04:05.678+0000","rule":{"level":5,"description":"x","id":"1"},"manager":{"name":"siem"},"data":{"srcip":"198.51.100.23"},"location":"l"}';
    const lines = [alert, alert, 'tiny 1000 7', alert];
    expect(lines.map((line) => [reader.read(line, RECEIVED, sender), reader.dialect])).toEqual([
      ...[
        ['ok', 'ossec'],
        ['ok', 'ossec'],
        ['ok', 'tiny'],
        ['ok', 'ossec'],
      ],
    ]);
  });

  test('reads lines by the head that their own sender sent, and a head is neither an event nor refused', () => {
    const reader = interpreter({ dialects: [tiny, minded] });
    const other = newSender('192.0.2.2');
    expect(reader.read('line', RECEIVED, sender)).toBe('unclaimed');
    expect(reader.read('head 22', RECEIVED, sender)).toBe('header');
    expect(reader.read('head 23', RECEIVED, other)).toBe('header');
    expect([reader.read('line', RECEIVED, sender), reader.event.dstPort, reader.dialect]).toEqual(['ok', 22, 'minded']);
    expect([reader.read('line', RECEIVED, other), reader.event.dstPort]).toEqual(['ok', 23]);
    expect(reader.read('line', RECEIVED, newSender('192.0.2.3'))).toBe('unclaimed');
  });
});
