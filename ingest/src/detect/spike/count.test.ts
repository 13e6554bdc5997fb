import { describe, expect, test } from 'vitest';
import { deviation, discoveryRates, onsetBin, standsOut, upperTail } from './count.js';
import type { Counts } from './count.js';

/** Counts of a port whose sources come once each, so many in each hour; hour 0 is the last. */
function counts(hourly: number[]): Counts {
  const total = hourly.reduce((sum, n) => sum + n, 0);
  const halves = Array.from({ length: 13 }, (_, ago) => hourly.slice(ago, ago + 12).reduce((sum, n) => sum + n, 0));
  return {
    proto: 6,
    port: 7547,
    sources: total,
    events: total,
    hourly,
    halves,
    others: halves.map((n) => total - n),
    firsts: [],
  };
}
const hours = (n: number, of: (hour: number) => number): number[] => Array.from({ length: n }, (_, hour) => of(hour));

describe('without history', () => {
  test('twelve hours that the rest of the day does not have', () => {
    expect(standsOut(counts(hours(24, (hour) => (hour < 12 ? 90 : 1))), 24)).toMatchObject({
      hours: 12,
      ago: 0,
      by: 'day',
    });
  });
  test('25 sources in the middle of the day, where nobody comes else', () => {
    expect(standsOut(counts(hours(24, (hour) => (hour >= 6 && hour < 18 ? 2 : 0))), 24)).toMatchObject({
      hours: 12,
      sources: 24,
    });
  });
  test('an hour', () => {
    expect(standsOut(counts(hours(24, (hour) => (hour === 3 ? 40 : 2))), 24)).toMatchObject({ by: 'day' });
  });
  test('a hundred, however even', () => {
    expect(standsOut(counts(hours(24, () => 8)), 24)).toMatchObject({ hours: 24, by: 'ladder' });
  });
  test('not a busy day of less', () => expect(standsOut(counts(hours(24, () => 4)), 24)).toBeUndefined());
  test('not the first hours of a log: there is no rest to compare', () => {
    expect(standsOut(counts(hours(24, (hour) => (hour < 3 ? 30 : 0))), 3)).toBeUndefined();
  });
});

describe('against history', () => {
  const quiet = [0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 1, 1, 0, 0];
  const busy = [410, 380, 395, 450, 420, 377, 440, 390, 405, 415, 460, 371, 399, 402];

  test.each([
    ['1,050 sources on a port that has none', 1_050, quiet, 30],
    ['195 sources', 195, quiet, 15],
  ])('%s', (_, x, before, z) => expect(deviation(x, before).z).toBeGreaterThan(z));

  test('a busy port at its level stays silent', () => expect(Math.abs(deviation(430, busy).z)).toBeLessThan(2));
  test('the last spike is no baseline', () => expect(deviation(200, [...quiet, 900, 950]).baseline).toBeLessThan(2));
  test('nothing but zeros is no division by zero', () =>
    expect(deviation(0, [0, 0, 0, 0, 0, 0, 0]).p).toBeGreaterThan(0.4));
});

test('tails of the normal distribution', () => {
  expect(upperTail(0)).toBeCloseTo(0.5, 6);
  expect(upperTail(1.96)).toBeCloseTo(0.025, 4);
  expect(upperTail(6) / 9.866e-10).toBeCloseTo(1, 2);
});

test('what is likely among 131,072 ports is no discovery', () => {
  const [sure, unsure] = discoveryRates([1e-12, 1e-5]);
  expect(sure).toBeLessThan(0.01);
  expect(unsure).toBeGreaterThan(0.5);
});

describe('onset', () => {
  const firsts = (of: (bin: number) => number) => Array.from({ length: 144 }, (_, bin) => [bin, of(bin)] as const);
  test('within one bin of the truth', () => {
    const bin =
      onsetBin(
        firsts((at) => (at < 89 ? (at % 9 === 0 ? 1 : 0) : 12)),
        0,
        144
      ) ?? -1;
    expect(Math.abs(bin - 89)).toBeLessThanOrEqual(1);
  });
  test('none on an even day', () =>
    expect(
      onsetBin(
        firsts((at) => 2 + (at % 2)),
        0,
        144
      )
    ).toBeUndefined());
});
