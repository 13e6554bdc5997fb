import type { Client, Validators } from './client.js';
import type { Limits } from './limits.js';

/** One document of a feed. */
export interface Doc {
  /** Of a feed in many files, which. */
  readonly name: string;
  readonly text: string;
}

/** What has to be known to ask only for what is new the next time. */
export interface Memo {
  readonly validators: Validators;
  /** OTX, TAXII: the newest that we have, as the server writes times. */
  readonly since?: string;
  /** OTX, TAXII: when everything was asked for the last time, ms since the epoch. */
  readonly full?: number;
  /** MISP: what the manifest says of each event's age. */
  readonly stamps?: Readonly<Record<string, string>>;
}

export interface Copy {
  readonly documents: readonly Doc[];
  readonly memo: Memo;
}

/** What a protocol works with. */
export interface Ask {
  readonly url: URL;
  readonly client: Client;
  /** What we have of exactly this URL. */
  readonly before: Copy | undefined;
  readonly limits: Limits;
  /** ms since the epoch. */
  readonly now: number;
}

/** The whole feed, or undefined when it is what we have. */
export type Fetched = Copy | undefined;

/** Asked for changes alone, what was withdrawn without a word would stay for ever. */
export const FULL_MS = 7 * 86_400_000;
