import { dateTimeForTimeZone } from '@grafana/data';
import type { TimeScale } from './time';

/**
 * Days of a time zone, from midnight to midnight: 23 or 25 hours where the clocks change. `zone` is Grafana's:
 * an IANA name, `utc` or `browser`.
 */
export function dayOf(ms: number, zone: string, offset = 0): TimeScale {
  const from = dateTimeForTimeZone(zone, ms).startOf('day').add(offset, 'd');
  // By way of noon: where midnight itself is skipped, startOf gives the first minute there is.
  const to = dateTimeForTimeZone(zone, ms).startOf('day').add(offset, 'd').add(36, 'h').startOf('day');
  return { from: from.startOf('day').valueOf(), to: to.valueOf() };
}

/** The day before or after the one that the middle of a range lies in. */
export function stepDay(range: TimeScale, zone: string, offset: number): TimeScale {
  return dayOf((range.from + range.to) / 2, zone, offset);
}

/** Whether a range is exactly one day of the zone, give or take the last millisecond, which pickers leave out. */
export function isDay(range: TimeScale, zone: string): boolean {
  const day = dayOf((range.from + range.to) / 2, zone);
  return day.from === range.from && Math.abs(day.to - range.to) <= 1000;
}
