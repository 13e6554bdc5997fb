import type { ActionRule } from '../dialect/actions.js';
import type { Mapping } from '../dialect/mapping/mapping.js';

/** How lines are read; plain data, so that it can be handed to a thread. */
export interface ReadOptions {
  /** 'auto' or the name of the one dialect that may claim lines. */
  readonly dialect: string;
  /** IANA name of the zone of stamps that name none. */
  readonly timezone: string;
  /** Year of stamps without one; undefined: the one that puts a stamp nearest before its arrival plus a day. */
  readonly year: number | undefined;
  /** Bytes of the longest line that is read. */
  readonly lineLimit: number;
  /** Protected networks, ADDRESS/BITS. */
  readonly own: readonly string[];
  readonly actions: readonly ActionRule[];
  /** Dialects of the config's own. */
  readonly mappings?: readonly Mapping[];
}
