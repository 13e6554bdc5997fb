/** What a finding is: shapes shared by all signatures. Times are ms since the epoch, addresses IPv6 text as stored. */

export const KINDS = [
  'vertical',
  'horizontal',
  'block',
  'synchronised',
  'distributed',
  'decoy',
  'diagonal',
  'backscatter',
  'periodic',
  'painted',
] as const;
export type Kind = (typeof KINDS)[number];

export type Order = 'ascending' | 'descending' | 'random' | 'mixed' | '';
export type Pace = 'fast' | 'slow';
export type Severity = 'info' | 'low' | 'medium' | 'high';
export type Sure = 'exact' | 'likely' | 'weak' | '';

/** A point of the overlay. */
export type Knot = readonly [time: number, port: number];

/** Figures behind a verdict, by name. */
export type Evidence = Readonly<Record<string, number | string | boolean | readonly (number | string)[]>>;

/** A finding as a signature makes it, before it is weighed, named and compared with what is stored. */
export interface Finding {
  readonly kind: Kind;
  readonly proto: string;
  readonly flags: string;
  readonly order: Order;
  readonly pace: Pace;
  readonly sources: readonly string[];
  readonly sourceCount: number;
  readonly targets: readonly string[];
  readonly targetCount: number;
  readonly ports: number;
  readonly minPort: number;
  readonly maxPort: number;
  readonly portList: readonly number[];
  readonly events: number;
  readonly start: number;
  readonly end: number;
  readonly curve: readonly Knot[];
  readonly evidence: Evidence;
  readonly notEvaluable: readonly string[];
  /** How many times the threshold was reached; 1 is just enough. */
  readonly reach: number;
  /** What, with kind, protocol, flags and start, tells this finding from others; see identity.ts. */
  readonly key: string;
}

/** Who did it with what, as far as headers tell. */
export interface Tool {
  readonly tool: string;
  readonly sure: Sure;
  /** Fields that matched, for the evidence. */
  readonly fields: readonly string[];
}

/** A finding with everything that the table has. */
export interface Scan extends Finding {
  readonly id: string;
  readonly day: number;
  readonly tool: string;
  readonly toolSure: Sure;
  readonly score: number;
  readonly severity: Severity;
  readonly magnitude: number;
  readonly ongoing: boolean;
  readonly supersededBy: string;
  readonly known: string;
  readonly sensors: readonly string[];
}

export interface Range {
  readonly from: number;
  /** Not part of the range. */
  readonly to: number;
}

/** Addresses a finding keeps; the counts are of all. */
export const MOST_ADDRESSES = 10_000;
/** Longest gap within one session, ms. */
export const SESSION_GAP_MS = 3_600_000;
/** The same for a source that usually waits for half an hour and more (detect_tracks). */
export const LONGEST_PAUSE_MS = 3 * SESSION_GAP_MS;
