import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { portFrom } from '../frames/points';
import type { Scan } from './scan';
import { addressesFrom, curveFrom, numberFrom, textFrom, timeFrom, truthFrom } from './values';

export interface ReadScans {
  readonly scans: readonly Scan[];
  /** Rows that cannot be drawn: without start, end or ports. */
  readonly refused: number;
}

/** More rows than this are not read: nobody looks at a plot of them. */
const MOST_ROWS = 20_000;

/**
 * Whether a frame holds findings to draw over the cells, whatever data source it is from: it has times `start` and
 * `end`, ports `min_port` and `max_port`, and a `kind`.
 */
export function isScans(frame: DataFrame): boolean {
  const is = (name: string, type: FieldType) => named(frame, name)?.type === type;
  return (
    is('start', FieldType.time) &&
    is('end', FieldType.time) &&
    is('min_port', FieldType.number) &&
    is('max_port', FieldType.number) &&
    is('kind', FieldType.string)
  );
}

/** The findings of all such frames. A finding told twice (by two queries) is read once; superseded ones are not read. */
export function readScans(frames: readonly DataFrame[]): ReadScans {
  const scans: Scan[] = [];
  const known = new Set<string>();
  let refused = 0;
  for (const frame of frames.filter(isScans)) {
    const row = rowReader(frame);
    refused += Math.max(0, frame.length - MOST_ROWS);
    for (let i = 0; i < Math.min(frame.length, MOST_ROWS); i++) {
      if (row.superseded(i)) {
        continue;
      }
      const scan = row.scan(i);
      if (scan === undefined) {
        refused++;
      } else if (!known.has(scan.id)) {
        known.add(scan.id);
        scans.push(scan);
      }
    }
  }
  return { scans, refused };
}

function named(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name === name);
}

/** Columns of a frame by their names in the contract, each row read as a finding or as undefined. */
function rowReader(frame: DataFrame) {
  const columns = new Map(frame.fields.map((field) => [field.name, field.values]));
  const value = (name: string, row: number): unknown => columns.get(name)?.[row];
  const text = (name: string, row: number) => textFrom(value(name, row));
  const number = (name: string, row: number) => numberFrom(value(name, row));
  return {
    superseded: (row: number) => text('superseded_by', row) !== '',
    scan(row: number): Scan | undefined {
      const start = timeFrom(value('start', row));
      const ongoing = truthFrom(value('ongoing', row));
      const end = timeFrom(value('end', row)) ?? (ongoing ? start : undefined);
      const minPort = portFrom(value('min_port', row));
      const maxPort = portFrom(value('max_port', row));
      const kind = text('kind', row);
      if (start === undefined || end === undefined || end < start || minPort < 0 || maxPort < minPort || kind === '') {
        return undefined;
      }
      const sources = addressesFrom(value('sources', row));
      return {
        id: text('id', row) || [kind, start, minPort, maxPort, sources[0] ?? ''].join(' '),
        kind,
        start,
        end,
        ongoing,
        minPort,
        maxPort,
        curve: curveFrom(value('curve', row)),
        title: text('title', row),
        proto: text('proto', row).toLowerCase(),
        flags: text('flags', row),
        order: text('order', row).toLowerCase(),
        pace: text('pace', row).toLowerCase(),
        severity: text('severity', row).toLowerCase(),
        tool: text('tool', row),
        toolSure: text('tool_sure', row),
        known: text('known', row),
        sources,
        sourceCount: number('source_count', row) ?? (sources.length || undefined),
        targets: addressesFrom(value('targets', row)),
        targetCount: number('target_count', row),
        ports: number('ports', row),
        events: number('events', row),
        rate: number('rate', row),
        score: number('score', row),
      };
    },
  };
}
