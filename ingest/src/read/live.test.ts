import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveOptions } from './live.js';
import { LiveBench, spoolFolder } from './live.case.js';
import { packet } from './lines.case.js';

const PATIENCE = { timeout: 20_000, interval: 5 };
const soon = (check: () => void): Promise<void> => vi.waitFor(check, PATIENCE);

let folder: { path: string; remove: () => void };
const open: LiveBench[] = [];
beforeEach(() => void (folder = spoolFolder()));
afterEach(async () => {
  for (const each of open.splice(0)) await each.leave();
  folder.remove();
});

async function bench(
  changes: Partial<LiveOptions> = {},
  tools: Parameters<typeof LiveBench.open>[2] = {}
): Promise<LiveBench> {
  const made = await LiveBench.open(folder.path, changes, tools);
  open.push(made);
  return made;
}

/** A live line: its stamp is now. */
const live = (port: number): string => packet(port).replace('Nov 22 00:00:00', new Date().toISOString());
const many = (count: number): string[] => Array.from({ length: count }, (_, i) => live((i % 65_535) + 1));
/** So long that 2,000 of them fill a batch. */
const long = (count: number): string[] => many(count).map((line) => `${line} ${'x'.repeat(8_000)}`);

describe('LiveIntake', () => {
  test('puts the lines of all inputs into one batch, and sends it when it is old enough', async () => {
    const { intake, ...it } = await bench({ flushMs: 50 });
    const test = open[0] as LiveBench;
    test.take('udp', live(22));
    test.take('tcp', live(23), '10.0.0.2');
    test.take('udp', ['nonsense', 'more nonsense']);
    expect(it.sent).toEqual([]);
    await soon(() => expect(it.sent).toHaveLength(1));
    expect(it.sent[0]).toMatchObject({ input: 'tcp+udp', rows: 2, format: 'RowBinary' });
    expect(it.sent[0]?.refused).toMatchObject([{ sensor: '10.0.0.1', reason: 'unclaimed', count: 2 }]);
    expect(intake.stats).toMatchObject({
      lines: { udp: 3, tcp: 1 },
      events: { udp: 1, tcp: 1 },
      durable: { udp: 3, tcp: 1 },
    });
  });

  test('gives every batch a token of its own', async () => {
    const it = await bench({ flushMs: 10 });
    for (let i = 1; i <= 3; i++) {
      it.take('udp', live(22));
      await soon(() => expect(it.sent).toHaveLength(i));
      it.answer();
    }
    expect(new Set(it.sent.map(({ token }) => token)).size).toBe(3);
    expect(new Set(it.sent.map(({ batchId }) => batchId)).size).toBe(3);
  });

  test('sends a batch as soon as it has the rows of one, and keeps what one run hands over together', async () => {
    const it = await bench();
    it.take('tcp', many(50_100));
    await soon(() => expect(it.sent.map(({ rows }) => rows)).toEqual([50_100]));
  });

  test('greets a sender once, with the dialect of its first line', async () => {
    const it = await bench();
    it.take('udp', [live(22), live(23)]);
    it.take('tcp', ['nonsense', live(22)], '10.0.0.2');
    expect(it.greetings).toEqual([
      { sender: '10.0.0.1', input: 'udp', dialect: 'netfilter' },
      { sender: '10.0.0.2', input: 'tcp', dialect: '' },
    ]);
  });

  test('admits whoever is near or allowed, and counts and names the others', async () => {
    const it = await bench({ allow: ['192.0.2.0/24'] });
    expect(['10.0.0.1', '192.0.2.1', '198.51.100.1', '198.51.100.1'].map((sender) => it.intake.admit(sender))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([it.turnedAway, it.intake.stats.refusedSenders]).toEqual([['198.51.100.1'], 2]);
  });

  test('believes the stamps of files, and not those of sockets that are more than a day off', async () => {
    const it = await bench({ flushMs: 10, year: 2024 });
    const before = Date.now();
    it.take('udp', packet(22));
    await soon(() => expect(it.sent).toHaveLength(1));
    expect(it.sent[0]?.minTime).toBeGreaterThanOrEqual(before);
    it.answer();
    it.take('file', packet(22), 'ulog');
    await soon(() => expect(it.sent).toHaveLength(2));
    expect(it.sent[1]).toMatchObject({
      minTime: Date.UTC(2024, 10, 22),
      maxTime: Date.UTC(2024, 10, 22),
      input: 'file',
    });
  });

  test('reads the lines before an origin without storing them', async () => {
    const it = await bench({ flushMs: 10 });
    const sink = it.intake.open({
      input: 'file',
      sender: 'zeek',
      stamps: 'believed',
      before: [
        '#separator \\x09',
        '#path\tconn',
        '#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state',
      ],
    });
    const line = Buffer.from('1790000000.5\t198.51.100.7\t40000\t203.0.113.1\t22\ttcp\tS0');
    sink.line(line, 0, line.length);
    await soon(() => expect(it.sent).toHaveLength(1));
    expect(it.sent[0]).toMatchObject({ rows: 1, refused: [], minTime: 1_790_000_000_500 });
    expect(it.intake.stats.lines.file).toBe(1);
  });

  test('lets a batch grow while the store is busy, and sends it when that is done', async () => {
    const it = await bench({ flushMs: 10 });
    it.take('tcp', live(22));
    await soon(() => expect(it.sent).toHaveLength(1));
    it.take('tcp', live(22));
    await new Promise((resolve) => setTimeout(resolve, 60));
    it.take('tcp', live(23));
    await it.intake.durable();
    expect(it.sent).toHaveLength(1);
    it.answer();
    await soon(() => expect(it.sent.map(({ rows }) => rows)).toEqual([1, 2]));
  });

  test('sends three full batches at once, keeps more on disk alone, and sends them in order', async () => {
    const it = await bench({ flushMs: 10 });
    const full = 2_000;
    for (let i = 0; i < 5; i++) {
      it.take('tcp', long(full + i));
      await it.intake.durable();
    }
    it.take('tcp', 'nonsense');
    await it.intake.durable();
    expect(it.intake.report().spool).toMatchObject({ batches: 6, events: 5 * full + 10 });
    for (let i = 0; i < 6; i++) {
      await soon(() => expect(it.sent.length).toBe(Math.min(5 + Math.floor(i / 5), 3 + i)));
      it.answer();
    }
    expect(it.sent.map(({ rows }) => rows)).toEqual([0, 1, 2, 3, 4].map((i) => full + i).concat(0));
    expect(it.sent[5]?.refused).toMatchObject([{ reason: 'unclaimed', count: 1 }]);
    for (const { tsv, rows } of it.sent.slice(0, 5)) expect(tsv.length).toBeGreaterThan(rows * 8_000);
    await soon(() => expect(it.intake.idle).toBe(true));
    expect(it.spool.bytes).toBe(0);
  });

  test('drops and counts UDP lines over the bound, makes others wait, and goes on when there is room', async () => {
    const it = await bench({ spoolBytes: 40_000, flushMs: 10 });
    for (let i = 0; i < 40 && !it.intake.held; i++) {
      it.take('tcp', many(10));
      await it.intake.durable();
    }
    expect(it.holds).toEqual([true]);
    it.take('udp', many(7));
    expect(it.intake.stats).toMatchObject({ dropped: { spool: 7 }, lines: { udp: 7 }, events: { udp: 0 } });
    const { tcp } = it.intake.stats.events;
    it.take('tcp', live(22));
    expect(it.intake.stats.events.tcp, 'lines that are here already are kept').toBe(tcp + 1);
    for (let i = 0; i < 50 && it.intake.held; i++) {
      it.answer();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(it.holds).toEqual([true, false]);
    it.take('udp', live(24));
    expect(it.intake.stats.events.udp).toBe(1);
  });

  test('counts refused lines in the bound too', async () => {
    const it = await bench({ spoolBytes: 500_000 });
    for (let i = 0; i < 200 && !it.intake.held; i++) {
      it.take(
        'tcp',
        Array.from({ length: 20 }, () => `nonsense ${'x'.repeat(4_000)}`)
      );
      await it.intake.durable();
    }
    expect(it.holds).toEqual([true]);
  });

  test('takes so many lines a second of one sender: drops and counts UDP, makes streams rest, lets files be', async () => {
    let now = 0;
    const clock = { wall: () => Date.now(), steady: () => now };
    const it = await bench({ rateLimit: 10 }, { clock });
    it.take('udp', many(15));
    it.take('udp', many(3), '10.0.0.2');
    expect(it.intake.stats).toMatchObject({ dropped: { rate: 5, spool: 0 }, events: { udp: 13 } });
    now = 500;
    it.take('udp', many(15));
    expect(it.intake.stats).toMatchObject({ dropped: { rate: 15 }, events: { udp: 18 } });
    it.take('tcp', many(30), '10.0.0.3');
    it.take('file', many(30), 'ulog');
    expect([it.intake.stats.events.tcp, it.intake.rest('10.0.0.3'), it.intake.rest('ulog')]).toEqual([30, 2_000, 0]);
    now = 2_500;
    expect(it.intake.rest('10.0.0.3')).toBe(0);
  });

  test('flushes and ages batches by a clock that does not jump, and stamps arrivals by the one that does', async () => {
    let [wall, steady] = [Date.UTC(2026, 10, 22, 12), 0];
    const clock = { wall: () => wall, steady: () => steady };
    const it = await bench({ flushMs: 30 }, { clock });
    const timeless = packet(22).replace('Nov 22 00:00:00 fw ', '');
    it.take('tcp', timeless);
    wall -= 3_600_000;
    it.take('tcp', timeless);
    wall += 2 * 3_600_000;
    steady += 400;
    it.take('tcp', timeless);
    expect(it.intake.report().spool.oldestMs).toBe(400);
    await soon(() => expect(it.sent).toHaveLength(1));
    const noon = Date.UTC(2026, 10, 22, 12);
    expect(it.sent[0]).toMatchObject({ rows: 3, minTime: noon - 3_600_000, maxTime: noon + 3_600_000 });
    wall -= 5 * 3_600_000;
    await it.leave();
    open.pop();
    const again = await bench({}, { clock });
    expect(again.intake.report().spool).toMatchObject({ batches: 1, events: 3, oldestMs: 0 });
  });
});
