/** A knot of a scan's curve: epoch ms, and the port it had reached. */
export type Knot = readonly [time: number, port: number];

/** One finding as the panel draws and names it. Texts are '' and numbers undefined where the frame does not tell. */
export interface Scan {
  /** Tells it from its fellows, also when new data comes in. */
  readonly id: string;
  /** One of `KINDS`, or another word: then it is drawn as a box. */
  readonly kind: string;
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
  /** Whether it goes on: then `end` is merely its last event so far. */
  readonly ongoing: boolean;
  /** Lowest and highest port, both in it; 0 is "no port". */
  readonly minPort: number;
  readonly maxPort: number;
  /** In time order; empty when there is no curve. */
  readonly curve: readonly Knot[];
  readonly title: string;
  readonly proto: string;
  readonly flags: string;
  readonly order: string;
  readonly pace: string;
  readonly severity: string;
  /** The scanner that its packets tell of, and how sure that is. */
  readonly tool: string;
  readonly toolSure: string;
  /** Why somebody marked it as known and wanted; '' for findings that nobody knows. */
  readonly known: string;
  /** The first of its sources; `sourceCount` counts all of them. */
  readonly sources: readonly string[];
  readonly sourceCount: number | undefined;
  readonly targets: readonly string[];
  readonly targetCount: number | undefined;
  /** Distinct ports. */
  readonly ports: number | undefined;
  readonly events: number | undefined;
  /** Probes a second. */
  readonly rate: number | undefined;
  /** 0 to 1: how far beyond the thresholds of its rule. */
  readonly score: number | undefined;
}

/** The kinds that detection knows, in the order of legend and option. */
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
  'spike',
] as const;

const SEVERITIES: readonly string[] = ['info', 'low', 'medium', 'high'];

/** Whether somebody should look at it. */
export function isSevere({ severity }: Scan): boolean {
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf('low');
}

/** Whether its frame says that it is no reason to look. */
export function isMinor({ severity }: Scan): boolean {
  return severity === 'info' || severity === 'low';
}

/**
 * The most important first: by severity, then the rarer kind, since a day has hundreds of sweeps and few scans of a
 * whole host; then by score and events, and the earlier one, so that the order is settled.
 */
export function byImportance(scans: readonly Scan[]): Scan[] {
  const often = new Map<string, number>();
  scans.forEach(({ kind }) => often.set(kind, (often.get(kind) ?? 0) + 1));
  return [...scans].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      often.get(a.kind)! - often.get(b.kind)! ||
      (b.score ?? 0) - (a.score ?? 0) ||
      (b.events ?? 0) - (a.events ?? 0) ||
      a.start - b.start ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Kinds present, known ones first in their order, others by name. */
export function kindsOf(scans: readonly Scan[]): string[] {
  const present = new Set(scans.map((scan) => scan.kind));
  const known = KINDS.filter((kind) => present.delete(kind));
  return [...known, ...[...present].sort()];
}
