/**
 * Azure keeps the flows of a minute in one record: rules, and tuples below each. Such a record is made one line a tuple, each
 * with the record's keys that matter, in the form that other readers of these logs use too (`flow.0`).
 */

type Json = Readonly<Record<string, unknown>>;

/** The lines of a record's tuples, in their order; none when the text is no such record, or has no tuples. */
export function tuplesOf(text: string): readonly string[] {
  if (!text.includes('"flowTuples"')) return [];
  let record: Json;
  try {
    record = objectOf(JSON.parse(text));
  } catch {
    return [];
  }
  const lines: string[] = [];
  // Virtual networks, then network security groups.
  for (const flow of listOf(objectOf(record['flowRecords'])['flows'])) {
    const acl = objectOf(flow)['aclID'];
    for (const group of listOf(objectOf(flow)['flowGroups'])) addLines(record, { aclID: acl }, objectOf(group), lines);
  }
  const properties = objectOf(record['properties']);
  for (const flow of listOf(properties['flows'])) {
    const rule = objectOf(flow)['rule'];
    for (const group of listOf(objectOf(flow)['flows'])) {
      const own = { version: properties['Version'], mac: objectOf(group)['mac'] };
      addLines(record, own, { ...objectOf(group), rule }, lines);
    }
  }
  return lines;
}

/** The record's keys that each of its lines has. */
const KEYS = [
  'time',
  'category',
  'operationName',
  'flowLogVersion',
  'resourceId',
  'targetResourceID',
  'macAddress',
] as const;

function addLines(record: Json, own: Json, group: Json, lines: string[]): void {
  const kept: Record<string, unknown> = {};
  for (const key of KEYS) kept[key] = plain(record[key]);
  for (const [key, value] of Object.entries(own)) kept[key] = plain(value);
  const head = JSON.stringify({ ...kept, rule: plain(group['rule']) });
  const open = `${head.slice(0, -1)}${head === '{}' ? '' : ','}"flow.0":`;
  for (const tuple of listOf(group['flowTuples'])) {
    if (typeof tuple === 'string') lines.push(oneByte(`${open}${JSON.stringify(tuple)}}`));
  }
}

/** Only text and numbers are kept: what else stands there may be deep. */
const plain = (value: unknown): unknown => (typeof value === 'string' || typeof value === 'number' ? value : undefined);

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** A line has one byte a character: what an escape made wider is written as one again. */
const oneByte = (text: string): string =>
  text.replace(/[\u0100-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
