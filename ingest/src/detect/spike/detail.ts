import type { OriginOf } from '../../enrich/origin.js';
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

/** Details of ports in the 24 hours before `to`, by `proto port`. */
export async function askDetail(
  asker: Asker,
  to: number,
  exclude: readonly string[],
  ports: readonly PortName[],
  originOf: OriginOf
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
  return new Map(
    hits.map((row): [string, Detail] => {
      const { countries, networks } = comeFrom(row.sources, originOf);
      const detail = {
        events: row.events,
        targets: row.targets,
        watched: watched?.n ?? 0,
        topTargetShare: row.top / Math.max(1, row.sources.length),
        sources: row.sources,
        start: Number(row.first_ms),
        end: Number(row.last_ms),
        countries,
        networks,
      };
      return [`${row.proto} ${row.dst_port}`, detail];
    })
  );
}

/** Countries and autonomous systems of sources with how many each has, most first, 20 of them at most. Pure. */
function comeFrom(sources: readonly string[], originOf: OriginOf): Pick<Detail, 'countries' | 'networks'> {
  const countries = new Map<string, number>();
  const networks = new Map<number, number>();
  for (const source of sources) {
    const { country, asn } = originOf(source);
    if (country !== '') countries.set(country, (countries.get(country) ?? 0) + 1);
    if (asn > 0) networks.set(asn, (networks.get(asn) ?? 0) + 1);
  }
  return { countries: listed(countries), networks: listed(networks) };
}

function listed<T>(counts: ReadonlyMap<T, number>): [T, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_LISTED);
}
