// Made-up events for benchmarks of the data source: a day of probes in ingest's embedded store, and the way a page asks.
import { setTimeout as sleep } from 'node:timers/promises';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The day that is looked at. */
export const day = Date.UTC(2026, 10, 22);
const COLUMNS =
  'time, received, seq, batch, sensor, dialect, action, class, proto, src_ip, dst_ip, src_port, dst_port, tcp_flags, ttl, length, message';
/** Rows an insert; the store's views need memory for each. */
const CHUNK = 250_000;
/** Seconds without a merge that count as settled, and how long to wait for them. */
const SETTLED = 3;
const SETTLE_MS = 300_000;

/** Sends one query the way a page does; rejects when it fails or answers nothing. */
export function asker(url) {
  return async (range, query) => {
    const started = performance.now();
    const response = await fetch(`${url}/api/ds/query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        from: String(range.from),
        to: String(range.to),
        queries: [
          {
            refId: 'A',
            datasource: { uid: 'fireplot', type: 'fireplot-firewall-datasource' },
            maxDataPoints: 1500,
            intervalMs: 60_000,
            ...query,
          },
        ],
      }),
    });
    const body = await response.arrayBuffer();
    const ms = performance.now() - started;
    const text = Buffer.from(body).toString();
    const result = JSON.parse(text).results?.A;
    if (!response.ok || result?.error)
      throw new Error(`${JSON.stringify(query)}: ${result?.error ?? text.slice(0, 500)}`);
    if (!result.frames.some((frame) => frame.data.values[0]?.length > 0))
      throw new Error(`${JSON.stringify(query)} was answered with nothing`);
    return { frames: result.frames, bytes: body.byteLength, ms };
  };
}

export function writer(url, token) {
  return async (sql) => {
    const headers = { 'X-ClickHouse-User': 'fireplot-writer', 'X-ClickHouse-Key': token };
    const response = await fetch(`${url}/`, { method: 'POST', headers, body: sql });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
}

async function count(write, condition = '1') {
  return Number(await write(`SELECT count() FROM fireplot.events WHERE ${condition}`));
}

/** Brings the day from a time on up to a number of events; what a kept store already has is counted. */
export async function fill(write, wanted, from = day) {
  const started = performance.now();
  const found = await count(write, `time >= fromUnixTimestamp64Milli(${from})`);
  for (let at = found; at < wanted; at += CHUNK) {
    await write(`INSERT INTO fireplot.events (${COLUMNS}) ${probes(at, Math.min(CHUNK, wanted - at), from)}`);
  }
  report(`filled, ${wanted / 1e6} M events in a day`, started, found);
  await settle(write);
}

/** Waits until the store has merged what was put in: it would do so beside the questions, on the same two cores. */
export async function settle(write) {
  const started = performance.now();
  for (let quiet = 0; quiet < SETTLED && performance.now() - started < SETTLE_MS; quiet++) {
    await sleep(1000);
    if (Number(await write('SELECT count() FROM system.merges')) > 0) quiet = -1;
  }
}

export function report(name, started, found) {
  console.log(JSON.stringify({ [name]: { seconds: Math.round((performance.now() - started) / 1000), found } }));
}

/**
 * Probes as a telescope sees them: three quarters of them on a few dozen ports, the rest spread over octaves and ports;
 * 40,000 sources of which few send most; two sensors, all actions, some UDP, ICMP, IPv6 and tails. With 10 million of
 * them a day the pyramid's finest lasting level has 0.13 rows an event, as a day of real probes has. A hash of the row's
 * number decides all, so that every run has the same events.
 */
export function probes(first, length, from) {
  return `WITH cityHash64(number, 1) AS a, cityHash64(number, 2) AS b, cityHash64(number, 3) AS c, cityHash64(number, 4) AS d,
    (b % 1000000) / 1000000 AS u, toUInt16(pow((d % 1000003) / 1000003, 6) * 40000) AS who,
    multiIf(a % 100 < 80, 0, a % 100 < 96, 1, a % 100 < 98, 3, 4) + if(intDiv(a, 100) % 50 = 0, 8, 0) AS kind, bitAnd(kind, 3) AS transport,
    [22, 23, 80, 443, 445, 3389, 8080, 5060, 1433, 3306, 6379, 5900, 25, 21, 110, 8443, 53, 123, 161, 1900, 5555, 7547,
     8291, 2323, 37215, 52869, 9200, 27017, 11211, 5432] AS usual
  SELECT fromUnixTimestamp64Milli(toInt64(${from} + cityHash64(number, 5) % ${DAY}), 'UTC') AS time, time AS received,
    toUInt32(number) AS seq, toUInt64(${from}) AS batch, if(c % 10 = 0, 'gw-b', 'gw-a') AS sensor, 'netfilter' AS dialect,
    multiIf(intDiv(c, 10) % 100 > 2, 'drop', intDiv(c, 10) % 100 = 0, 'reject', 'allow') AS action, toUInt8(kind) AS class,
    multiIf(transport = 0, 6, transport = 1, 17, 1) AS proto,
    toIPv6(if(bitAnd(kind, 4) > 0, '2001:db8::' || hex(who), '::ffff:198.51.' || toString(intDiv(who, 256)) || '.' || toString(who % 256))) AS src_ip,
    toIPv6('::ffff:203.0.113.' || toString(d % 254 + 1)) AS dst_ip, toUInt16(1024 + d % 60000) AS src_port,
    multiIf(transport = 3, toUInt16(0), c % 1000 < 880, toUInt16(usual[toUInt8(pow(u, 2) * 30) + 1]), c % 1000 < 960,
      toUInt16(exp2(u * 15.99)), toUInt16(b % 65535 + 1)) AS dst_port,
    if(transport = 0, 2, NULL) AS tcp_flags, 64 - a % 20 AS ttl, 40 AS length,
    'gw kernel: DROP IN=eth0 OUT= SRC=198.51.100.1 DST=203.0.113.' || toString(d % 254 + 1) || ' LEN=40 ID=' || toString(b % 65536) AS message
  FROM numbers(${first}, ${length})`;
}
