import type { Store } from '../../ingest/src/store/store.js';

export const DAY_MS = 86_400_000;
/** Rows an insert; the store's views need memory for each. */
const CHUNK = 250_000;

/**
 * A day as a telescope of 254 addresses has it, of 60,000 sources whose shares fall like 1 / rank: three in seven probe
 * a few usual ports, as many a port of their own, and one in seven any port at random. A hash of the row's number decides
 * all, so that every run has the same events; they come in order of time, as lines do.
 */
export async function fillDay(store: Store, day: number, events: number, from = 0): Promise<void> {
  for (let at = from; at < events; at += CHUNK) {
    const many = Math.min(CHUNK, events - at);
    await store.command(`INSERT INTO fireplot.events
      (time, received, seq, batch, sensor, dialect, action, class, proto, src_ip, dst_ip, src_port, dst_port, tcp_flags, ttl, ip_id, tcp_window, tcp_seq, length, message)
      ${probes(day, events, at, many)}`);
    const [first, last] = [day + Math.floor((at * DAY_MS) / events), day + Math.floor(((at + many) * DAY_MS) / events)];
    await store.command(`INSERT INTO fireplot.batches (token, input, min_time, max_time, rows, refused)
      SELECT 'fill ${day} ${at}', 'fill', fromUnixTimestamp64Milli(toInt64(${first}), 'UTC'), fromUnixTimestamp64Milli(toInt64(${last}), 'UTC'), ${many}, 0`);
  }
}

function probes(day: number, events: number, first: number, many: number): string {
  return `WITH cityHash64(number, 1, ${day}) AS a, cityHash64(number, 2, ${day}) AS b, cityHash64(number, 3, ${day}) AS c, cityHash64(number, 4, ${day}) AS e,
      toUInt32(exp((a % 1000003) / 1000003 * 11)) AS who, cityHash64(who, 7) AS w,
      [22, 23, 80, 443, 445, 3389, 8080, 5060, 1433, 3306, 6379, 5900, 25, 21, 110, 8443, 53, 123, 161, 1900, 5555, 7547, 8291, 2323, 37215, 52869, 9200, 27017, 11211, 5432] AS usual
    SELECT fromUnixTimestamp64Milli(toInt64(${day} + least(${DAY_MS - 1}, intDiv(number * ${DAY_MS}, ${events}) + b % 1000)), 'UTC') AS time, time,
      toUInt32(number), toUInt64(${day}), 'gw', 'netfilter', 'drop', toUInt8(w % 10 = 0), if(w % 10 = 0, 17, 6),
      toIPv6('::ffff:' || toString(20 + w % 150) || '.' || toString(intDiv(w, 150) % 256) || '.' || toString(intDiv(w, 40000) % 256) || '.' || toString(intDiv(w, 10000000) % 254 + 1)),
      toIPv6('::ffff:203.0.113.' || toString(c % 254 + 1)), toUInt16(1024 + e % 60000),
      multiIf(w % 7 = 0, toUInt16(b % 65535 + 1), w % 7 < 4, toUInt16(usual[e % 6 + 1]), toUInt16(usual[intDiv(w, 7) % 30 + 1])),
      if(w % 10 = 0, NULL, 2), 64 - w % 20, toUInt16(e % 65536), 1024, toUInt32(e), 40,
      'gw kernel: DROP IN=eth0 OUT= SRC=198.51.100.1 DST=203.0.113.' || toString(e % 254 + 1) || ' LEN=40 ID=' || toString(b % 65536)
    FROM numbers(${first}, ${many})`;
}

/** First hits anew from events, as a store that has none would make them. */
export async function rebuildFirstHits(
  store: Store,
  migrations: readonly { statements: readonly string[] }[]
): Promise<void> {
  await store.command('TRUNCATE TABLE fireplot.first_hits');
  const insert = migrations
    .flatMap(({ statements }) => statements)
    .find((statement) => statement.startsWith('INSERT INTO fireplot.first_hits'));
  if (insert === undefined) throw new Error('no migration fills first_hits');
  // As who has both cores for it would; the statement ends in settings.
  await store.command(`${insert.replace(/;\s*$/, '')}, max_insert_threads = 2`);
}
