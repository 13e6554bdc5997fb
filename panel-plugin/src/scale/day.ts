import { dateTimeForTimeZone } from '@grafana/data';
import type { TimeScale } from './time';

/**
 * Days of a time zone, from midnight to midnight: 23 or 25 hours where the clocks change. `zone` is Grafana's:
 * an IANA name, `utc` or `browser`.
 */
export function dayOf(ms: number, zone: string, offset = 0): TimeScale {
  // By way of noon, which every day has: in some zones midnight is the hour that the clocks skip.
  const noon = () => dateTimeForTimeZone(zone, ms).startOf('day').add(12, 'h').add(offset, 'd');
  return { from: noon().startOf('day').valueOf(), to: noon().add(1, 'd').startOf('day').valueOf() };
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
