import type { Finding, Severity } from './finding.js';

/** 10^floor(log10(n)): a label that changes only when something grew tenfold. */
export function magnitudeOf(n: number): number {
  return n < 1 ? 1 : 10 ** Math.floor(Math.log10(n) + 1e-12);
}

/** 0.5 at the threshold, 1 at a hundred times of it. */
export function scoreOf({ reach }: Finding): number {
  return Number(Math.min(1, Math.max(0, 0.5 + Math.log10(Math.max(reach, 1e-3)) / 4)).toFixed(3));
}

/**
 * Port scans are mostly harmless: low, unless somebody took pains (in step, in shares, from under decoys, for hours,
 * with flags no connection has), or it comes from inside. Shapes and answers only inform.
 */
export function severityOf(finding: Finding, isOwn: (source: string) => boolean): Severity {
  const { kind, flags, pace, ports } = finding;
  if (kind === 'backscatter' || kind === 'periodic') return 'info';
  if (kind === 'painted') return 'low';
  if (finding.sources.some(isOwn)) return 'high';
  if (kind === 'synchronised' || kind === 'distributed' || kind === 'decoy' || kind === 'diagonal') return 'medium';
  if (flags !== '' && flags !== 'syn') return 'medium';
  return kind === 'vertical' && pace === 'slow' && ports >= 100 ? 'medium' : 'low';
}
