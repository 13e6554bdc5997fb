import type { Asker } from '../ask.js';

/** Windows that are looked back at: the same hours of so many days before. */
export const MOST_DAYS = 27;
/** Fewer days of history than this are none. */
export const LEAST_DAYS = 7;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface PortName {
  readonly proto: number;
  readonly port: number;
}

export interface PastWindow {
  readonly sources: number;
  readonly events: number;
}

/** Earlier windows of a port by length in hours, the day before first; every day that there is data is there. */
export type Past = ReadonlyMap<number, readonly PastWindow[]>;

/** Whole days of data before the 24 hours that end at `to`, at most MOST_DAYS. */
export async function askHistoryDays(asker: Asker, to: number): Promise<number> {
  const [row] = await asker.query<{ first: number | string; n: number }>(
    `SELECT toUnixTimestamp(min(h)) AS first, count() AS n FROM fireplot.sources
     WHERE h >= {since:DateTime('UTC')} AND h < {to:DateTime('UTC')}`,
    { since: (to - (MOST_DAYS + 1) * DAY_MS) / 1000, to: Math.ceil(to / 1000) }
  );
  if (row === undefined || row.n === 0) return 0;
  return Math.max(0, Math.min(MOST_DAYS, Math.floor((to - DAY_MS - Number(row.first) * 1000) / DAY_MS)));
}

/** What the same hours of earlier days had, for these ports. `to` is a whole hour. */
export async function askPast(
  asker: Asker,
  to: number,
  days: number,
  ports: readonly PortName[]
): Promise<Map<string, Past>> {
  if (ports.length === 0 || days === 0) return new Map();
  const list = ports.map(({ proto, port }) => `(${Math.trunc(proto)},${Math.trunc(port)})`).join(',');
  const rows = await asker.query<{ proto: number; dst_port: number; w: number; ago: number; s: number; n: number }>(
    `SELECT proto, dst_port, w, intDiv(behind, 24) AS ago, uniq(src_ip) AS s, sum(n) AS n
     FROM
     (
       SELECT proto, dst_port, src_ip, n, toUInt32(({end:UInt32} - toUnixTimestamp(h)) / 3600 - 1) AS behind,
         arrayJoin(arrayFilter(w -> behind % 24 < w, [1, 12, 24])) AS w
       FROM fireplot.sources
       WHERE h >= {since:DateTime('UTC')} AND h < {to:DateTime('UTC')} AND (proto, dst_port) IN (${list})
     )
     GROUP BY proto, dst_port, w, ago`,
    { since: (to - (days + 1) * DAY_MS) / 1000, to: (to - DAY_MS) / 1000, end: to / 1000 }
  );
  const past = new Map<string, Map<number, PastWindow[]>>();
  for (const { proto, port } of ports) {
    const empty = (): PastWindow[] => Array.from({ length: days }, () => ({ sources: 0, events: 0 }));
    past.set(`${proto} ${port}`, new Map([1, 12, 24].map((hours) => [hours, empty()])));
  }
  for (const { proto, dst_port, w, ago, s, n } of rows) {
    const windows = past.get(`${proto} ${dst_port}`)?.get(w);
    if (windows !== undefined && ago >= 1 && ago <= days) windows[ago - 1] = { sources: s, events: n };
  }
  return past;
}
