import { HOUR, scanner, TARGETS } from './probe.case.js';
import type { Probe } from './probe.case.js';
import type { Random } from './random.case.js';
import type { Make } from './scans.case.js';

/** The same kinds in shapes that no threshold was chosen on: other rates, counts, retries, stacks and neighbours. */

type Headers = Pick<Probe, 'sourcePort' | 'window' | 'ttl'>;

const header = (random: Random): Headers => ({
  sourcePort: random.whole(1024, 65_535),
  window: random.pick([1024, 5840, 14_600, 29_200, 64_240, 65_535]),
  ttl: random.pick([44, 52, 57, 113, 118, 241, 247]),
});

/** Ports a scan may have: a range, every k-th of one, or a list with holes. */
function someports(random: Random, least: number, most: number): number[] {
  const n = random.whole(least, most);
  const how = random.next();
  if (how < 0.4) {
    const low = random.whole(1, 60_000 - n);
    return Array.from({ length: n }, (_, i) => low + i);
  }
  if (how < 0.6) return Array.from({ length: n }, (_, i) => 1 + i * Math.max(1, Math.floor(60_000 / n)));
  return random.ports(n);
}

/** When each of `n` probes is sent: gaps vary around one, as a busy or careful sender's do. */
function times(random: Random, start: number, n: number, gap: number): number[] {
  let at = start;
  return Array.from({ length: n }, () => (at += gap * random.between(0.4, 1.6)));
}

/** A handful of ports, one every half hour, perhaps for longer than a day has left. */
export const verySlow: Make = (random, day, first) => {
  const ports = random.ports(random.whole(22, 45));
  const down = random.next() < 0.5;
  if (down) ports.reverse();
  const [source, target] = [scanner(first), random.pick(TARGETS)];
  const own = header(random);
  const at = times(random, day + random.between(0, 2) * HOUR, ports.length, random.between(8, 25) * 60_000);
  const probes = ports.map((port, i) => ({ ...own, source, target, port, at: at[i] as number }));
  const order = [down ? ('descending' as const) : ('ascending' as const)];
  return { name: 'very slow', probes, label: { kind: 'vertical', sources: [source], target, order } };
};

/** A scanner that asks each port two or three times. */
export const insistent: Make = (random, day, first) => {
  const ports = random.shuffled(someports(random, 60, 900));
  const [source, target] = [scanner(first), random.pick(TARGETS)];
  const own = header(random);
  const tries = random.whole(2, 3);
  const at = times(random, day + random.between(0, 18) * HOUR, ports.length, random.between(20, 15_000));
  const probes = ports.flatMap((port, i) =>
    Array.from({ length: tries }, (_, n) => ({ ...own, source, target, port, at: (at[i] as number) + n * 1_100 }))
  );
  return { name: 'insistent', probes, label: { kind: 'vertical', sources: [source], target, order: ['random'] } };
};

/** Two to six in step, in any order, seconds or half a minute behind each other, some with retries. */
export const inStep: Make = (random, day, first) => {
  const k = random.whole(2, 6);
  const sorted = someports(random, 40, 800);
  const order = random.pick(['ascending', 'descending', 'random'] as const);
  const ports = order === 'random' ? random.shuffled(sorted) : order === 'ascending' ? sorted : [...sorted].reverse();
  const target = random.pick(TARGETS);
  const members = Array.from({ length: k }, (_, i) => ({
    source: scanner(first + i),
    lag: i * random.between(50, 8_000),
    retries: random.next() < 0.3,
    own: header(random),
  }));
  const at = times(random, day + random.between(0, 12) * HOUR, ports.length, random.between(800, 30_000));
  const probes = ports.flatMap((port, i) =>
    members.flatMap(({ source, lag, retries, own }) => {
      const probe = { ...own, source, target, port, at: (at[i] as number) + lag + random.between(0, 300) };
      return retries ? [probe, { ...probe, at: probe.at + 1_000 }] : [probe];
    })
  );
  const sources = members.map(({ source }) => source);
  return { name: `${k} in step, ${order}`, probes, label: { kind: 'synchronised', sources, target, order: [order] } };
};

/** A botnet that shares out a range: stacks and distances differ, the port goes to whoever is free. */
export const shares: Make = (random, day, first) => {
  const k = random.whole(3, 40);
  const n = k * random.whole(25, 200);
  const low = random.whole(1, 65_000 - n);
  const step = random.pick([1, 1, 2, 8]);
  const sequence = Array.from({ length: Math.min(n, Math.floor((65_000 - low) / step)) }, (_, i) => low + i * step);
  const drawn = random.next() < 0.4;
  const target = random.pick(TARGETS);
  const members = Array.from({ length: k }, (_, i) => ({ source: scanner(first + i), sourcePort: 40_000 + i }));
  const window = random.pick([1024, 29_200]);
  const at = times(random, day + random.between(0, 12) * HOUR, sequence.length, random.between(60, 2_000));
  const probes = (drawn ? random.shuffled(sequence) : sequence).map((port, i) => {
    const who = random.whole(0, k - 1);
    const member = members[who] as (typeof members)[number];
    return { ...member, window, ttl: 40 + (who % 20), target, port, at: at[i] as number };
  });
  const sources = members.map(({ source }) => source);
  const order = drawn ? (['random', 'mixed'] as const) : (['ascending', 'mixed'] as const);
  return { name: `${k} share`, probes, label: { kind: 'distributed', sources, target, order } };
};

/** Shares of machines that have nothing in common but the task. */
export const motley: Make = (random, day, first) => {
  const k = random.whole(4, 16);
  const n = k * random.whole(60, 200);
  const low = random.whole(1, 65_000 - n);
  const target = random.pick(TARGETS);
  const members = Array.from({ length: k }, (_, i) => ({ source: scanner(first + i), ...header(random) }));
  const at = times(random, day + random.between(0, 12) * HOUR, n, random.between(60, 2_000));
  const probes = Array.from({ length: n }, (_, i) => ({
    ...(members[i % k] as (typeof members)[number]),
    target,
    port: low + i,
    at: at[i] as number,
  }));
  const sources = members.map(({ source }) => source);
  const order = ['ascending', 'mixed'] as const;
  return { name: `${k} motley share`, probes, label: { kind: 'distributed', sources, target, order } };
};

/** Decoys in order, with retries. */
export const decoysInOrder: Make = (random, day, first) => {
  const k = random.whole(2, 20);
  const sources = Array.from({ length: k }, (_, i) => scanner(first + i));
  const target = random.pick(TARGETS);
  const sorted = someports(random, 40, 600);
  const at = times(random, day + random.between(0, 20) * HOUR, sorted.length, random.between(10, 4_000));
  const probes = sorted.flatMap((port, i) => {
    const twin = { id: random.whole(1, 65_535), sourcePort: 50_000 + (i % 3), window: 1024, target, port };
    return random.shuffled(sources).map((source, n) => ({
      ...twin,
      source,
      ttl: random.whole(37, 59),
      at: (at[i] as number) + n,
    }));
  });
  return { name: `${k} decoys`, probes, label: { kind: 'decoy', sources, target, order: ['ascending'] } };
};

/** A line of many hands, each with one to three points, over a target that others probe as well. */
export const manyHands: Make = (random, day, first) => {
  const ports = random.ports(random.whole(90, 700));
  const down = random.next() < 0.5;
  if (down) ports.reverse();
  const target = random.pick(TARGETS);
  const each = random.whole(1, 3);
  const crowd = Math.ceil(ports.length / each);
  const sources = Array.from({ length: crowd }, (_, i) => scanner(first + 255 + i));
  const at = times(random, day + random.between(0, 10) * HOUR, ports.length, random.between(5_000, 60_000));
  const probes = ports.map((port, i) => ({
    ...header(random),
    source: sources[i % crowd] as string,
    target,
    port,
    at: at[i] as number,
  }));
  const order = [down ? ('descending' as const) : ('ascending' as const)];
  return { name: `${crowd} hands`, probes, label: { kind: 'diagonal', sources, target, order } };
};

/** A sweep that takes half a day, of one to four ports, TCP or UDP, over part of the network. */
export const patient: Make = (random, day, first) => {
  const ports = random.ports(random.whole(1, 4), 1, 50_000);
  const hosts = random.shuffled(TARGETS).slice(0, random.whole(40, 64));
  const proto = random.pick([6, 6, 17]);
  const cells = random.next() < 0.5 ? random.shuffled(hosts) : [...hosts].sort();
  const own = header(random);
  const at = times(random, day + random.between(0, 8) * HOUR, cells.length, random.between(1, 12) * 60_000);
  const source = scanner(first);
  const probes = cells.flatMap((target, i) =>
    ports.map((port, n) => ({ ...own, source, target, port, proto, at: (at[i] as number) + n * 500 }))
  );
  return { name: 'patient', probes, label: { kind: 'horizontal', sources: [source] } };
};

/** Some hosts, some ports: host after host, or port after port. */
export const rows: Make = (random, day, first) => {
  const ports = random.ports(random.whole(6, 60), 1, 20_000);
  const hosts = random.shuffled(TARGETS).slice(0, random.whole(8, 60));
  const cells =
    random.next() < 0.5
      ? hosts.flatMap((target) => ports.map((port) => ({ target, port })))
      : ports.flatMap((port) => hosts.map((target) => ({ target, port })));
  const own = header(random);
  const at = times(random, day + random.between(0, 18) * HOUR, cells.length, random.between(5, 9_000));
  const source = scanner(first);
  const probes = cells.map((cell, i) => ({ ...own, ...cell, source, at: at[i] as number }));
  return { name: 'rows', probes, label: { kind: 'block', sources: [source] } };
};

/** Flags drawn from all that no connection has. */
export const anyFlags: Make = (random, day, first) => {
  const odd = Array.from({ length: 64 }, (_, flags) => flags).filter(
    (flags) => ![2, 4, 16, 18, 20, 24].includes(flags)
  );
  const flags = random.pick(odd);
  const sorted = someports(random, 20, 500);
  const up = random.next() < 0.5;
  const ports = up ? sorted : random.shuffled(sorted);
  const [source, target] = [scanner(first), random.pick(TARGETS)];
  const at = times(random, day + random.between(0, 16) * HOUR, ports.length, random.between(10, 20_000));
  const probes = ports.map((port, i) => ({ source, target, port, flags, sourcePort: 45_123, at: at[i] as number }));
  const order = [up ? ('ascending' as const) : ('random' as const)];
  return { name: `flags ${flags}`, probes, label: { kind: 'vertical', sources: [source], target, order } };
};

/** UDP in order, minutes apart. */
export const slowUdp: Make = (random, day, first) => {
  const ports = someports(random, 30, 200);
  const [source, target] = [scanner(first), random.pick(TARGETS)];
  const at = times(random, day + random.between(0, 4) * HOUR, ports.length, random.between(20, 200) * 1_000);
  const sourcePort = random.whole(30_000, 60_000);
  const probes = ports.map((port, i) => ({ source, target, port, proto: 17, sourcePort, at: at[i] as number }));
  const order = ['ascending'] as const;
  return { name: 'slow udp', probes, label: { kind: 'vertical', sources: [source], target, order, proto: 'udp' } };
};

/** A watchdog that knocks every few minutes, unpunctually, now and then not at all. */
export const unpunctual: Make = (random, day, first) => {
  const period = random.between(2, 90) * 60_000;
  const [source, target] = [scanner(first), random.pick(TARGETS)];
  const port = random.whole(1, 65_535);
  const probes = Array.from({ length: Math.floor((23 * HOUR) / period) }, (_, i) => ({
    source,
    target,
    port,
    at: day + 0.5 * HOUR + i * period + period * random.between(-0.02, 0.02),
  })).filter(() => random.next() > 0.05);
  return { name: 'unpunctual', probes, label: { kind: 'periodic', sources: [source] } };
};

export const VARIANTS: readonly Make[] = [
  verySlow,
  insistent,
  inStep,
  shares,
  motley,
  decoysInOrder,
  manyHands,
  patient,
  rows,
  anyFlags,
  slowUdp,
  unpunctual,
];
