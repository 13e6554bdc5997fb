import type { Asker } from '../ask.js';
import { addressLiteral } from '../ask.js';
import type { PortName } from './history.js';

/** What is told of a spike beside its counts. */
export interface Detail {
  readonly events: number;
  readonly targets: number;
  /** Targets that anything was probed on in the same day. */
  readonly watched: number;
  /** Share of the sources that touched the target with most of them. */
  readonly topTargetShare: number;
  readonly sources: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly countries: readonly (readonly [string, number])[];
  readonly networks: readonly (readonly [number, number])[];
}

const DAY_MS = 86_400_000;
const MOST_LISTED = 20;

interface HitRow {
  readonly proto: number;
  readonly dst_port: number;
  readonly events: number;
  readonly targets: number;
  readonly top: number;
  readonly sources: readonly string[];
  readonly first_ms: number | string;
  readonly last_ms: number | string;
}

interface OriginRow {
  readonly proto: number;
  readonly dst_port: number;
  readonly countries: readonly (readonly [string, number | string])[];
  readonly networks: readonly (readonly [number, number | string])[];
}

/** Details of ports in the 24 hours before `to`, by `proto port`. */
export async function askDetail(
  asker: Asker,
  to: number,
  exclude: readonly string[],
  ports: readonly PortName[]
): Promise<Map<string, Detail>> {
  if (ports.length === 0) return new Map();
  const list = ports.map(({ proto, port }) => `(${Math.trunc(proto)},${Math.trunc(port)})`).join(',');
  const not = exclude.length === 0 ? "'::'" : exclude.map(addressLiteral).join(',');
  const params = { from: new Date(to - DAY_MS), to: new Date(to) };
  const inDay = `day BETWEEN toDate({from:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0
    AND t.1 >= {from:DateTime64(3, 'UTC')} AND t.1 < {to:DateTime64(3, 'UTC')}`;
  const [watched] = await asker.query<{ n: number }>(
    `SELECT uniq(dst_ip) AS n FROM fireplot.first_hits WHERE ${inDay}`,
    params
  );
  const hits = await asker.query<HitRow>(
    `SELECT proto, dst_port, sum(packets) AS events, count() AS targets, max(length(who)) AS top,
       arraySlice(arraySort(groupUniqArrayArray(who)), 1, 10000) AS sources, min(first) AS first_ms, max(last) AS last_ms
     FROM
     (
       SELECT proto, dst_port, dst_ip, sum(n) AS packets, groupUniqArray(src_ip) AS who,
         min(toUnixTimestamp64Milli(t.1)) AS first, max(toUnixTimestamp64Milli(t.1)) AS last
       FROM fireplot.first_hits
       WHERE ${inDay} AND (proto, dst_port) IN (${list}) AND src_ip NOT IN (${not})
       GROUP BY proto, dst_port, dst_ip
     )
     GROUP BY proto, dst_port`,
    params
  );
  const origins = await asker.query<OriginRow>(
    `SELECT proto, dst_port,
       arrayFilter(each -> each.1 != '', arrayReverseSort(each -> each.2, groupUniqArrayIf(300)((src_country, in_country), src_country != ''))) AS countries,
       arrayReverseSort(each -> each.2, groupUniqArrayIf(10000)((src_asn, in_network), src_asn > 0)) AS networks
     FROM
     (
       SELECT proto, dst_port, src_country, src_asn,
         count() OVER (PARTITION BY proto, dst_port, src_country) AS in_country,
         count() OVER (PARTITION BY proto, dst_port, src_asn) AS in_network
       FROM
       (
         SELECT proto, dst_port, src_ip, any(e.src_country) AS src_country, any(e.src_asn) AS src_asn
         FROM fireplot.events AS e
         WHERE time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')}
           AND (proto, dst_port) IN (${list}) AND (e.src_country != '' OR e.src_asn > 0) AND src_ip NOT IN (${not})
         GROUP BY proto, dst_port, src_ip
       )
     )
     GROUP BY proto, dst_port`,
    params
  );
  const from = new Map(origins.map((row) => [`${row.proto} ${row.dst_port}`, row]));
  return new Map(
    hits.map((row): [string, Detail] => {
      const key = `${row.proto} ${row.dst_port}`;
      const origin = from.get(key);
      return [
        key,
        {
          events: row.events,
          targets: row.targets,
          watched: watched?.n ?? 0,
          topTargetShare: row.top / Math.max(1, row.sources.length),
          sources: row.sources,
          start: Number(row.first_ms),
          end: Number(row.last_ms),
          countries: listed(origin?.countries ?? []),
          networks: listed(origin?.networks ?? []),
        },
      ];
    })
  );
}

function listed<T>(list: readonly (readonly [T, number | string])[]): [T, number][] {
  return list.slice(0, MOST_LISTED).map(([name, n]) => [name, Number(n)]);
}
