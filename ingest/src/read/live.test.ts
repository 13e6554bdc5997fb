import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Batch } from '../sink/batch.js';
import { OPTIONS, packet } from './lines.case.js';
import { LiveReader } from './live.js';
import type { Greeting, LiveOptions } from './live.js';

const NOW = Date.UTC(2026, 10, 22, 12);

class Bench {
  readonly sent: Batch[] = [];
  readonly greetings: Greeting[] = [];
  readonly turnedAway: string[] = [];
  readonly holds: boolean[] = [];
  readonly reader: LiveReader;

  constructor(changes: Partial<LiveOptions> = {}) {
    const options = { ...OPTIONS, year: undefined, allow: [], flushMs: 500, queueBytes: 1_000_000, ...changes };
    this.reader = new LiveReader(options, {
      send: (batch) => void this.sent.push(batch),
      greet: (greeting) => void this.greetings.push(greeting),
      refuseSender: (address) => void this.turnedAway.push(address),
      hold: (held) => void this.holds.push(held),
      now: () => NOW,
    });
  }

  udp(line: string, sender = '10.0.0.1'): void {
    this.reader.datagram(Buffer.from(line, 'latin1'), sender);
  }

  tcp(line: string, sender = '10.0.0.1'): void {
    const bytes = Buffer.from(line, 'latin1');
    this.reader.connection(sender).line(bytes, 0, bytes.length);
  }

  get rows(): number {
    return this.sent.reduce((sum, { rows }) => sum + rows, 0);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('LiveReader', () => {
  test('puts the lines of all senders into one batch, and sends it when it is old enough', () => {
    const bench = new Bench();
    bench.udp(packet(22));
    bench.tcp(packet(23), '10.0.0.2');
    bench.udp('nonsense\n<14>more nonsense');
    vi.advanceTimersByTime(499);
    expect(bench.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(bench.sent).toHaveLength(1);
    expect(bench.sent[0]).toMatchObject({
      input: 'syslog',
      rows: 2,
      minTime: NOW - 12 * 3_600_000,
      format: 'RowBinary',
    });
    expect(bench.sent[0]?.refused).toMatchObject([{ sensor: '10.0.0.1', reason: 'unclaimed', count: 2 }]);
    expect(bench.reader.stats).toMatchObject({ lines: { udp: 3, tcp: 1 }, events: 2, droppedUdp: 0 });
  });

  test('gives every batch a token of its own', () => {
    const bench = new Bench();
    for (let i = 0; i < 3; i++) {
      bench.udp(packet(22));
      bench.reader.flush();
    }
    expect(new Set(bench.sent.map(({ token }) => token)).size).toBe(3);
    expect(new Set(bench.sent.map(({ batchId }) => batchId)).size).toBe(3);
  });

  test('sends a batch as soon as it has the rows of one', () => {
    const bench = new Bench({ queueBytes: 100_000_000 });
    const datagram = Array.from({ length: 100 }, (_, i) => packet(i + 1)).join('\n');
    for (let i = 0; i < 501; i++) bench.udp(datagram);
    expect(bench.sent.map(({ rows }) => rows)).toEqual([50_000]);
  });

  test('greets a sender once, with the dialect of its first line', () => {
    const bench = new Bench();
    for (const line of [packet(22), packet(23)]) bench.udp(line);
    bench.tcp('nonsense', '10.0.0.2');
    bench.tcp(packet(22), '10.0.0.2');
    expect(bench.greetings).toEqual([
      { sender: '10.0.0.1', input: 'udp', dialect: 'netfilter' },
      { sender: '10.0.0.2', input: 'tcp', dialect: '' },
    ]);
  });

  test('reads nothing of a sender that is not allowed', () => {
    const bench = new Bench({ allow: ['192.0.2.0/24'] });
    bench.udp(packet(22), '192.0.2.1');
    bench.udp(packet(22), '198.51.100.1');
    bench.udp(packet(22), '198.51.100.1');
    bench.reader.flush();
    expect([bench.rows, bench.turnedAway]).toEqual([1, ['198.51.100.1']]);
    expect(bench.reader.stats.refusedSenders).toBe(2);
  });

  test('keeps batches while the store is slow, in order, a few under way at once', () => {
    const bench = new Bench();
    for (let i = 0; i < 6; i++) {
      bench.udp(Array.from({ length: i + 1 }, () => packet(22)).join('\n'));
      bench.reader.flush();
    }
    expect(bench.sent.map(({ rows }) => rows)).toEqual([1, 2, 3, 4]);
    bench.reader.done();
    bench.reader.done();
    expect(bench.sent.map(({ rows }) => rows)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bench.reader.idle).toBe(false);
    for (let i = 0; i < 4; i++) bench.reader.done();
    expect(bench.reader.idle).toBe(true);
  });

  test('lets a batch grow while others are under way, and sends it when one is done', () => {
    const bench = new Bench();
    for (let i = 0; i < 4; i++) {
      bench.udp(packet(22));
      bench.reader.flush();
    }
    bench.udp(packet(22));
    vi.advanceTimersByTime(10_000);
    bench.udp(packet(23));
    vi.advanceTimersByTime(10_000);
    expect(bench.sent).toHaveLength(4);
    bench.reader.done();
    expect(bench.sent.map(({ rows }) => rows)).toEqual([1, 1, 1, 1, 2]);
  });

  test('drops and counts UDP lines over the bound, makes TCP wait, and goes on when there is room', () => {
    const bench = new Bench({ queueBytes: 20_000 });
    for (let i = 0; i < 200; i++) bench.udp(packet(22));
    expect(bench.holds).toEqual([true]);
    const { droppedUdp, events } = bench.reader.stats;
    expect(droppedUdp).toBeGreaterThan(50);
    expect(events + droppedUdp).toBe(200);
    bench.tcp(packet(23));
    expect(bench.reader.stats.events, 'TCP lines that are here already are kept').toBe(events + 1);
    bench.reader.flush();
    expect(bench.holds, 'what is under way counts too').toEqual([true]);
    bench.reader.done();
    expect(bench.holds).toEqual([true, false]);
    bench.udp(packet(24));
    bench.reader.flush();
    expect(bench.rows).toBe(events + 2);
  });

  test('counts refused lines in the bound too', () => {
    const bench = new Bench({ queueBytes: 500_000 });
    for (let i = 0; i < 200 && bench.holds.length === 0; i++) {
      for (let j = 0; j < 20; j++) bench.tcp(`nonsense ${'x'.repeat(4_000)}`);
      bench.reader.flush();
    }
    expect(bench.holds).toEqual([true]);
  });

  test('keeps the stamp of a line that is at most a day off, and the arrival of any other', () => {
    const bench = new Bench({ year: 2024 });
    bench.udp(packet(22));
    bench.reader.flush();
    expect(bench.sent[0]).toMatchObject({ minTime: NOW, maxTime: NOW });
  });
});
