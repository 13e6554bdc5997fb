import type { DataFrameJSON } from '@grafana/data';

/** What a push says of its stream; pkg/stream/cells.go writes it. Numbers are of one run of the stream. */
export interface PushState {
  /** Tells runs apart; `n` counts the pushes of a run. */
  run: number;
  n: number;
  /** Events sent, and events left out. */
  sent: number;
  skipped: number;
  /** Batches of events that were too many while the stream stood still. */
  dropped: number;
  /** Why the stream stands still; '' when it runs. */
  trouble: string;
}

/** Columns of a push, in the order of the frame; the first row is the state's. */
export const COLUMNS = ['time', 'yMin', 'yMax', 'class', 'count'] as const;
const BATCH = 5;
const STAMP = 6;
const STATE = 7;

/** A push as it is worked with. */
export interface Push {
  readonly state: PushState;
  /** `COLUMNS`, then batch and stamp. */
  readonly columns: readonly number[][];
  readonly length: number;
}

/** A push from a message; undefined when the message is none, such as one that repeats the schema. */
export function readPush(message: DataFrameJSON): Push | undefined {
  const values = message.data?.values;
  const text: unknown = values?.[STATE]?.[0];
  if (values === undefined || typeof text !== 'string') {
    return undefined;
  }
  const columns = values.slice(0, STATE) as number[][];
  return { state: JSON.parse(text) as PushState, columns, length: columns[0]?.length ?? 0 };
}

/** What a picture holds, as `meta.custom.live` of its frame tells. */
export interface Told {
  readonly atMs: number;
  readonly slackMs: number;
  readonly told: readonly number[];
}

/**
 * Events as they came, below each other: what a picture does not hold. The columns only grow, so a reader that
 * remembers how far it was finds what is new behind that.
 */
export class LiveLog {
  readonly columns: number[][] = COLUMNS.map(() => []);
  private readonly told: ReadonlySet<number>;
  private readonly before: number;

  constructor({ atMs, slackMs, told }: Told) {
    this.told = new Set(told);
    this.before = atMs - slackMs;
  }

  get length(): number {
    return this.columns[0]!.length;
  }

  append({ columns, length }: Push): void {
    const batch = columns[BATCH]!;
    const stamp = columns[STAMP]!;
    for (let row = 1; row < length; row++) {
      if (stamp[row]! > this.before && !this.told.has(batch[row]!)) {
        for (let c = 0; c < COLUMNS.length; c++) {
          this.columns[c]!.push(columns[c]![row]!);
        }
      }
    }
  }
}
