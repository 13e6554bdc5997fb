import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import type { Store } from '../../store/store.js';
import { utcText } from '../../store/text.js';
import type { Asker } from '../ask.js';
import { forget, putProbes, REPLAY_DAY, replayStore } from '../replay/day.case.js';
import { HARMLESS } from '../replay/harmless.case.js';
import { DAY, HOUR, TARGETS } from '../replay/probe.case.js';
import type { Probe } from '../replay/probe.case.js';
import { Random } from '../replay/random.case.js';
import { keepSpikes } from './keep.js';
import { spikes } from './spikes.js';

let folder: { path: string; remove: () => void };
let store: Store;
let asker: Asker;
beforeAll(async () => {
  folder = tempFolder('spikes');
  ({ store, asker } = await replayStore(folder.path));
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(() => forget(store));

const END = REPLAY_DAY + DAY;

/** So many sources that touch a port once each, between two hours of the day. */
function crowd(random: Random, port: number, n: number, from = 0, to = 24): Probe[] {
  return Array.from({ length: n }, () => ({
    at: REPLAY_DAY + random.between(from, to) * HOUR,
    source: `${random.whole(11, 99)}.${random.whole(0, 255)}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
    target: random.pick(TARGETS),
    port,
  }));
}

/** Days before: what `sources` would hold of them, so many sources an hour on each of these ports. */
async function history(days: number, ports: readonly (readonly [number, number])[]): Promise<void> {
  const random = new Random(2);
  const rows: string[] = [];
  for (let day = 1; day <= days; day++)
    for (let hour = 0; hour < 24; hour++)
      for (const [port, usual] of ports) {
        const at = utcText(REPLAY_DAY - day * DAY + hour * HOUR).slice(0, 19);
        const many = Math.max(0, Math.round(usual * random.between(0.7, 1.3)));
        for (let i = 0; i < many; i++)
          rows.push(
            `${at}\t6\t${port}\t::ffff:100.64.${random.whole(0, 255)}.${random.whole(0, 255)}\t1\t${at}.000\t${at}.000\n`
          );
      }
  const columns = ['h', 'proto', 'dst_port', 'src_ip', 'n', 'first', 'last'];
  await store.insert('fireplot.sources', columns, Buffer.from(rows.join('')), `history ${days}`);
}

const found = async () => (await spikes(asker, END, [])).map(({ port }) => port);

describe('against 27 days of history', () => {
  beforeEach(() =>
    history(28, [
      [8080, 16],
      [23, 40],
      [9, 1],
    ])
  );

  test('about 200 sources on a port that had none: TCP/37777', async () => {
    await putProbes(store, crowd(new Random(3), 37_777, 195));
    const [spike] = await spikes(asker, END, []);
    expect(spike).toMatchObject({
      port: 37_777,
      proto: 'tcp',
      sources: 195,
      baseline: 0,
      historyDays: 27,
      severity: 'medium',
    });
    expect(spike?.q).toBeLessThan(1e-6);
    expect(spike?.dshieldTrend).toBeNull();
    expect(spike?.evidence.own_trend).toBeGreaterThan(100);
    expect(spike?.targets).toBeGreaterThan(50);
  });

  test('over 1,000 in 12 hours, with the onset within ten minutes: TCP/7547', async () => {
    await putProbes(store, crowd(new Random(4), 7_547, 1_050, 14.9, 24));
    const [spike] = await spikes(asker, END, []);
    expect(spike).toMatchObject({ port: 7_547, windowHours: 12, magnitude: 1_000 });
    expect(Math.abs((spike?.onset ?? 0) - (REPLAY_DAY + 14.9 * HOUR))).toBeLessThanOrEqual(10 * 60_000);
  });

  test('a busy port at its usual level is silent', async () => {
    await putProbes(store, [...crowd(new Random(5), 8_080, 384), ...crowd(new Random(6), 23, 960)]);
    expect(await found()).toEqual([]);
  });

  test('nineteen sources are none, and sources of scans do not count', async () => {
    const probes = crowd(new Random(7), 1_019, 30);
    await putProbes(store, [...probes, ...crowd(new Random(8), 1_020, 19)]);
    const [spike] = await spikes(
      asker,
      END,
      probes.slice(0, 5).map(({ source }) => `::ffff:${source}`)
    );
    expect(spike).toMatchObject({ port: 1_019, sources: 25 });
    expect(
      await spikes(
        asker,
        END,
        probes.slice(0, 11).map(({ source }) => `::ffff:${source}`)
      )
    ).toEqual([]);
  });

  test('peers of a file sharing client and answers are none', async () => {
    const random = new Random(9);
    await putProbes(
      store,
      HARMLESS.map((make) => make(random, REPLAY_DAY, 30_000)).flatMap(({ name, probes }) =>
        name === 'peers' || name === 'answers' ? probes : []
      )
    );
    expect(await found()).toEqual([]);
  });
});

describe('without history', () => {
  test('it informs and never alerts', async () => {
    await putProbes(store, crowd(new Random(10), 7_547, 300, 12, 24));
    expect(await spikes(asker, END, [])).toMatchObject([
      { port: 7_547, baseline: null, q: null, z: null, dshieldTrend: null, severity: 'info' },
    ]);
  });

  test('25 ports a day at most, those that stand out before those that are always probed', async () => {
    const random = new Random(11);
    const ports = [22, 23, 80, ...Array.from({ length: 30 }, (_, i) => 10_000 + i)];
    await putProbes(store, [
      ...ports.flatMap((port) => crowd(random, port, 120)),
      ...crowd(random, 5_358, 25, 6, 17.9),
    ]);
    const named = await found();
    expect(named).toHaveLength(25);
    expect(named[0]).toBe(5_358);
    expect(named).not.toContain(22);
  });
});

test('a spike seen again the same day is the same row', async () => {
  await putProbes(store, crowd(new Random(12), 37_777, 150, 0, 12));
  const range = { from: REPLAY_DAY, to: REPLAY_DAY + 12 * HOUR };
  await keepSpikes(store, asker, range, 1);
  await putProbes(store, crowd(new Random(13), 37_777, 60, 12, 20));
  await keepSpikes(store, asker, { ...range, to: REPLAY_DAY + 20 * HOUR }, 2);
  const rows = await store.query(
    'SELECT port, sources, countries, networks FROM fireplot.spikes FINAL WHERE port = 37777'
  );
  expect(rows).toEqual([{ port: 37_777, sources: 210, countries: [], networks: [] }]);
});

test('countries and networks of the sources are counted, most first', async () => {
  await putProbes(store, crowd(new Random(14), 7_547, 300, 12, 24));
  const originOf = (address: string) => ({
    country: Number(address.split('.').at(-1)) % 10 < 7 ? 'BR' : 'GB',
    asn: 64_500,
    operator: '',
  });
  const [spike] = await spikes(asker, END, [], originOf);
  expect(spike?.countries.map(([country]) => country)).toEqual(['BR', 'GB']);
  expect(spike?.countries.reduce((sum, [, n]) => sum + n, 0)).toBe(spike?.sources);
  expect(spike?.networks).toEqual([[64_500, spike?.sources]]);
});

describe('beside DShield', () => {
  const day = (ago: number) => utcText(REPLAY_DAY - ago * DAY).slice(0, 10);
  const figures = async (days: readonly (readonly [ago: number, sources: number, targets: number])[]) => {
    await store.command('TRUNCATE TABLE fireplot.dshield_ports');
    const rows = days.map(([ago, sources, targets]) => `37777\t${day(ago)}\t9\t${targets}\t${sources}\t1\n`);
    const columns = ['port', 'day', 'records', 'targets', 'sources', 'at'];
    await store.insert('fireplot.dshield_ports', columns, Buffer.from(rows.join('')), `figures ${rows.join()}`);
    const [spike] = await spikes(asker, END, []);
    return spike?.dshieldTrend;
  };
  beforeEach(() => putProbes(store, crowd(new Random(15), 37_777, 150)));

  test('its trend of the port that day is told: sqrt((S-s)²/s + (T-t)²/t)', async () => {
    const before = Array.from({ length: 7 }, (_, i) => [i + 1, 100, 400] as const);
    expect(await figures([[0, 300, 1_000], ...before])).toBeCloseTo(Math.sqrt(200 ** 2 / 100 + 600 ** 2 / 400), 1);
  });
  test('six days before are no history, and a day of last week is not today', async () => {
    const before = Array.from({ length: 7 }, (_, i) => [i + 1, 100, 400] as const);
    expect(await figures([[0, 300, 1_000], ...before.slice(1)])).toBeNull();
    expect(await figures(before.map(([ago, ...rest]) => [ago + 3, ...rest] as const))).toBeNull();
  });
});
