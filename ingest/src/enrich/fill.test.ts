import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Detector } from '../detect/detector.js';
import type { Asker } from '../detect/ask.js';
import { forget, putProbes, REPLAY_DAY, replayRange, replayStore } from '../detect/replay/day.case.js';
import { HOUR } from '../detect/replay/probe.case.js';
import { tempFolder } from '../store/fixture.case.js';
import type { Store } from '../store/store.js';
import { askWholeRange, fillOrigins } from './fill.js';

let folder: { path: string; remove: () => void };
let store: Store;
let asker: Asker;
beforeAll(async () => {
  folder = tempFolder('origins');
  ({ store, asker } = await replayStore(folder.path));
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(async () => {
  await forget(store);
  await store.command('TRUNCATE TABLE fireplot.origins');
  await putProbes(
    store,
    ['198.51.100.1', '198.51.100.2', '203.0.113.3', '198.51.100.1'].map((source, i) => ({
      at: REPLAY_DAY + i * 7 * HOUR,
      source,
      target: '203.0.113.1',
      port: 23,
    }))
  );
});

const asked: string[] = [];
const originOf = (address: string) => {
  asked.push(address);
  return { country: address.endsWith('.2') ? '' : 'NO', asn: 64_500, operator: 'A\tB' };
};
const stored = () =>
  store.query('SELECT toString(src_ip) AS ip, country, asn, operator FROM fireplot.origins FINAL ORDER BY ip');

test('every source is looked up once, and again only when that is asked for', async () => {
  asked.length = 0;
  expect(await fillOrigins(store, asker, originOf, replayRange, 10)).toBe(3);
  expect(await fillOrigins(store, asker, originOf, replayRange, 20)).toBe(0);
  expect([...asked].sort()).toEqual(['::ffff:198.51.100.1', '::ffff:198.51.100.2', '::ffff:203.0.113.3']);
  expect(await stored()).toEqual([
    { ip: '::ffff:198.51.100.1', country: 'NO', asn: 64_500, operator: 'A\tB' },
    { ip: '::ffff:198.51.100.2', country: '', asn: 64_500, operator: 'A\tB' },
    { ip: '::ffff:203.0.113.3', country: 'NO', asn: 64_500, operator: 'A\tB' },
  ]);
  const moved = () => ({ country: 'SE', asn: 0, operator: '' });
  expect(await fillOrigins(store, asker, moved, replayRange, 30, 30)).toBe(3);
  expect((await stored()).map((row) => (row as { country: string }).country)).toEqual(['SE', 'SE', 'SE']);
});

test('a range is filled by whole hours, and all that is stored can be', async () => {
  const range = { from: REPLAY_DAY, to: REPLAY_DAY + 8 * HOUR };
  expect(await fillOrigins(store, asker, originOf, range, 10)).toBe(2);
  expect(await askWholeRange(asker)).toEqual({ from: REPLAY_DAY, to: REPLAY_DAY + 22 * HOUR });
  await forget(store);
  expect(await askWholeRange(asker)).toBeUndefined();
});

test('the detector fills what is new', async () => {
  await new Detector(store, { originOf, clock: () => REPLAY_DAY + 30 * HOUR }).workOff();
  expect(await stored()).toHaveLength(3);
});
