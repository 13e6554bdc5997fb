import { dateTimeFormat } from '@grafana/data';
import type { Cells } from './cells';
import { transportOf } from './classes';
import type { CellRange } from './detail';
import { serviceName } from './ports/services';

/** A cell in words, as tooltip and clipboard show it. */
export interface CellWords {
  readonly time: string;
  readonly port: string;
  readonly classes: ReadonlyArray<{ readonly name: string; readonly count: string; readonly colour: string }>;
}

export function cellWords(
  cells: Cells,
  index: number,
  range: CellRange,
  timeZone: string,
  colour: (id: number) => string
): CellWords {
  const present = cells.classes.filter((one) => range.classes.includes(one.id));
  return {
    time: timeText(range.from, range.to, timeZone),
    port: portText(range),
    classes: present.map((one) => ({
      name: one.name,
      count: one.counts[index]!.toLocaleString('en-US'),
      colour: colour(one.id),
    })),
  };
}

/** `2026-11-22 13:32:00 – 13:34:00`; the date again only when it differs, milliseconds only in narrow cells. */
export function timeText(from: number, to: number, timeZone: string): string {
  const clock = to - from < 1000 ? 'HH:mm:ss.SSS' : 'HH:mm:ss';
  const at = (ms: number, format: string) => dateTimeFormat(ms, { timeZone, format });
  const sameDay = at(from, 'YYYY-MM-DD') === at(to, 'YYYY-MM-DD');
  return `${at(from, `YYYY-MM-DD ${clock}`)} – ${at(to, sameDay ? clock : `YYYY-MM-DD ${clock}`)}`;
}

/** `port 22 · ssh`, `ports 1024 – 1035`, `no port`. */
export function portText({ portFrom, portTo, classes }: Pick<CellRange, 'portFrom' | 'portTo' | 'classes'>): string {
  if (portFrom < 1) {
    return 'no port';
  }
  if (portTo - portFrom > 1) {
    return `ports ${portFrom} – ${portTo - 1}`;
  }
  const transports = new Set(classes.map(transportOf));
  const service = serviceName(portFrom, transports.size === 1 ? [...transports][0] : undefined);
  return `port ${portFrom}${service ? ` · ${service}` : ''}`;
}

/** Tab-separated lines for the clipboard. */
export function copyText(words: CellWords, sources: ReadonlyArray<{ source: string; events: number }>): string {
  return [
    words.time,
    words.port,
    ...words.classes.map((one) => `${one.name}\t${one.count}`),
    ...sources.map((one) => `${one.source}\t${one.events}`),
  ].join('\n');
}
