/** What DShield counted of a port on a day. */
export interface PortDay {
  readonly port: number;
  /** `2026-11-22`, UTC. */
  readonly day: string;
  /** Log lines that it was sent. */
  readonly records: number;
  readonly targets: number;
  readonly sources: number;
  /** 0 to 1: TCP among TCP and UDP; undefined when it is not said. */
  readonly tcpShare: number | undefined;
}

/** What it counted of one of its top sources. */
export interface SourceDay {
  readonly day: string;
  /** As the store reads it: IPv4 or IPv6, without padding. */
  readonly address: string;
  readonly reports: number;
  readonly targets: number;
}

/** What it counted on a day in all. */
export interface Total {
  readonly day: string;
  readonly records: number;
  readonly targets: number;
  readonly sources: number;
}

export interface Figures {
  readonly ports: readonly PortDay[];
  readonly sources: readonly SourceDay[];
  readonly days: readonly Total[];
  /** Entries that could not be read, and the first of them with its reason. */
  readonly bad: number;
  readonly firstBad: string;
}

/** What the document itself may leave open. */
export interface Hints {
  /** Of a port's history. */
  readonly port?: number;
  /** Of a list, `2026-11-22`. */
  readonly day?: string;
}

/** One entry of a document: names in lower case, values as text. */
export type Entry = ReadonlyMap<string, string>;
