import type { RefusedGroup } from './batch.js';
import { tsvField, utcText } from '../store/text.js';

export const REFUSED_COLUMNS = ['received', 'sensor', 'input', 'dialect', 'reason', 'count', 'line'] as const;

export interface RefusedRows {
  readonly tsv: Buffer;
  /** Lines among the rows that are kept for a look. */
  readonly lines: number;
}

/**
 * Rows of fireplot.refused for one batch. The counts of a group's rows add up to its count, so that the table
 * can be summed by reason; the first row stands for the lines that are not kept.
 *
 * @param room how many lines may still be kept; over it groups are merged over sensors and keep no line
 * @param now stands for the time of arrival where no line tells it, ms since the epoch
 */
export function refusedRows(input: string, groups: readonly RefusedGroup[], room: number, now: number): RefusedRows {
  const rows: string[] = [];
  const rest = new Map<string, { group: RefusedGroup; count: number }>();
  let lines = 0;
  for (const group of groups) {
    const kept = group.lines.slice(0, Math.max(0, room - lines));
    if (kept.length === 0) {
      const key = `${group.dialect}\t${group.reason}`;
      const same = rest.get(key);
      rest.set(key, { group, count: group.count + (same?.count ?? 0) });
      continue;
    }
    kept.forEach(({ received, text }, i) => {
      const count = i === 0 ? group.count - kept.length + 1 : 1;
      rows.push(row(received, group.sensor, input, group, count, text));
    });
    lines += kept.length;
  }
  for (const { group, count } of rest.values()) rows.push(row(now, '', input, group, count, ''));
  return { tsv: Buffer.from(rows.join('')), lines };
}

function row(
  received: number,
  sensor: string,
  input: string,
  group: RefusedGroup,
  count: number,
  line: string
): string {
  const texts = [sensor, input, group.dialect, group.reason].map(tsvField).join('\t');
  return `${utcText(received)}\t${texts}\t${count}\t${tsvField(line)}\n`;
}
