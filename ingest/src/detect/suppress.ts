import { networkMatcher } from '../enrich/networks.js';
import type { Asker } from './ask.js';
import { plainAddress } from './words.js';

/** What is known and wanted: findings it covers carry its reason and raise no alert. */
export interface Suppression {
  readonly network: string;
  readonly kind: string;
  readonly port: number;
  readonly reason: string;
}

/** The part of a finding that suppressions look at. */
export interface Suspect {
  readonly kind: string;
  readonly sources: readonly string[];
  readonly minPort: number;
  readonly maxPort: number;
}

/** Suppressions in force at a time. */
export function askSuppressions(asker: Asker, now: number): Promise<Suppression[]> {
  return asker.query<Suppression>(
    `SELECT network, kind, port, reason FROM fireplot.suppressions FINAL
     WHERE NOT removed AND until > {now:DateTime64(3, 'UTC')} ORDER BY version`,
    { now: new Date(now) }
  );
}

/** Gives the reason that covers a finding, '' for none. A finding is covered when all its sources are. Pure. */
export function suppressor(suppressions: readonly Suppression[]): (suspect: Suspect) => string {
  const rules = suppressions.map((rule) => ({
    ...rule,
    covers: rule.network === '' ? () => true : (networkMatcher([rule.network]) ?? (() => true)),
  }));
  return ({ kind, sources, minPort, maxPort }) =>
    rules.find(
      (rule) =>
        (rule.kind === '' || rule.kind === kind) &&
        (rule.port === 0 || (rule.port >= minPort && rule.port <= maxPort)) &&
        sources.every((source) => rule.covers(plainAddress(source)))
    )?.reason ?? '';
}
