import type { Severity } from '../finding.js';

/** A port that more sources than usual touched. Times are ms, addresses IPv6 text as stored. */
export interface Spike {
  readonly id: string;
  readonly day: number;
  readonly port: number;
  readonly proto: string;
  readonly windowHours: number;
  readonly sources: number;
  readonly events: number;
  readonly targets: number;
  readonly baseline: number | null;
  readonly q: number | null;
  readonly z: number | null;
  readonly onset: number | null;
  /** DShield's own trend of the port that day; null where its history was not loaded. */
  readonly dshieldTrend: number | null;
  readonly historyDays: number;
  readonly countries: readonly (readonly [string, number])[];
  readonly networks: readonly (readonly [number, number])[];
  readonly sourceList: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly severity: Severity;
  readonly magnitude: number;
  readonly ongoing: boolean;
  readonly known: string;
  readonly evidence: Readonly<Record<string, number | string | boolean>>;
}
