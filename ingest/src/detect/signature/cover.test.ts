import { describe, expect, test } from 'vitest';
import { Random } from '../replay/random.case.js';
import { coverings } from './cover.js';
import type { Member } from './cover.js';
import { splits } from './distributed.js';

const HOUR = 3_600_000;
const member = (source: string, ports: number[], start = 0, end = HOUR): Member => ({
  source,
  start,
  end,
  ports: [...ports].sort((a, b) => a - b),
});
const range = (from: number, n: number, step = 1): number[] => Array.from({ length: n }, (_, i) => from + i * step);
const namesOf = (members: readonly Member[]) =>
  coverings(members).map((each) => each.members.map(({ source }) => source).sort());

describe('who shares out ports', () => {
  test('pieces side by side', () => {
    expect(namesOf([member('a', range(1, 300)), member('b', range(301, 100)), member('c', range(401, 900))])).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  test('in turn, every third port each', () => {
    expect(namesOf([0, 1, 2].map((i) => member(`m${i}`, range(100 + i, 50, 3))))).toEqual([['m0', 'm1', 'm2']]);
  });

  test('a list of every eighth port', () => {
    expect(namesOf([0, 1, 2].map((i) => member(`m${i}`, range(1 + i * 4_000, 500, 8))))).toEqual([['m0', 'm1', 'm2']]);
  });

  test('with 30 % of the lines lost', () => {
    const random = new Random(5);
    const some = (ports: number[]) => ports.filter(() => random.next() > 0.3);
    expect(namesOf([0, 1, 2, 3].map((i) => member(`m${i}`, some(range(1 + i, 100, 4)))))).toHaveLength(1);
  });

  test('although a full scan of the same target hides them', () => {
    const full = member('full', range(1, 2_000));
    expect(namesOf([full, ...[0, 1, 2].map((i) => member(`m${i}`, range(1 + i, 100, 3)))])).toEqual([
      ['m0', 'm1', 'm2'],
    ]);
  });
});

describe('who does not', () => {
  test('two are no group', () =>
    expect(namesOf([member('a', range(1, 100)), member('b', range(101, 100))])).toEqual([]));

  test('the same ports again are no share', () => {
    expect(namesOf([0, 1, 2].map((i) => member(`m${i}`, range(1, 100))))).toEqual([]);
  });

  test('a day apart is not together', () => {
    expect(
      namesOf([0, 1, 2].map((i) => member(`m${i}`, range(1 + i * 100, 100), i * 24 * HOUR, i * 24 * HOUR + HOUR)))
    ).toEqual([]);
  });

  test('scans of ports drawn at random avoid each other by chance alone', () => {
    const random = new Random(9);
    expect(namesOf(range(0, 6).map((i) => member(`m${i}`, random.ports(300))))).toEqual([]);
  });

  test('one full range does not make scattered ports its own', () => {
    const random = new Random(11);
    const scattered = [0, 1, 2].map((i) => member(`m${i}`, random.ports(200, 2_000)));
    expect(namesOf([member('full', range(1, 1_400)), ...scattered])).toEqual([]);
  });
});

describe('machines that are not alike', () => {
  const stacks = (of: readonly Member[], stack: (i: number) => string) =>
    new Map(of.map(({ source }, i) => [source, stack(i)]));

  test('share out a range all the same when they leave out what others take', () => {
    const random = new Random(13);
    const whose = range(1_000, 600).map((port) => ({ port, who: random.whole(0, 4) }));
    const members = range(0, 5).map((i) =>
      member(
        `m${i}`,
        whose.flatMap(({ port, who }) => (who === i && random.next() > 0.3 ? [port] : []))
      )
    );
    expect(splits(members, stacks(members, String))).toMatchObject([{ members: { length: 5 }, agreed: true }]);
  });

  test('that scan a range each, one long and one short, have agreed on nothing; alike they are one', () => {
    const members = [member('a', range(1, 300)), member('b', range(301, 100)), member('c', range(401, 900))];
    expect(splits(members, stacks(members, String))).toEqual([]);
    expect(
      splits(
        members,
        stacks(members, () => '1024 64')
      )
    ).toHaveLength(1);
  });
});
