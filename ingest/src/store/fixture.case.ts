import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLUMNS } from '../event/columns.js';
import type { Batch } from '../sink/batch.js';

/** What tests of store and sink share: temp folders and batches of events. */

export function tempFolder(name: string): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `fireplot-${name}-`));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Defaults of a row; a test names what matters to it. */
const ROW: Readonly<Record<string, string | number>> = {
  time: '2026-11-22 01:02:03.004',
  received: '2026-11-22 01:02:04.000',
  seq: 0,
  batch: 1,
  sensor: 'gw',
  dialect: 'netfilter',
  action: 'drop',
  class: 0,
  direction: 'in',
  src_ip: '::ffff:198.51.100.7',
  dst_ip: '::ffff:203.0.113.1',
  nat_src_ip: '::',
  nat_dst_ip: '::',
  proto: 6,
  src_port: 40_000,
  dst_port: 22,
  count: 1,
  attrs: '{}',
};

export function eventTsv(rows: readonly Readonly<Record<string, string | number>>[]): Buffer {
  const lines = rows.map((row) =>
    COLUMNS.map(({ name, type }) => {
      const value = row[name] ?? ROW[name];
      if (value !== undefined) return value;
      if (type.startsWith('Nullable')) return '\\N';
      return type.includes('String') ? '' : 0;
    }).join('\t')
  );
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

/** A batch of `rows` events on distinct ports, all in November 2026. */
export function makeBatch(name: string, rows: number, changes: Partial<Batch> = {}): Batch {
  const token = createHash('sha256').update(name).digest('hex');
  const events = Array.from({ length: rows }, (_, seq) => ({
    seq,
    dst_port: (seq * 7) % 65_536,
    count: 1 + (seq % 3),
  }));
  const time = Date.UTC(2026, 10, 22, 1, 2, 3, 4);
  return {
    input: name,
    token,
    batchId: '1',
    tsv: eventTsv(events),
    rows,
    minTime: time,
    maxTime: time,
    refused: [],
    ...changes,
  };
}
