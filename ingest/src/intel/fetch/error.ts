import { UserError } from '../../config/error.js';

/** A feed could not be had: one sentence without a secret, a path of another host, or anything that a server wrote. */
export class FetchError extends UserError {
  /** What the server asks us to wait, ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}
