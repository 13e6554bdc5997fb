/** What a load may take. */
export interface Limits {
  /** Without a byte for so long a request is given up, ms. */
  readonly idleMs: number;
  /** One request with its answer, ms. */
  readonly requestMs: number;
  /** All requests of one load, ms. */
  readonly totalMs: number;
  /** All answers of one load, unpacked. */
  readonly bytes: number;
  readonly redirects: number;
  /** Pages of one load. */
  readonly pages: number;
}

export const LIMITS: Limits = {
  idleMs: 30_000,
  requestMs: 5 * 60_000,
  totalMs: 30 * 60_000,
  bytes: 256 * 1024 * 1024,
  redirects: 5,
  pages: 2_000,
};
