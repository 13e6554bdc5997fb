/** Two clocks: the wall's may jump, so nothing is timed by it. */
export interface Clock {
  /** ms since the epoch. */
  readonly wall: () => number;
  /** ms since some moment; never jumps. */
  readonly steady: () => number;
}

export const CLOCK: Clock = { wall: () => Date.now(), steady: () => performance.now() };
