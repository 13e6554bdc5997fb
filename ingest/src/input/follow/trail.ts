import type { LineSink } from '../lines.js';
import type { Reading } from './reading.js';
import type { Sighting } from './sight.js';

/** A file that is open. */
export interface OpenFile {
  reading: Reading;
  sink: LineSink;
  /** As it was last seen; its path may be that of another by now. */
  sighting: Sighting;
  /** It bears the followed name: more will be appended. Else it was rotated away, and is read until it is quiet. */
  current: boolean;
  /**
   * No name leads to it any more: `new` until it has been read to its end once more. Only then can a packed copy of it be
   * known for what it is.
   */
  lost: 'no' | 'new' | 'read';
  /** There may be something new in it. */
  fresh: boolean;
  /** ms since the epoch, when it was last found longer than before, or rotated away. */
  grew: number;
}

/** A followed path: the file that bears the name now, and those rotated away that are not read to their end yet. */
export interface Trail {
  readonly path: string;
  /** In the order in which they are read: the oldest first. */
  files: OpenFile[];
  /** A file of it was truncated: a copy of what was in it is looked for before it is read on. */
  cut: boolean;
  /** Another scan is needed when what is new has been read. */
  waiting: boolean;
}

export interface FollowStats {
  bytes: number;
  rotated: number;
  truncated: number;
  /** Times that a file could not be read. */
  unreadable: number;
}

/** Oldest first, the one at work last. */
export function inOrder(files: readonly OpenFile[]): OpenFile[] {
  const rank = ({ current, sighting }: OpenFile): number => (current ? Number.POSITIVE_INFINITY : sighting.modified);
  return [...files].sort((a, b) => (a.current && b.current ? 0 : rank(a) - rank(b)));
}
