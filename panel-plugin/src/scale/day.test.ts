import { describe, expect, it } from 'vitest';
import { dayOf, isDay, stepDay } from './day';

const HOUR = 3_600_000;
const iso = (text: string) => Date.parse(text);
const hours = (range: { from: number; to: number }) => (range.to - range.from) / HOUR;

describe('dayOf', () => {
  it('runs from midnight to midnight of the zone', () => {
    const day = dayOf(iso('2026-11-22T15:00:00Z'), 'Europe/Oslo');
    expect(day).toEqual({ from: iso('2026-11-21T23:00:00Z'), to: iso('2026-11-22T23:00:00Z') });
  });

  it('has 23 hours when the clocks go forward, 25 when they go back', () => {
    expect(hours(dayOf(iso('2026-03-29T12:00:00Z'), 'Europe/Oslo'))).toBe(23);
    expect(hours(dayOf(iso('2026-10-25T12:00:00Z'), 'Europe/Oslo'))).toBe(25);
    expect(hours(dayOf(iso('2026-11-01T12:00:00Z'), 'America/New_York'))).toBe(25);
  });

  it('begins at one o’clock where midnight is skipped', () => {
    const day = dayOf(iso('2018-11-04T15:00:00Z'), 'America/Sao_Paulo');
    expect(day.from).toBe(iso('2018-11-04T03:00:00Z'));
    expect(hours(day)).toBe(23);
  });

  it('takes utc as it is', () => {
    expect(dayOf(iso('2026-11-22T00:00:00Z'), 'utc')).toEqual({
      from: iso('2026-11-22T00:00:00Z'),
      to: iso('2026-11-23T00:00:00Z'),
    });
  });
});

describe('stepDay', () => {
  it.each(['Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'utc'])(
    'walks through a year of %s without gap or overlap, and back',
    (zone) => {
      let day = dayOf(iso('2018-01-01T12:00:00Z'), zone);
      for (let i = 0; i < 400; i++) {
        const next = stepDay(day, zone, 1);
        expect(next.from).toBe(day.to);
        expect(stepDay(next, zone, -1)).toEqual(day);
        day = next;
      }
    }
  );

  it('steps from any range by the day of its middle', () => {
    const range = { from: iso('2026-11-22T10:00:00Z'), to: iso('2026-11-22T14:00:00Z') };
    expect(stepDay(range, 'utc', -1).from).toBe(iso('2026-11-21T00:00:00Z'));
  });
});

describe('isDay', () => {
  it('knows a day with and without its last millisecond', () => {
    const { from, to } = dayOf(iso('2026-10-25T12:00:00Z'), 'Europe/Oslo');
    expect(isDay({ from, to }, 'Europe/Oslo')).toBe(true);
    expect(isDay({ from, to: to - 1 }, 'Europe/Oslo')).toBe(true);
  });

  it('refuses other ranges, and the day of another zone', () => {
    const { from, to } = dayOf(iso('2026-11-22T12:00:00Z'), 'Europe/Oslo');
    expect(isDay({ from, to }, 'utc')).toBe(false);
    expect(isDay({ from, to: to - HOUR }, 'Europe/Oslo')).toBe(false);
  });
});
