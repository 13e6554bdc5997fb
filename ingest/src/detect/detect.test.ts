import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import type { Store } from '../store/store.js';
import type { Asker } from './ask.js';
import { findAll } from './detect.js';
import type { Finding } from './finding.js';
import { forget, putProbes, REPLAY_DAY, replayRange, replayStore } from './replay/day.case.js';
import type { How } from './replay/day.case.js';
import { background, HARMLESS } from './replay/harmless.case.js';
import { judge } from './replay/judge.case.js';
import { picture } from './replay/pictures.case.js';
import { HOUR, scanner, TARGETS } from './replay/probe.case.js';
import type { Probe } from './replay/probe.case.js';
import { Random } from './replay/random.case.js';
import { SCANS } from './replay/scans.case.js';
import { unpunctual, VARIANTS } from './replay/variants.case.js';
import { flagsWord } from './words.js';

let folder: { path: string; remove: () => void };
let store: Store;
let asker: Asker;
beforeAll(async () => {
  folder = tempFolder('detect');
  ({ store, asker } = await replayStore(folder.path));
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(() => forget(store));

async function findingsOf(probes: readonly Probe[], how: How = {}): Promise<readonly Finding[]> {
  await putProbes(store, probes, how);
  return (await findAll(asker, replayRange)).standing;
}

describe('every acceptance test on one day, over background', () => {
  test.each([
    ['whole', { loss: 0 }],
    ['with 30 % of the lines lost', { loss: 0.3 }],
    ['from a log without header fields', { columns: 'few' as const }],
  ])('%s', async (_, how) => {
    const random = new Random(71);
    const replays = [...SCANS, picture].map((make, i) => make(random, REPLAY_DAY, 1 + i * 1_200));
    const ground = background(random, REPLAY_DAY, 5_000);
    const findings = await findingsOf(
      [...replays, ground].flatMap(({ probes }) => probes),
      how
    );
    expect(judge(findings, replays, [ground])).toMatchObject({ missed: [], wrong: [] });
  });
});

describe('the same kinds in other shapes', () => {
  test.each([
    ['whole', { loss: 0 }, 101, VARIANTS],
    // Of what comes by the clock, unpunctually, too little is left then.
    ['with 30 % of the lines lost', { loss: 0.3 }, 104, VARIANTS.filter((make) => make !== unpunctual)],
  ])('%s', async (_, how, seed, makes) => {
    const random = new Random(seed);
    const replays = makes.map((make, i) => make(random, REPLAY_DAY, 1 + i * 1_200));
    const findings = await findingsOf(
      replays.flatMap(({ probes }) => probes),
      how
    );
    expect(judge(findings, replays, [])).toMatchObject({ missed: [], wrong: [] });
  });
});

test.each([1, 3, 23])('a sweep over a whole /19 is found, and told by %i ports', async (many) => {
  const random = new Random(3);
  const hosts = random.shuffled(Array.from({ length: 8_192 }, (_, i) => `100.64.${i >> 8}.${i & 255}`));
  const ports = [
    7547, 23, 2323, 80, 8080, 443, 5555, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96,
  ].slice(0, many);
  const source = scanner(1);
  const probes = hosts.flatMap((target, i) =>
    ports.map((port) => ({ at: REPLAY_DAY + 5 * HOUR + i * 200, source, target, port }))
  );
  const findings = await findingsOf(probes);
  const wide = findings.filter(({ sources }) => sources.includes(`::ffff:${source}`));
  expect(wide).toHaveLength(1);
  expect(wide[0]).toMatchObject({ kind: many > 5 ? 'block' : 'horizontal', ports: many });
  expect(wide[0]?.targetCount).toBeGreaterThan(8_000);
});

test('of the 64 combinations of flags each that asks is a scan by its word, and answers are none', async () => {
  const random = new Random(5);
  const probes = Array.from({ length: 64 }, (_, flags) =>
    random.shuffled(random.ports(20, 1, 1_500)).map((port, i) => ({
      at: REPLAY_DAY + HOUR + flags * 900_000 + i * 1_000,
      source: scanner(1 + flags),
      target: TARGETS[flags % 60] as string,
      port,
      flags,
      sourcePort: 45_123,
    }))
  ).flat();
  const found = (await findingsOf(probes)).map(({ kind, flags, sources }) => [sources[0], kind, flags]);
  const answers = [4, 18, 20];
  const expected = Array.from({ length: 64 }, (_, flags) => flags)
    .filter((flags) => !answers.includes(flags))
    .map((flags) => [`::ffff:${scanner(1 + flags)}`, 'vertical', flagsWord(flags)]);
  expect(found.sort()).toEqual(expected.sort());
});

test('more than sixteen decoys are one group', async () => {
  const sources = Array.from({ length: 40 }, (_, i) => scanner(1 + i));
  const probes = Array.from({ length: 30 }, (_, i) =>
    sources.map((source, n) => ({
      at: REPLAY_DAY + HOUR + i * 700 + n,
      source,
      target: TARGETS[0] as string,
      port: 100 + ((i * 7) % 30),
      id: 1_000 + i,
    }))
  ).flat();
  expect(await findingsOf(probes)).toMatchObject([{ kind: 'decoy', sourceCount: 40, ports: 30 }]);
});

describe('what is harmless is not taken for a scan', () => {
  test.each(HARMLESS.map((make) => make(new Random(1), REPLAY_DAY, 30_000)))('$name', async (harmless) => {
    expect(judge(await findingsOf(harmless.probes), [], [harmless]).wrong).toEqual([]);
  });

  test('a day of 60,000 sources that know nothing of each other', async () => {
    const ground = background(new Random(4), REPLAY_DAY, 60_000);
    const kinds = new Set((await findingsOf(ground.probes)).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind !== 'horizontal')).toEqual([]);
  });
});

describe('edges', () => {
  const start = REPLAY_DAY + 5 * HOUR;
  const scan = (n: number, changes: Partial<Probe> = {}, gap = 1_000): Probe[] =>
    Array.from({ length: n }, (_, i) => ({
      at: start + i * gap,
      source: scanner(1),
      target: TARGETS[0] as string,
      port: 1 + ((i * 7919) % 20_000),
      ...changes,
    }));

  test('fifteen ports are a scan, fourteen are none', async () => {
    expect(await findingsOf(scan(14))).toEqual([]);
    await forget(store);
    expect(await findingsOf(scan(15))).toMatchObject([{ kind: 'vertical', ports: 15, events: 15 }]);
  });

  test('five ports are enough with flags that no connection has', async () => {
    expect(await findingsOf(scan(5, { flags: 0 }))).toMatchObject([{ kind: 'vertical', flags: 'null' }]);
  });

  test('gaps of 55 minutes do not end it, an hour and a minute does', async () => {
    expect(await findingsOf(scan(16, {}, 55 * 60_000))).toMatchObject([{ kind: 'vertical', ports: 16, pace: 'slow' }]);
    await forget(store);
    const halves = [
      ...scan(14),
      ...scan(14, { port: undefined as never }).map((probe, i) => ({
        ...probe,
        port: 30_000 + i,
        at: probe.at + 61 * 60_000 + 14_000,
      })),
    ];
    expect(await findingsOf(halves)).toEqual([]);
  });

  test('at half an hour from port to port a lost line or two do not end it, four hours do', async () => {
    const ports = scan(40, {}, 28 * 60_000);
    expect(await findingsOf(ports.filter((_, i) => i % 9 !== 7 && i % 9 !== 6))).toMatchObject([
      { kind: 'vertical', ports: 32, pace: 'slow' },
    ]);
    await forget(store);
    const apart = scan(28, {}, 10 * 60_000).map((probe, i) => (i < 14 ? probe : { ...probe, at: probe.at + 4 * HOUR }));
    expect(await findingsOf(apart)).toEqual([]);
  });

  test('a port that comes again and again is one', async () => {
    expect(await findingsOf(scan(200, { port: 22 }))).toEqual([]);
  });

  test('flags that were not logged are said to be not evaluable', async () => {
    await putProbes(store, scan(40));
    await store.command('TRUNCATE TABLE fireplot.first_hits');
    await store.command(
      `INSERT INTO fireplot.first_hits SELECT toDate(time), 0, dst_ip, src_ip, proto, toHour(time), dst_port, 64, (time, seq), 1 FROM fireplot.events`
    );
    expect((await findAll(asker, replayRange)).standing).toMatchObject([{ flags: '', notEvaluable: ['flags'] }]);
  });

  test('IPv6 sources and targets are read like others', async () => {
    await putProbes(store, scan(40));
    await store.command('TRUNCATE TABLE fireplot.first_hits');
    await store.command(
      `INSERT INTO fireplot.first_hits SELECT toDate(time), 0, toIPv6('2001:db8::1'), toIPv6('2001:db8:f::2'), proto, toHour(time), dst_port, 2, (time, seq), 1 FROM fireplot.events`
    );
    expect((await findAll(asker, replayRange)).standing).toMatchObject([
      { kind: 'vertical', sources: ['2001:db8:f::2'], targets: ['2001:db8::1'] },
    ]);
  });

  test('an empty store has nothing', async () => expect(await findingsOf([])).toEqual([]));
});
