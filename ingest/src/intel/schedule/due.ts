/** What decides when a feed is asked for again; times in ms. */
export interface Turn {
  readonly intervalMs: number;
  /** Loads in a row that were refused. */
  readonly failures: number;
  /** What the server asked us to wait. */
  readonly retryAfterMs: number | undefined;
  /** 0 to 1, by chance: services that were started together shall not ask together. */
  readonly chance: number;
}

const FIRST_RETRY_MS = 10 * 60_000;
const SPREAD = 0.1;

/** How long to wait: the interval, or less after a failure and then longer each time, up to the interval; 10 % more or less. */
export function waitMs({ intervalMs, failures, retryAfterMs = 0, chance }: Turn): number {
  const wait = failures === 0 ? intervalMs : Math.min(intervalMs, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(retryAfterMs, wait * (1 - SPREAD + 2 * SPREAD * chance));
}
