import { serviceName } from '../ports/services';
import { timeText } from '../words';
import type { Scan } from './scan';

/** A finding in words, for the hover, the clipboard and screen readers. */
export interface ScanWords {
  readonly title: string;
  readonly time: string;
  readonly rows: ReadonlyArray<readonly [name: string, value: string]>;
}

/** How many addresses are spelled out. */
const SPELLED = 3;
/** Longest kind that goes on a label. */
const LONGEST = 24;

const NOUNS: Readonly<Record<string, string>> = {
  vertical: 'vertical scan',
  horizontal: 'horizontal scan',
  block: 'block scan',
  synchronised: 'synchronised scan',
  distributed: 'distributed scan',
  decoy: 'scan behind decoys',
  diagonal: 'diagonal of many sources',
  periodic: 'periodic probes',
  painted: 'painted picture',
};

const FLAGS: Readonly<Record<string, string>> = {
  syn: 'SYN',
  fin: 'FIN',
  null: 'NULL',
  xmas: 'Xmas',
  maimon: 'Maimon',
  ack: 'ACK',
  synfin: 'SYN+FIN',
  mixed: 'mixed flags',
};

export function scanWords(scan: Scan, timeZone: string): ScanWords {
  const { severity, score, tool, toolSure, known, events, rate } = scan;
  const rows: Array<[string, string]> = [
    ['Severity', joined(' · ', [severity, score === undefined ? '' : `score ${rounded(score)}`])],
    ['Packets', joined(' ', [scan.proto.toUpperCase(), flagsText(scan.flags)])],
    ['Sources', addressesText(scan.sources, scan.sourceCount)],
    ['Targets', addressesText(scan.targets, scan.targetCount)],
    ['Ports', portsText(scan)],
    ['Events', joined(', ', [events === undefined ? '' : count(events), rate === undefined ? '' : rateText(rate)])],
    ['Tool', tool && toolSure ? `${tool} (${toolSure})` : tool],
    ['Known', known],
  ];
  return {
    title: scan.title || titleOf(scan),
    time: timeText(scan.start, scan.end, timeZone) + (scan.ongoing ? ', goes on' : ''),
    rows: rows.filter(([, value]) => value !== ''),
  };
}

/** What a finding is when its frame has no line for it: `Slow ascending vertical scan`. */
export function titleOf(scan: Scan): string {
  if (scan.kind === 'spike') {
    return 'Port spike';
  }
  const ordered = scan.order === 'random' ? 'random-order' : scan.order === 'mixed' ? '' : scan.order;
  const words = joined(' ', [scan.pace, ordered, nounOf(scan.kind)]);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nounOf(kind: string): string {
  return Object.hasOwn(NOUNS, kind) ? NOUNS[kind]! : kind;
}

/** The few words on the plot: `FIN vertical`, `UDP vertical ↗`, `synchronised ×2 ↗`, `spike 7547`. */
export function labelOf(scan: Scan): string {
  const kind = scan.kind.length > LONGEST ? `${scan.kind.slice(0, LONGEST - 1)}…` : scan.kind;
  const oddFlags = scan.flags === 'syn' || scan.flags === 'mixed' ? '' : flagsText(scan.flags);
  return joined(' ', [
    scan.proto === 'tcp' || scan.proto === 'udp' ? (scan.proto === 'udp' ? 'UDP' : '') : '',
    oddFlags,
    kind,
    isGroup(scan.kind) && (scan.sourceCount ?? 0) > 1 ? `×${count(scan.sourceCount!)}` : '',
    scan.minPort === scan.maxPort && scan.minPort > 0 ? String(scan.minPort) : '',
    scan.order === 'ascending' ? '↗' : scan.order === 'descending' ? '↘' : '',
  ]);
}

/** Kinds whose number of sources is the point. */
function isGroup(kind: string): boolean {
  return kind === 'synchronised' || kind === 'distributed' || kind === 'decoy' || kind === 'diagonal';
}

/** `xmas` as Xmas, `other:FIN+SYN` as its letters. */
export function flagsText(flags: string): string {
  const letters = /^other:(?<letters>.*)$/.exec(flags)?.groups?.letters;
  return letters ?? (Object.hasOwn(FLAGS, flags) ? FLAGS[flags]! : flags);
}

/** `192.0.2.1, 192.0.2.2, 192.0.2.3 and 197 more`. */
export function addressesText(addresses: readonly string[], all: number | undefined): string {
  const total = Math.max(all ?? 0, addresses.length);
  if (addresses.length === 0) {
    return total > 0 ? count(total) : '';
  }
  const shown = addresses.slice(0, SPELLED);
  const more = total - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
}

function portsText({ minPort, maxPort, ports, proto }: Scan): string {
  if (maxPort === 0) {
    return '';
  }
  if (minPort === maxPort) {
    const service = serviceName(minPort, proto === 'tcp' || proto === 'udp' ? proto : undefined);
    return service ? `${minPort} · ${service}` : String(minPort);
  }
  return `${minPort} – ${maxPort}${ports === undefined ? '' : `, ${count(ports)} different`}`;
}

/** A rate in the unit that gives it digits: `12 a second`, `4.5 a minute`, `2 an hour`. */
export function rateText(perSecond: number): string {
  const units = [
    [1, 'a second'],
    [60, 'a minute'],
    [3600, 'an hour'],
    [86_400, 'a day'],
  ] as const;
  const [factor, unit] = units.find(([per]) => perSecond * per >= 1) ?? units[units.length - 1]!;
  return `${rounded(perSecond * factor)} ${unit}`;
}

/** A finding as lines of text, for the clipboard. */
export function scanText(words: ScanWords): string {
  return [words.title, words.time, ...words.rows.map(([name, value]) => `${name}\t${value}`)].join('\n');
}

function rounded(n: number): string {
  return n.toLocaleString('en-US', { maximumSignificantDigits: n < 100 ? 2 : 3 });
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function joined(separator: string, parts: readonly string[]): string {
  return parts.filter(Boolean).join(separator);
}
