import ipaddr from 'ipaddr.js';
import type { Entry, Figures, Hints, PortDay, SourceDay, Total } from './figures.js';

/** DShield's own names of the same thing differ from page to page. */
const PORT = ['targetport', 'port', 'portin', 'number'];
const DAY = ['date', 'day', 'datein'];
const RECORDS = ['records', 'reports', 'record', 'report'];
const SOURCE = ['source', 'ip', 'source ip', 'sourceip'];
const LAST = ['last seen', 'lastseen', 'last', 'updated', 'date'];
const HIGHEST = 2 ** 48;

/**
 * What entries mean: those with an address are sources, those with a port (or of a document that is known to be of one)
 * are ports, those with nothing but a day and counts are days in all. Pure.
 */
export function interpret(entries: readonly Entry[], hints: Hints): Figures {
  const ports: PortDay[] = [];
  const sources = new Map<string, SourceDay>();
  const days: Total[] = [];
  let [bad, firstBad] = [0, ''];
  for (const entry of entries) {
    const figure = read(entry, hints);
    if (typeof figure === 'string') {
      if (bad++ === 0) firstBad = figure;
    } else if ('address' in figure) add(sources, figure);
    else if ('port' in figure) ports.push(figure);
    else days.push(figure);
  }
  return { ports, sources: [...sources.values()], days, bad, firstBad };
}

/** A list by source and port names a source several times: log lines add up, targets may be the same ones. */
function add(sources: Map<string, SourceDay>, figure: SourceDay): void {
  const key = `${figure.day} ${figure.address}`;
  const before = sources.get(key);
  const reports = figure.reports + (before?.reports ?? 0);
  sources.set(key, { ...figure, reports, targets: Math.max(figure.targets, before?.targets ?? 0) });
}

/** @returns the reason, when it cannot be read */
function read(entry: Entry, hints: Hints): PortDay | SourceDay | Total | string {
  const source = first(entry, SOURCE);
  // In a list of ports `sources` is a count; only `source` is one.
  if (source !== undefined && /[.:]/.test(source)) return readSource(entry, source, hints);
  const day = dayOf(first(entry, DAY) ?? hints.day);
  const records = count(first(entry, RECORDS));
  const targets = count(entry.get('targets'));
  const sources = count(entry.get('sources'));
  if (day === undefined) return 'it says no day: give --date';
  if (records === undefined || targets === undefined || sources === undefined) return 'a count is missing or no number';
  const port = first(entry, PORT) ?? hints.port;
  if (port === undefined) {
    // Days in all are told by the word: a port's own history calls the same column records.
    return entry.has('records') ? 'it says no port: give --port' : { day, records, targets, sources };
  }
  const number = count(String(port));
  if (number === undefined || number < 1 || number > 65_535) return `"${port}" is no port`;
  return { port: number, day, records, targets, sources, tcpShare: tcpShareOf(entry) };
}

function readSource(entry: Entry, text: string, hints: Hints): SourceDay | string {
  const address = addressOf(text);
  const day = LAST.map((name) => dayOf(entry.get(name))).find((each) => each !== undefined) ?? dayOf(hints.day);
  const reports = count(first(entry, [...RECORDS, 'count']));
  const targets = count(entry.get('targets') ?? entry.get('attacks'));
  if (address === undefined) return `"${text.slice(0, 60)}" is no address`;
  if (day === undefined) return 'it says no day: give --date';
  if (reports === undefined || targets === undefined) return 'a count is missing or no number';
  return { day, address, reports, targets };
}

function first(entry: Entry, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = entry.get(name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= HIGHEST ? number : undefined;
}

/** The day of a date or stamp; undefined for what is none, and for one that the store cannot hold. */
export function dayOf(text: string | undefined): string | undefined {
  const day = text?.slice(0, 10) ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^.{10}(?:[T ]|$)/.test(text ?? '')) return undefined;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) return undefined;
  return day >= '1970-01-02' && day < '2106' ? day : undefined;
}

/** Octets padded to three digits are decimal. */
function addressOf(text: string): string | undefined {
  const plain = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number).join('.') : text;
  return ipaddr.isValid(plain) && !plain.includes('%') ? plain : undefined;
}

/** Counts of both, or a percentage. */
function tcpShareOf(entry: Entry): number | undefined {
  const [tcp, udp] = [count(entry.get('tcp')), count(entry.get('udp'))];
  if (tcp !== undefined && udp !== undefined && tcp + udp > 0) return tcp / (tcp + udp);
  const ratio = entry.get('tcpratio') ?? '';
  return /^\d{1,3}(?:\.\d+)?%?$/.test(ratio) ? Math.min(1, Number.parseFloat(ratio) / 100) : undefined;
}
