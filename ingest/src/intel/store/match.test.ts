import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../event/address.js';
import { COLUMNS } from '../../event/columns.js';
import { eventTsv, tempFolder } from '../../store/fixture.case.js';
import { migrate } from '../../store/migrate.js';
import { openStore } from '../../store/open.js';
import type { Store } from '../../store/store.js';
import { ofDomain, ofNetwork } from '../indicator.js';
import type { Details, Indicator } from '../indicator.js';
import { IntelMatcher } from '../match/matcher.js';
import type { Network } from '../network.js';
import { readNetwork } from '../network.js';
import { saveAllowed } from './allowed.js';
import { rebuild } from './dictionary.js';
import { NEW_FEED, saveFeed } from './feeds.js';
import { saveIndicators } from './indicators.js';
import { readInForce, setInForce } from './match.js';

const HOUR = 3_600_000;
const NOW = Date.now();
let folder: { path: string; remove: () => void };
let store: Store;
beforeAll(async () => {
  folder = tempFolder('match');
  store = await openStore({ folder: folder.path });
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const ip = (text: string, details: Details = {}): Indicator => ofNetwork(readNetwork(text) as Network, details);
const name = (text: string, details: Details = {}): Indicator => ofDomain(text, details) as Indicator;

async function inForce(matcher: (of: IntelMatcher | undefined) => unknown): Promise<unknown> {
  const { tables } = await readInForce(store, await setInForce(store));
  return matcher(tables && new IntelMatcher(tables));
}

function scores(of: IntelMatcher | undefined, addresses: readonly string[]): unknown {
  const bytes = new Uint8Array(16);
  return addresses.map((text) => (address(bytes, 0, text), of?.address(bytes, 0)));
}

describe('what is in force', () => {
  test('is nothing at first, so that nothing is looked up', async () => {
    expect(await readInForce(store, await setInForce(store))).toEqual({
      ...{ tables: undefined, networks: 0, names: 0, expires: undefined },
    });
  });

  test('has the score that the dictionary has, for IPv4, IPv6, what is allowed and what has expired', async () => {
    const indicators = [
      ip('198.51.100.0/24', { score: 60 }),
      ip('198.51.100.7', { score: 90 }),
      ip('192.0.2.9', { score: 10, expires: NOW + HOUR }),
      ip('192.0.2.1', { expires: NOW - HOUR }),
      ip('2001:db8::/32', { score: 30 }),
      name('bad.example', { score: 70 }),
      name('*.worse.example'),
      name('old.example', { expires: NOW - HOUR }),
    ];
    await saveIndicators(store, 'a', NOW, indicators, 50);
    const feed = { ...NEW_FEED, name: 'a', format: 'plain', place: '/a', score: 50, options: {}, version: NOW };
    await saveFeed(store, { ...feed, lastTry: NOW }, NOW);
    await saveAllowed(store, { network: '198.51.100.16/28', reason: '' }, NOW);
    await rebuild(store, NOW);
    const addresses = [
      '198.51.100.1',
      '198.51.100.7',
      '198.51.100.17',
      '192.0.2.1',
      '192.0.2.9',
      '2001:db8::1',
      '2001:db9::',
    ];
    const { expires, networks, names } = await readInForce(store, await setInForce(store));
    expect([expires, networks, names]).toEqual([Math.floor((NOW + HOUR) / 1_000) * 1_000, 5, 2]);
    const rows = await store.query<{ score: number }>(
      `SELECT dictGet('fireplot.intel', 'score', tuple(toIPv6(arrayJoin({addresses:Array(String)})))) AS score`,
      { addresses: addresses.map((text) => (text.includes(':') ? text : `::ffff:${text}`)) }
    );
    expect(await inForce((of) => scores(of, addresses))).toEqual(rows.map(({ score }) => score));
    expect(rows.map(({ score }) => score)).toEqual([60, 90, 0, 0, 10, 30, 0]);
    const asked = ['bad.example', 'Bad.Example.', 'x.worse.example', 'worse.example', 'old.example'];
    expect(await inForce((of) => asked.map((each) => of?.name(each)))).toEqual([70, 70, 50, 0, 0]);
  });

  test('shows old events by the names that were asked for', async () => {
    await saveIndicators(store, 'good', NOW, [name('*.fine.worse.example', { allow: true })], 50);
    const feed = { ...NEW_FEED, name: 'good', format: 'plain', place: '/b', score: 50, options: {}, version: NOW };
    await saveFeed(store, { ...feed, lastTry: NOW }, NOW);
    const names = ['bad.example', 'BAD.example.', 'a.worse.example', 'b.fine.worse.example', 'other.example', '', '.'];
    const rows = names.map((qname, seq) => ({ seq, qname }));
    const columns = COLUMNS.map((column) => column.name);
    await store.insert('fireplot.events', columns, eventTsv(rows), 'planted', 'TabSeparated');
    const hits = await store.query(
      `SELECT name, toUInt32(events) AS n, toUInt32(sources) AS sources, score, feeds
       FROM fireplot.name_hits(from = '2026-11-22 00:00:00', to = '2026-11-23 00:00:00') ORDER BY name`
    );
    expect(hits).toEqual([
      { name: 'a.worse.example', n: 1, sources: 1, score: 50, feeds: ['a'] },
      { name: 'bad.example', n: 2, sources: 1, score: 70, feeds: ['a'] },
    ]);
  });
});
