import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newEvent, type Event } from '../event/event.js';
import { actionRules } from './actions.js';
import type { Context, Dialect, Reason } from './dialect.js';
import { protoName } from './ip/proto.js';

/**
 * Real lines of many devices lie outside the repository, some with parses that others wrote. Tests read them here and
 * skip, saying so, where the folder is missing.
 */
const FORMATS = fileURLToPath(new URL('../../../../shared/data/formats/', import.meta.url));

export const hasFormats = existsSync(FORMATS);

/** For the titles of tests that need the folder. */
export const WHERE = hasFormats ? '' : ' (skipped: ../shared/data/formats is missing)';

export const formatFolders = (): readonly string[] =>
  hasFormats
    ? readdirSync(FORMATS, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];

/** Logs of a folder whose file name holds `part`, without their folder. */
export const formatFiles = (folder: string, part = ''): readonly string[] =>
  readdirSync(FORMATS + folder)
    .filter((file) => file.endsWith('.log') && file.includes(part))
    .sort();

/** Lines of a log, one character a byte, without line ends and empty lines. */
export function formatLines(folder: string, file: string): readonly string[] {
  const lines = readFileSync(`${FORMATS}${folder}/${file}`, 'latin1').split('\n');
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line !== '');
}

/** What a test of a dialect may assume of its reader: zone UTC, lines of November 2026, no rules of the user's. */
export const TEST_CONTEXT: Context = {
  received: Date.UTC(2026, 10, 22, 12),
  year: undefined,
  toUtc: Date.UTC,
  actionOf: actionRules(),
};

/** Verdict and event of a line, in an object of its own. */
export function parsed(dialect: Dialect, line: string): { verdict: 'ok' | Reason; event: Event } {
  const event = newEvent();
  return { verdict: dialect.parse(line, TEST_CONTEXT, event), event };
}

/** How often each verdict falls in the lines of a file; lines that are not claimed are not asked further. */
export function verdicts(dialect: Dialect, folder: string, file: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of formatLines(folder, file)) {
    const verdict = dialect.claims(line) ? parsed(dialect, line).verdict : 'unclaimed';
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

/** What somebody else's parser read in a line; '' and undefined where it read nothing. */
export interface Expected {
  readonly line: string;
  readonly source: string;
  readonly target: string;
  readonly sourcePort: number | undefined;
  readonly targetPort: number | undefined;
  /** Lower case: `tcp`, `ipv6-icmp`, or a number as text. */
  readonly proto: string;
  /** By `event.type`: true for `allowed`, false for `denied`, undefined where neither is said. */
  readonly allowed: boolean | undefined;
}

/** Expectations in a form of somebody's own. */
export const expectedText = (folder: string, file: string): string =>
  readFileSync(`${FORMATS}${folder}/${file}`, 'utf8');

/** The list that somebody's expectations are, empty where there are none. */
function expectedEntries(folder: string, file: string): readonly unknown[] {
  const path = `${FORMATS}${folder}/${file.replace(/\.log$/, '.expected.json')}`;
  if (!existsSync(path)) return [];
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const list = Array.isArray(content) ? content : at(content, 'expected');
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}

/** The same expectations as the documents they are, one a line. */
export const expectedDocuments = (folder: string, file: string): readonly string[] =>
  expectedEntries(folder, file).map((entry) =>
    Buffer.from(JSON.stringify(at(entry, 'expected') ?? entry), 'utf8').toString('latin1')
  );

/** Expectations in Elastic Common Schema beside a log: Elastic's, Beats' and Sekoia's files. Empty where there are none. */
export function expectations(folder: string, file: string): readonly Expected[] {
  return expectedEntries(folder, file).flatMap((entry: unknown) => {
    const fields = at(entry, 'expected') ?? entry;
    // Elastic's `message` lacks the head, where the line is kept whole beside it.
    const line =
      text(at(fields, 'event', 'original')) || text(at(fields, 'log', 'original')) || text(at(entry, 'message'));
    if (line === '') return [];
    return [
      {
        // Sekoia's files keep a line break inside a line; ours have a space there.
        line: Buffer.from(line.trim(), 'utf8').toString('latin1'),
        source: text(at(fields, 'source', 'ip')),
        target: text(at(fields, 'destination', 'ip')),
        sourcePort: number(at(fields, 'source', 'port')),
        targetPort: number(at(fields, 'destination', 'port')),
        proto: (text(at(fields, 'network', 'transport')) || text(at(fields, 'network', 'iana_number'))).toLowerCase(),
        allowed: allowed(at(fields, 'event', 'type')),
      },
    ];
  });
}

function allowed(types: unknown): boolean | undefined {
  if (!Array.isArray(types)) return undefined;
  return types.includes('allowed') ? true : types.includes('denied') ? false : undefined;
}

/** Protocols whose ports we keep; of others an expected port is mostly an ICMP id. */
const PORTED = new Set([6, 17, 33, 132, 136]);

export interface Disagreement {
  readonly line: string;
  /** What we read, and what they did. */
  readonly what: string;
}

/**
 * Where a dialect reads a line otherwise than the expectation beside it: addresses, ports, protocol; or refuses, as broken,
 * one that is expected to have both addresses. What it does not take for traffic is the tests' of verdicts.
 */
export function disagreements(dialect: Dialect, folder: string, file: string): readonly Disagreement[] {
  return expectations(folder, file).flatMap((want) => {
    const { verdict, event } = parsed(dialect, want.line);
    if (verdict !== 'ok') {
      const missing = want.source !== '' && want.target !== '' && verdict !== 'not-traffic' && verdict !== 'unclaimed';
      return missing ? [{ line: want.line, what: verdict }] : [];
    }
    const wrong: string[] = [];
    const compare = (key: string, ours: string | number, theirs: string | number | undefined): void => {
      if (theirs !== '' && theirs !== undefined && ours !== theirs) wrong.push(`${key} ${ours}, not ${theirs}`);
    };
    compare('source', event.srcIp, want.source);
    compare('target', event.dstIp, want.target);
    if (PORTED.has(event.proto)) {
      compare('source port', event.srcPort, want.sourcePort);
      compare('target port', event.dstPort, want.targetPort);
    }
    if (want.proto !== String(event.proto)) compare('protocol', protoName(event.proto), want.proto);
    return wrong.length === 0 ? [] : [{ line: want.line, what: wrong.join('; ') }];
  });
}

/** The value at a path of keys, nested or joined by dots as Beats writes them. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Record<string, unknown>;
  const joined = keys.join('.');
  if (joined in record) return record[joined];
  const [first, ...rest] = keys;
  if (first === undefined || !(first in record)) return undefined;
  return rest.length === 0 ? record[first] : at(record[first], ...rest);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | undefined =>
  value === undefined || value === null || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
