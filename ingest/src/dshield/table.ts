import type { Entry } from './figures.js';

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;
const PROTOCOL = /^(?:\d{1,3}|tcp|udp|icmp)$/i;
/** Names that a title of columns has at least two of. */
const TITLES = new Set([
  'date',
  'port',
  'records',
  'reports',
  'targets',
  'sources',
  'source ip',
  'ip',
  'source',
  'count',
]);

/** Lists without a title, by what their columns hold. */
const DAILY_SOURCES = ['ip', 'port of list', 'proto', 'reports', 'targets', 'first', 'last'];
const SOURCES = ['ip', 'reports', 'targets', 'first seen', 'last seen', 'updated'];

/**
 * Rows of columns parted by tabs, commas or blanks. A title names them, also one in a comment with `<tab>` written out;
 * without one it is a list of sources. What a comment says of the whole (`# port: 22`, `# date: …`) holds for each row.
 */
export function entriesOfText(text: string): Entry[] {
  const entries: Entry[] = [];
  const around = new Map<string, string>();
  let title: readonly string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const comment = line.startsWith('#');
    const columns = comment ? titleOf(line) : columnsOf(line);
    const names = columns.map((name) => name.toLowerCase());
    if (names.filter((name) => TITLES.has(name)).length >= 2) title = names;
    else if (comment) note(line, around);
    else entries.push(new Map([...around, ...pairs(title ?? untitled(columns), columns)]));
  }
  return entries;
}

function columnsOf(line: string): string[] {
  const columns = line.includes('\t') ? line.split('\t') : line.includes(',') ? line.split(',') : words(line);
  return columns.map((column) => column.trim().replace(/^"(.*)"$/, '$1'));
}

/** `# source IP <tab> Reports <tab> Targets <CR>`, or a title as it is behind a `#`. */
function titleOf(line: string): string[] {
  const text = line.replace(/^#+/, '').trim();
  const spelled = text.replace(/<cr>$/i, '').split(/<tab>/i);
  return spelled.length > 1 ? spelled.map((name) => name.trim()) : columnsOf(text);
}

const words = (line: string): string[] => line.split(' ').filter(Boolean);

function untitled(columns: readonly string[]): readonly string[] {
  if (!ADDRESS.test(columns[0] ?? '')) return [];
  const byPort = /^\d{1,5}$/.test(columns[1] ?? '') && PROTOCOL.test(columns[2] ?? '') && columns.length >= 7;
  return byPort ? DAILY_SOURCES : SOURCES;
}

const pairs = (names: readonly string[], values: readonly string[]): [string, string][] =>
  names.flatMap((name, i): [string, string][] => (values[i] === undefined ? [] : [[name, values[i]]]));

/** `# port: 22`, `# Date 2026-11-22`. */
function note(line: string, around: Map<string, string>): void {
  const [name = '', value = '', ...more] = words(line.replace(/^#+/, '').replace(/[:=]/, ' '));
  if (more.length === 0 && /^(?:port|date)$/i.test(name)) around.set(name.toLowerCase(), value);
}
