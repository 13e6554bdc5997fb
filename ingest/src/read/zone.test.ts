import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isZone, Zone } from './zone.js';

const read = (zone: Zone, text: string): string => {
  const [date, time] = text.split(' ') as [string, string];
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const [hour, minute, second] = time.split(':').map(Number) as [number, number, number];
  return new Date(zone.toUtc(year, month - 1, day, hour, minute, second, 0)).toISOString().replace('.000Z', 'Z');
};

describe('Zone', () => {
  test.each([
    ['UTC', '2026-11-22 01:02:03', '2026-11-22T01:02:03Z'],
    ['Europe/Oslo', '2026-01-15 12:00:00', '2026-01-15T11:00:00Z'],
    ['Europe/Oslo', '2026-07-15 12:00:00', '2026-07-15T10:00:00Z'],
    ['America/New_York', '2026-12-31 23:59:59', '2027-01-01T04:59:59Z'],
    ['Pacific/Kiritimati', '2027-01-01 00:00:00', '2026-12-31T10:00:00Z'],
    ['Asia/Kathmandu', '2026-03-01 00:00:00', '2026-02-28T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-01-01 00:00:00', '2025-12-31T13:00:00Z'],
    ['America/St_Johns', '2026-07-01 00:00:00', '2026-07-01T02:30:00Z'],
  ])('in %s %s is %s', (name, wall, expected) => {
    expect(read(new Zone(name), wall)).toBe(expected);
  });

  test.each([
    ['Europe/Oslo', '2026-03-29 01:59:59', '2026-03-29T00:59:59Z'],
    ['Europe/Oslo', '2026-03-29 02:00:00', '2026-03-29T01:00:00Z'],
    ['Europe/Oslo', '2026-03-29 02:30:00', '2026-03-29T01:30:00Z'],
    ['Europe/Oslo', '2026-03-29 03:00:00', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:15:00', '2026-10-03T15:45:00Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:30:00', '2026-10-03T15:30:00Z'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00Z'],
  ])('reads a time in a gap with the offset before it: %s %s is %s', (name, wall, expected) => {
    expect(read(new Zone(name), wall)).toBe(expected);
  });

  test.each([
    ['Europe/Oslo', '2026-10-25 01:59:59', '2026-10-24T23:59:59Z'],
    ['Europe/Oslo', '2026-10-25 02:00:00', '2026-10-25T00:00:00Z'],
    ['Europe/Oslo', '2026-10-25 02:59:59', '2026-10-25T00:59:59Z'],
    ['Europe/Oslo', '2026-10-25 03:00:00', '2026-10-25T02:00:00Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00Z'],
  ])('takes the first of a time that came twice: %s %s is %s', (name, wall, expected) => {
    expect(read(new Zone(name), wall)).toBe(expected);
  });

  test('takes the second where the log has already been through the first', () => {
    const zone = new Zone('Europe/Oslo');
    const seen = ['01:59:00', '02:20:00', '02:59:30', '02:59:10', '02:00:05', '02:30:00', '02:59:59', '03:00:01'].map(
      (time) => {
        const utc = read(zone, `2026-10-25 ${time}`);
        zone.reference = Date.parse(utc);
        return utc.slice(11, 19);
      }
    );
    expect(seen).toEqual([
      '23:59:00',
      '00:20:00',
      '00:59:30',
      '00:59:10',
      '01:00:05',
      '01:30:00',
      '01:59:59',
      '02:00:01',
    ]);
  });

  test('takes the one near the arrival of a live line, a clock that is a little off included', () => {
    const zone = new Zone('Europe/Oslo', 30 * 60_000);
    zone.reference = Date.parse('2026-10-25T00:32:00Z');
    expect(read(zone, '2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00Z');
    zone.reference = Date.parse('2026-10-25T01:32:00Z');
    expect(read(zone, '2026-10-25 02:30:00')).toBe('2026-10-25T01:30:00Z');
  });

  test('gives every instant back that its own wall clock names once', () => {
    const names = [
      'Europe/Oslo',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Africa/Casablanca',
      'America/Havana',
    ];
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...names), instant, (name, seconds) => {
        const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
        const text = wall.format(seconds * 1000);
        const back = Date.parse(read(new Zone(name), text));
        expect(wall.format(back)).toBe(text);
        expect(Math.abs(back - seconds * 1000)).toBeLessThanOrEqual(3_600_000);
      }),
      { seed: 11, numRuns: 300 }
    );
  });

  test('refuses a zone that is none', () => {
    expect(() => new Zone('Europe/Olso')).toThrow('"Europe/Olso" is no time zone: give an IANA name');
    expect(isZone('')).toBe(false);
  });
});
