import type { DataFrame } from '@grafana/data';

/** What the data source tells of a live query beside its log, in `meta.custom`. */
export interface LiveInfo {
  /** Run of the stream, and the events that it sent so far; undefined before the first push. */
  readonly run: number | undefined;
  readonly sent: number | undefined;
  /** Events, and batches of events, that the picture lacks. */
  readonly skipped: number;
  readonly dropped: number;
  /** Why nothing comes; '' when all is well. */
  readonly trouble: string;
  /** How far the data source's clock is ahead, ms. */
  readonly skewMs: number;
}

/** A picture's frames, and what came since. */
export interface Parts {
  readonly still: readonly DataFrame[];
  /** Events as they came; columns grow in place, `length` is how far they are to be read. */
  readonly log: DataFrame | undefined;
}

export function isLog(frame: DataFrame): boolean {
  return frame.meta?.custom?.fireplot === 'live';
}

export function partsOf(series: readonly DataFrame[]): Parts {
  const log = series.find(isLog);
  return { still: log ? series.filter((frame) => !isLog(frame)) : series, log };
}

/** Whether frames hold the very same columns: each push makes new objects around those of the picture. */
export function sameFrames(a: readonly DataFrame[], b: readonly DataFrame[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((frame, i) => {
        const other = b[i]!;
        return (
          frame.length === other.length &&
          frame.fields.length === other.fields.length &&
          frame.fields.every((field, f) => field.values === other.fields[f]!.values)
        );
      }))
  );
}

export function infoOf(log: DataFrame): LiveInfo {
  const custom: Record<string, unknown> = log.meta?.custom ?? {};
  const number = (key: string) => (Number.isFinite(custom[key]) ? (custom[key] as number) : undefined);
  return {
    run: number('run'),
    sent: number('sent'),
    skipped: number('skipped') ?? 0,
    dropped: number('dropped') ?? 0,
    trouble: typeof custom.trouble === 'string' ? custom.trouble : '',
    skewMs: number('skewMs') ?? 0,
  };
}
