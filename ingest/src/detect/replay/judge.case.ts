import type { Finding } from '../finding.js';
import { plainAddress } from '../words.js';
import type { Harmless } from './harmless.case.js';
import type { Replay } from './scans.case.js';

/** How a day of replays was read. */
export interface Verdict {
  /** By kind: how many were found, of how many. */
  readonly kinds: ReadonlyMap<string, readonly [found: number, of: number]>;
  readonly found: readonly string[];
  readonly missed: readonly string[];
  /** Findings that say something else than is so. */
  readonly wrong: readonly string[];
}

/** Kinds that background alone never has. */
const NEVER: ReadonlySet<string> = new Set([
  'synchronised',
  'distributed',
  'decoy',
  'diagonal',
  'painted',
  'backscatter',
]);

export function judge(
  findings: readonly Finding[],
  replays: readonly Replay[],
  harmless: readonly Harmless[]
): Verdict {
  const found: string[] = [];
  const missed: string[] = [];
  const wrong: string[] = [];
  const kinds = new Map<string, readonly [number, number]>();
  const right = new Set<Finding>();
  for (const replay of replays) {
    const { label } = replay;
    if (label === undefined) continue;
    const hits = findings.filter(
      (finding) => finding.kind === label.kind && isAbout(finding, label.sources, label.target)
    );
    for (const hit of hits) right.add(hit);
    const whole = hits.some(
      ({ order, flags, proto }) =>
        (label.order === undefined || label.order.includes(order)) &&
        (label.flags === undefined || label.flags === flags) &&
        (label.proto === undefined || label.proto === proto)
    );
    (whole ? found : missed).push(replay.name);
    const [before, of] = kinds.get(label.kind) ?? [0, 0];
    kinds.set(label.kind, [before + (whole ? 1 : 0), of + 1]);
    const own = new Set(label.sources);
    for (const finding of findings) {
      if (right.has(finding) || !finding.sources.some((source) => own.has(plainAddress(source)))) continue;
      wrong.push(`${replay.name}: ${finding.kind} of ${finding.sources.length} sources, ${finding.ports} ports`);
      right.add(finding);
    }
  }
  for (const { name, probes, may } of harmless) {
    const own = new Set(probes.map(({ source }) => source));
    for (const finding of findings) {
      if (right.has(finding) || may.includes(finding.kind)) continue;
      if (!finding.sources.some((source) => own.has(plainAddress(source)))) continue;
      wrong.push(`${name}: ${finding.kind} of ${finding.sources.length} sources, ${finding.ports} ports`);
      right.add(finding);
    }
  }
  for (const finding of findings) {
    if (!right.has(finding) && NEVER.has(finding.kind)) wrong.push(`nothing: ${finding.kind}`);
  }
  return { kinds, found, missed, wrong };
}

/** At least half of the sources, and the target where there is one. */
function isAbout(finding: Finding, sources: readonly string[], target: string | undefined): boolean {
  const named = new Set(finding.sources.map(plainAddress));
  const again = sources.filter((source) => named.has(source)).length;
  return again >= sources.length / 2 && (target === undefined || finding.targets.map(plainAddress).includes(target));
}
