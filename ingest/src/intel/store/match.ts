import { randomInt } from 'node:crypto';
import type { Store } from '../../store/store.js';
import { nameTable } from '../match/names.js';
import type { MatchTables } from '../match/tables.js';
import { v4Tables, v6Tables } from '../match/tables.js';

/** What the indicators in force come to. */
export interface InForce {
  /** Undefined when there are none, so that looking costs nothing. */
  readonly tables: MatchTables | undefined;
  readonly networks: number;
  readonly names: number;
  /** When the first of them counts no more, ms since the epoch; undefined: none ever does. */
  readonly expires: number | undefined;
}

const NEVER = 0xffff_ffff;

/** Which set is in force; 0 for none. Every change of a feed or of the allow list makes another. */
export async function setInForce(store: Store): Promise<number> {
  const [row] = await store.query<{ version: number }>('SELECT max(version) AS version FROM fireplot.intel_sets');
  return row?.version ?? 0;
}

/** Reads a set for matching in memory. @param version of setInForce */
export async function readInForce(store: Store, version: number): Promise<InForce> {
  const networks = await readNetworks(store, version);
  const names = await readNames(store);
  const count = networks.v4.length + networks.v6.length;
  const expires = Math.min(networks.expires, names.expires);
  const seed = (): number => randomInt(2 ** 32);
  const tables =
    count + names.listed.length === 0
      ? undefined
      : { ...v4Tables(networks.v4), ...v6Tables(networks.v6), names: nameTable(names.listed, [seed(), seed()]) };
  return {
    ...{ tables, networks: count, names: names.listed.length },
    expires: expires >= NEVER ? undefined : expires * 1_000,
  };
}

/** A prefix as the engine writes it: start, bits, score. */
type Tuple<Start> = readonly [start: Start, bits: number, score: number];

interface Networks<Start> {
  readonly prefixes: readonly Tuple<Start>[];
  readonly expires: number;
}

/**
 * One row of arrays instead of a row a network: a tenth of the time, in the engine and here. Sorted as an array, since an
 * ORDER BY below an aggregate promises nothing.
 */
async function readNetworks(store: Store, version: number) {
  const ask = async <Start>(start: string, wanted: string): Promise<Networks<Start>> => {
    const [row] = await store.query<Networks<Start>>(
      `SELECT arraySort(groupArray((start, bits, score))) AS prefixes, if(count() = 0, ${NEVER}, min(until)) AS expires
       FROM (
         SELECT splitByChar('/', network) AS parts, toUInt8(parts[2]) AS bits, ${start} AS start, score,
           startsWith(network, '::ffff:') AND bits >= 96 AS v4, toUnixTimestamp(expires) AS until
         FROM fireplot.intel_networks
         WHERE version = {version:UInt64} AND expires > now() AND ${wanted}
       )`,
      { version }
    );
    return row ?? { prefixes: [], expires: NEVER };
  };
  const four = await ask<number>(`IPv4StringToNumOrDefault(substring(parts[1], 8))`, 'v4');
  const six = await ask<string>('hex(IPv6StringToNum(parts[1]))', 'NOT v4');
  return {
    v4: four.prefixes.map(([start, bits, score]) => ({ start, bits: bits - 96, score })),
    v6: six.prefixes.map(([start, bits, score]) => ({ start: BigInt(`0x${start}`), bits, score })),
    expires: Math.min(four.expires, six.expires),
  };
}

async function readNames(store: Store) {
  const [row] = await store.query<{ names: string[]; scores: number[]; allows: boolean[]; expires: number }>(
    `SELECT groupArray(domain) AS names, groupArray(score) AS scores, groupArray(allow) AS allows,
       if(count() = 0, ${NEVER}, min(until)) AS expires
     FROM (SELECT domain, score, allow, if(expires IS NULL, ${NEVER}, toUnixTimestamp(assumeNotNull(expires))) AS until
       FROM fireplot.indicators
       WHERE kind = 'domain' AND (expires IS NULL OR expires > now())
         AND (feed, version) IN (SELECT name, version FROM fireplot.feeds FINAL WHERE NOT removed))`
  );
  const { names = [], scores = [], allows = [], expires = NEVER } = row ?? {};
  const listed = names.map((name, i) => ({ name, score: scores[i] ?? 0, allow: allows[i] === true }));
  return { listed, expires };
}
