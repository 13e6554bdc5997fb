import type { OutgoingHttpHeaders } from 'node:http';

/** Why a request is not taken, as its answer says it: one sentence that says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, sentence: string, headers: OutgoingHttpHeaders = {}) {
    super(sentence);
    this.status = status;
    this.headers = headers;
  }
}

/** It may be sent again, unchanged, after so many seconds. */
export function later(status: 429 | 503, sentence: string, seconds: number): Refusal {
  return new Refusal(status, sentence, { 'retry-after': String(seconds) });
}
