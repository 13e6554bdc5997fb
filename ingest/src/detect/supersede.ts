import type { Finding } from './finding.js';
import { overlaps } from './union.js';

const GROUPS: ReadonlySet<string> = new Set(['synchronised', 'distributed', 'decoy']);
/** So many touches a port may be drawing: such a vertical scan explains nothing away. */
export const REVISITS = 4;

/** What stands, and what another finding takes in. */
export interface Settled {
  readonly standing: readonly Finding[];
  readonly taken: ReadonlyMap<Finding, Finding>;
}

/** One finding a scan: members of groups, rows of blocks and strokes of pictures have none of their own. Pure. */
export function settle(found: readonly Finding[]): Settled {
  const all = found.filter((finding) => !(finding.kind === 'block' && isMostlyVertical(finding, found)));
  const taken = new Map<Finding, Finding>();
  const bySource = new Map<string, Finding[]>();
  for (const finding of all) {
    if (!takesIn(finding)) continue;
    for (const source of finding.sources) bySource.set(source, [...(bySource.get(source) ?? []), finding]);
  }
  for (const finding of all) {
    if (finding.kind !== 'vertical' && finding.kind !== 'horizontal' && finding.kind !== 'block') continue;
    const by = bySource.get(finding.sources[0] ?? '')?.find((other) => other !== finding && absorbs(other, finding));
    if (by !== undefined) taken.set(finding, by);
  }
  return { standing: all.filter((finding) => !taken.has(finding)), taken };
}

function takesIn({ kind }: Finding): boolean {
  return GROUPS.has(kind) || kind === 'block' || kind === 'painted';
}

function absorbs(by: Finding, finding: Finding): boolean {
  if (!overlaps(by, finding)) return false;
  if (by.kind === 'painted') return isStroke(finding) && finding.targets.every((target) => by.targets.includes(target));
  if (by.proto !== finding.proto || by.flags !== finding.flags) return false;
  if (by.kind === 'block')
    return finding.kind !== 'block' && finding.targets.every((target) => by.targets.includes(target));
  // A group over several targets was looked for on a sample of them.
  if (finding.kind === 'block') return by.targetCount > 1;
  return finding.kind === 'vertical' && by.targets.includes(finding.targets[0] ?? '');
}

/** What a hand draws is no line; scans in order stay scans, whoever sends them. */
export function isStroke({ kind, order }: Pick<Finding, 'kind' | 'order'>): boolean {
  return kind === 'vertical' && order !== 'ascending' && order !== 'descending';
}

/** A source that scans one target and strays to others has made no block. */
function isMostlyVertical(block: Finding, found: readonly Finding[]): boolean {
  const cells = Number(block.evidence.cells);
  return found.some(
    (other) =>
      other.kind === 'vertical' &&
      other.sources[0] === block.sources[0] &&
      other.proto === block.proto &&
      other.flags === block.flags &&
      other.ports >= cells / 2 &&
      overlaps(other, block)
  );
}
