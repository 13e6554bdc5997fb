import { FieldType, type DataFrame, type Field } from '@grafana/data';

/** One log line as shown. All of it is text from outside: it is drawn as text and never as markup. */
export interface LogRow {
  key: string;
  /** ms since the epoch. */
  time: number;
  body: string;
  level: Level;
  labels: Record<string, string>;
}

export type Level = 'critical' | 'error' | 'warning' | 'info' | 'debug' | 'trace' | 'unknown';

const LEVELS: Record<string, Level> = {
  emerg: 'critical',
  fatal: 'critical',
  alert: 'critical',
  crit: 'critical',
  critical: 'critical',
  err: 'error',
  eror: 'error',
  error: 'error',
  warn: 'warning',
  warning: 'warning',
  notice: 'info',
  info: 'info',
  information: 'info',
  informational: 'info',
  dbug: 'debug',
  debug: 'debug',
  trace: 'trace',
};

export const toLevel = (text: unknown): Level => LEVELS[String(text ?? '').toLowerCase()] ?? 'unknown';

/**
 * Rows of all frames with a time and a text, newest first unless ascending. Fields are found by the names that
 * `log-lines` frames have, else by type. Rows with an id that was there already are left out, as in Explore.
 */
export function logRows(frames: DataFrame[], ascending = false): LogRow[] {
  const rows: LogRow[] = [];
  const seen = new Set<string>();
  frames.forEach((frame, frameIndex) => {
    const pick = (name: string, type?: FieldType) =>
      frame.fields.find((field) => field.name === name) ?? (type && frame.fields.find((field) => field.type === type));
    const time = pick('timestamp', FieldType.time);
    const body = pick('body', FieldType.string);
    if (!time || !body) return;
    const [severity, id, labels] = [pick('severity') ?? pick('level'), pick('id'), pick('labels')];
    for (let i = 0; i < frame.length; i++) {
      const own = id ? String(id.values[i]) : '';
      if (own && seen.has(own)) continue;
      if (own) seen.add(own);
      rows.push({
        key: own || `${frameIndex}-${i}`,
        time: Number(time.values[i]),
        body: String(body.values[i] ?? ''),
        level: toLevel(severity?.values[i]),
        labels: { ...body.labels, ...labelsAt(labels, i) },
      });
    }
  });
  const sign = ascending ? 1 : -1;
  return rows.sort((a, b) => sign * (a.time - b.time));
}

function labelsAt(field: Field | undefined, row: number): Record<string, string> {
  const value: unknown = field?.values[row];
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)]));
}
