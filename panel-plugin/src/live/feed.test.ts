import { FieldType, type DataFrame } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { NO_CELLS } from '../cells';
import { LiveFeed } from './feed';

const FROM = Date.parse('2026-11-25T12:00:00Z');
const NAMES = ['time', 'yMin', 'yMax', 'class', 'count'];

/** A log as the data source has it: columns that grow, and a frame around them for each push. */
function growing() {
  const columns: number[][] = NAMES.map(() => []);
  const push = (...rows: Array<[seconds: number, port: number, klass: number, count: number]>): DataFrame => {
    for (const [seconds, port, klass, count] of rows) {
      [FROM + seconds * 1000, port, port + 1, klass, count].forEach((value, c) => columns[c]!.push(value));
    }
    const fields = NAMES.map((name, c) => ({ name, type: FieldType.other, config: {}, values: columns[c]! }));
    return { length: columns[0]!.length, fields };
  };
  return { push };
}

const total = (feed: LiveFeed) => feed.grid.sorted().classes.reduce((sum, one) => sum + one.total, 0);

describe('LiveFeed', () => {
  it('takes each row once, however often it is shown the log', () => {
    const feed = new LiveFeed(NO_CELLS, 1000, 64);
    const log = growing();
    const first = log.push([0, 22, 0, 1], [1, 23, 0, 2]);
    feed.take(first, 100);
    feed.take(first, 100);
    feed.take(log.push([2, 24, 1, 4]), 100);
    expect([total(feed), feed.newest]).toEqual([7, FROM + 2000]);
  });

  it('takes no more rows at a time than it may, and says that there are more', () => {
    const feed = new LiveFeed(NO_CELLS, 1000, 64);
    const log = growing().push([0, 22, 0, 1], [1, 22, 0, 1], [2, 22, 0, 1]);
    expect([feed.take(log, 2), total(feed), feed.take(log, 2), total(feed)]).toEqual([true, 2, false, 3]);
  });

  it('does not look behind the length of the frame: a held picture stays as it was', () => {
    const feed = new LiveFeed(NO_CELLS, 1000, 64);
    const log = growing();
    const held = log.push([0, 22, 0, 1]);
    log.push([1, 22, 0, 1]);
    feed.take(held, 100);
    expect(total(feed)).toBe(1);
  });

  it('tells each changed cell once', () => {
    const feed = new LiveFeed(NO_CELLS, 1000, 64);
    const log = growing();
    feed.take(log.push([0, 22, 0, 1], [0, 22, 1, 1], [5, 80, 0, 1]), 100);
    expect(feed.fresh().length).toBe(2);
    expect(feed.fresh().length).toBe(0);
    feed.take(log.push([0, 22, 0, 1]), 100);
    const cells = feed.fresh();
    expect([cells.length, cells.classes.map((one) => one.counts[0])]).toEqual([1, [2, 1]]);
  });

  it('adds to the cells of its picture', () => {
    const picture = new LiveFeed(NO_CELLS, 1000, 64);
    picture.take(growing().push([0, 22, 0, 3]), 100);
    const feed = new LiveFeed(picture.grid.sorted(), 1000, 64);
    feed.take(growing().push([0, 22, 0, 1]), 100);
    expect([feed.grid.length, total(feed)]).toEqual([1, 4]);
  });

  it('makes cells longer rather than grow without end, and loses no event by it', () => {
    const feed = new LiveFeed(NO_CELLS, 1000, 1);
    const rows = Array.from({ length: 310_000 }, (_, i) => [i, 1 << i % 15, 0, 1] as [number, number, number, number]);
    const log = growing();
    for (let at = 0; at < rows.length; at += 10_000) {
      feed.take(log.push(...rows.slice(at, at + 10_000)), 10_000);
    }
    expect(feed.grid.length).toBeLessThanOrEqual(300_000);
    expect([total(feed), feed.grid.step > 1000, feed.generation > 0]).toEqual([310_000, true, true]);
  });
});
