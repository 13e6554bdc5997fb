import type { Store } from '../store/store.js';
import type { Action, Seen } from './logstalgia.js';

/** Rows of one answer: a few MB, whatever the range holds. */
const PAGE = 20_000;

/** Where a page ended; (time, seq, batch) is one event's alone, so the next page neither skips nor doubles. */
export interface Place {
  /** Milliseconds since the epoch. */
  readonly ms: number;
  readonly seq: number;
  /** Decimal UInt64. */
  readonly batch: string;
}

/** Which events are wanted. */
export interface Wanted {
  /** Milliseconds since the epoch; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Empty for all. */
  readonly actions: readonly Action[];
  /** SQL of our own over the column `batch`; undefined for all batches. */
  readonly batches: string | undefined;
}

/** Aliases that are no columns: an alias of a column's name would take its place in WHERE and ORDER BY. */
interface Row {
  readonly ms: number;
  readonly source: string;
  readonly proto: number;
  readonly port: number;
  readonly verdict: Action;
  readonly size: number;
  readonly place: number;
  readonly id: string;
}

export interface Page {
  readonly events: readonly Seen[];
  /** Undefined when nothing follows. */
  readonly next: Place | undefined;
}

/** One page of events in the order of time. @throws StoreError */
export async function askPage(store: Store, wanted: Wanted, after: Place | undefined): Promise<Page> {
  const { from, to, actions, batches } = wanted;
  const conditions = [
    "time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
    "time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')",
    ...(actions.length === 0 ? [] : ['action IN {actions:Array(String)}']),
    ...(batches === undefined ? [] : [`(${batches})`]),
    ...(after === undefined
      ? []
      : ["(time, seq, batch) > (fromUnixTimestamp64Milli({from:Int64}, 'UTC'), {seq:UInt32}, {batch:UInt64})"]),
  ];
  const rows = await store.query<Row>(
    `SELECT toUnixTimestamp64Milli(time) AS ms, toString(src_ip) AS source, proto, dst_port AS port,
       toString(action) AS verdict, if(bytes > 0, bytes, toUInt64(ifNull(length, 0))) AS size, seq AS place,
       toString(batch) AS id
     FROM fireplot.events WHERE ${conditions.join(' AND ')} ORDER BY time, seq, batch LIMIT ${PAGE}`,
    { from: after?.ms ?? from, to, actions, seq: after?.seq ?? 0, batch: after?.batch ?? '0' }
  );
  const last = rows.length < PAGE ? undefined : rows.at(-1);
  return {
    events: rows.map(({ ms, verdict, ...seen }) => ({ ...seen, epoch: Math.floor(ms / 1_000), action: verdict })),
    next: last && { ms: last.ms, seq: last.place, batch: last.id },
  };
}

/** Hours that hold events, as their starts in ms: what lies between them need not be asked for. */
export async function askHours(store: Store, from: number, to: number): Promise<number[]> {
  const rows = await store.query<{ hour: number }>(
    `SELECT toUnixTimestamp(t) * 1000 AS hour FROM fireplot.cells_1h
     WHERE t >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
       AND t < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
     GROUP BY t ORDER BY t`,
    { from, to }
  );
  return rows.map(({ hour }) => hour);
}
