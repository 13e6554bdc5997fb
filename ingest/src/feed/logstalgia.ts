import { plainAddress } from '../detect/words.js';
import { protoName } from '../dialect/index.js';

/** What Logstalgia is told of an event: numbers, an address, and a word of a closed list. Nothing of a line's text. */
export interface Seen {
  /** Seconds since the epoch. */
  readonly epoch: number;
  /** As the store shows an IPv6 column; `::` when the log did not say it. */
  readonly source: string;
  readonly proto: number;
  /** Target port; 0 for protocols without ports. */
  readonly port: number;
  readonly action: Action;
  /** Bytes, for the size of the ball. */
  readonly size: number;
}

export const ACTIONS = ['drop', 'reject', 'allow', 'alert', 'unknown'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * Codes of HTTP, chosen for what Logstalgia does with them: the paddle hits a ball below 400 and misses the others.
 * The paddle is the firewall, so what it turned away bounces off, and what it let through passes.
 */
const CODES: Readonly<Record<Action, number>> = { drop: 200, reject: 202, unknown: 203, allow: 404, alert: 500 };

const UNKNOWN_SOURCE = 'unknown';

/** `epoch|source|proto:port|code|size`, Logstalgia's custom log format, without a line end. */
export function logstalgiaLine({ epoch, source, proto, port, action, size }: Seen): string {
  const from = source === '::' ? UNKNOWN_SOURCE : plainAddress(source);
  return `${epoch}|${from}|${protoName(proto)}:${port}|${CODES[action]}|${size}`;
}
