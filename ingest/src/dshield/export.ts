import type { Asker } from '../detect/ask.js';
import type { Range } from '../detect/finding.js';
import { plainAddress } from '../detect/words.js';
import type { Matcher } from '../enrich/networks.js';
import { leftOut } from './submission.js';
import type { LeftOut, Submitted } from './submission.js';

const HOUR_MS = 3_600_000;

interface Row {
  readonly second: number;
  readonly src_ip: string;
  readonly src_port: number;
  readonly dst_ip: string;
  readonly dst_port: number;
  readonly proto: number;
  readonly tcp_flags: number | null;
  readonly icmp_type: number | null;
  readonly icmp_code: number | null;
  readonly n: number | string;
}

/**
 * What a range has for DShield, in order of time, an hour at a time: what was dropped or rejected, without our own addresses
 * as sources and without the tails of connections.
 * @param own our own networks
 * @param missed counts what stays here, by why
 */
export async function* submissions(
  asker: Asker,
  { from, to }: Range,
  own: Matcher | undefined,
  missed: Map<LeftOut, number>
): AsyncGenerator<Submitted> {
  for (let at = from; at < to; at = Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS) {
    const end = Math.min(to, Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS);
    for (const row of await askHour(asker, { from: at, to: end })) {
      const submitted = submittedOf(row);
      const why = leftOut(submitted, own);
      if (why === undefined) yield submitted;
      else missed.set(why, (missed.get(why) ?? 0) + submitted.count);
    }
  }
}

function askHour(asker: Asker, { from, to }: Range): Promise<Row[]> {
  return asker.query<Row>(
    `SELECT toUnixTimestamp(time) AS second, src_ip, src_port, dst_ip, dst_port, proto, tcp_flags, icmp_type, icmp_code,
       sum(toUInt64(count)) AS n
     FROM fireplot.events
     WHERE time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')}
       AND action IN ('drop', 'reject') AND bitAnd(class, 8) = 0 AND src_ip != toIPv6('::')
     GROUP BY second, src_ip, src_port, dst_ip, dst_port, proto, tcp_flags, icmp_type, icmp_code
     ORDER BY second, src_ip, src_port, dst_ip, dst_port, proto, n`,
    { from: new Date(from), to: new Date(to) }
  );
}

function submittedOf(row: Row): Submitted {
  return {
    second: row.second,
    source: plainAddress(row.src_ip),
    sourcePort: row.src_port,
    target: plainAddress(row.dst_ip),
    targetPort: row.dst_port,
    proto: row.proto,
    flags: row.tcp_flags,
    icmpType: row.icmp_type,
    icmpCode: row.icmp_code,
    count: Math.min(Number(row.n), 0xffff_ffff),
  };
}
