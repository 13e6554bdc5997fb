/** The time axis and the widths of its bins. All times epoch ms. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Widths a bin may have: whole parts of a minute, an hour or a day, so that bins of two days line up. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR,
]; // prettier-ignore

/** The narrowest bin that is at least `pixels / wide` of the range; beyond a day, whole days. */
export function binWidth(scale: TimeScale, wide: number): number {
  const least = (scale.to - scale.from) / Math.max(wide, 1);
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / (24 * HOUR)) * 24 * HOUR;
}

/** `2 min`, `10 s`, `250 ms`, `1 h`. */
export function formatWidth(ms: number): string {
  for (const [unit, name] of [
    [24 * HOUR, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ] as const) {
    if (ms >= unit) {
      return `${Math.round((ms / unit) * 10) / 10} ${name}`;
    }
  }
  return `${ms} ms`;
}
