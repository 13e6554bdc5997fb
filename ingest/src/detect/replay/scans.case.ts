import type { Kind, Order } from '../finding.js';
import { DAY, HOUR, scanner, TARGETS } from './probe.case.js';
import type { Probe } from './probe.case.js';
import type { Random } from './random.case.js';

/** What must be found in a replay. */
export interface Label {
  readonly kind: Kind;
  readonly sources: readonly string[];
  readonly target?: string;
  readonly order?: readonly Order[];
  readonly flags?: string;
  readonly proto?: string;
}

export interface Replay {
  readonly name: string;
  readonly probes: readonly Probe[];
  readonly label?: Label;
}

/** Scanners of a replay are numbered from here, so that replays of one day do not meet. */
export type Make = (random: Random, day: number, first: number) => Replay;

/** The twins of the first posts: a sorted list of ports, minutes between them, another pace above 10,000. */
export const dual: Make = (random, day, first) => {
  const ports = random.ports(random.whole(200, 400));
  const [a, b] = [scanner(first), scanner(first + 1)];
  const target = random.pick(TARGETS);
  const [low, high] = [random.between(30, 50), random.between(70, 110)];
  const lag = random.between(0, 1500);
  let at = day + random.between(1, 8) * HOUR;
  const probes = ports.flatMap((port) => {
    at += 1000 * (port < 10_000 ? random.between(low * 0.8, low * 1.2) : random.between(high * 0.8, high * 1.2));
    const second = at + lag + random.between(-200, 200);
    const knock = { target, port };
    return [
      { ...knock, source: a, at, sourcePort: 60_298, window: 5840 },
      { ...knock, source: b, at: second, sourcePort: 61_829, window: 5840 },
      { ...knock, source: b, at: second + 1000, sourcePort: 61_829, window: 5840 },
    ];
  });
  return { name: 'dual', probes, label: { kind: 'synchronised', sources: [a, b], target, order: ['ascending'] } };
};

/** One source, ports in order, over hours. */
export const slow: Make = (random, day, first) => {
  const up = random.next() < 0.3;
  const ports = random.ports(random.whole(120, 600));
  if (!up) ports.reverse();
  const target = random.pick(TARGETS);
  const span = random.between(6, 12) * HOUR;
  const start = day + random.between(0, 11) * HOUR;
  const source = scanner(first);
  const probes = ports.map((port, i) => ({
    at: start + (span * (i + random.next() * 0.8)) / ports.length,
    source,
    target,
    port,
  }));
  return {
    name: 'slow',
    probes,
    label: { kind: 'vertical', sources: [source], target, order: [up ? 'ascending' : 'descending'] },
  };
};

/** A fast one in random order. */
export const fast: Make = (random, day, first) => {
  const count = random.whole(100, 1500);
  const ports = random.shuffled(
    random.next() < 0.5 ? Array.from({ length: count }, (_, i) => i + 1) : random.ports(count)
  );
  const target = random.pick(TARGETS);
  const span = random.between(4, 1800) * 1000;
  const start = day + random.between(0, 23) * HOUR;
  const source = scanner(first);
  const probes = ports.map((port, i) => ({
    at: start + (span * i) / ports.length,
    source,
    target,
    port,
    window: 1024,
    sourcePort: 50_000,
    ttl: random.whole(37, 59),
  }));
  return { name: 'fast', probes, label: { kind: 'vertical', sources: [source], target, order: ['random'] } };
};

const COMBINATIONS: readonly (readonly [number, string])[] = [
  [0, 'null'],
  [1, 'fin'],
  [41, 'xmas'],
  [17, 'maimon'],
  [16, 'ack'],
  [3, 'synfin'],
  [43, 'other:FIN+SYN+PSH+URG'],
  [63, 'other:FIN+SYN+RST+PSH+ACK+URG'],
  [33, 'other:FIN+URG'],
  [40, 'other:PSH+URG'],
];

export const oddFlags: Make = (random, day, first) => {
  const [flags, word] = random.pick(COMBINATIONS);
  const ports = random.shuffled(random.ports(random.whole(30, 300), 1, 1500));
  const target = random.pick(TARGETS);
  const start = day + random.between(0, 22) * HOUR;
  const source = scanner(first);
  const gap = random.between(100, 5000);
  const probes = ports.map((port, i) => ({ at: start + i * gap, source, target, port, flags, sourcePort: 45_123 }));
  return {
    name: 'odd flags',
    probes,
    label: { kind: 'vertical', sources: [source], target, order: ['random'], flags: word },
  };
};

export const udp: Make = (random, day, first) => {
  const ports = random.shuffled(random.ports(random.whole(40, 500), 1, 5000));
  const target = random.pick(TARGETS);
  const start = day + random.between(0, 22) * HOUR;
  const source = scanner(first);
  const probes = ports.map((port, i) => ({
    at: start + i * 1000,
    source,
    target,
    port,
    proto: 17,
    sourcePort: 58_000,
  }));
  return {
    name: 'udp',
    probes,
    label: { kind: 'vertical', sources: [source], target, order: ['random'], proto: 'udp' },
  };
};

export const horizontal: Make = (random, day, first) => {
  const port = random.pick([23, 7547, 5555, 3389, 17_000, 445]);
  const start = day + random.between(0, 20) * HOUR;
  const span = random.between(0.05, 3) * HOUR;
  const source = scanner(first);
  const hosts = random.shuffled(TARGETS);
  const probes = hosts.map((target, i) => ({ at: start + (span * i) / hosts.length, source, target, port }));
  return { name: 'horizontal', probes, label: { kind: 'horizontal', sources: [source] } };
};

export const block: Make = (random, day, first) => {
  const ports = random.ports(random.whole(6, 40), 1, 10_000);
  const hosts = TARGETS.slice(0, random.whole(12, 64));
  const cells = random.shuffled(hosts.flatMap((target) => ports.map((port) => ({ target, port }))));
  const start = day + random.between(0, 20) * HOUR;
  const span = random.between(0.05, 3) * HOUR;
  const source = scanner(first);
  const probes = cells.map((cell, i) => ({ ...cell, at: start + (span * i) / cells.length, source }));
  return { name: 'block', probes, label: { kind: 'block', sources: [source] } };
};

/** Sources that share out a range: in turn, in pieces, or as drawn. */
export const split: Make = (random, day, first) => {
  const k = random.whole(4, 20);
  const low = random.whole(1, 20_000);
  const count = k * random.whole(30, 150);
  const range = Array.from({ length: count }, (_, i) => low + i);
  const how = random.pick(['interleaved', 'pieces', 'drawn'] as const);
  const sources = Array.from({ length: k }, (_, i) => scanner(first + i));
  const target = random.pick(TARGETS);
  const start = day + random.between(0, 12) * HOUR;
  const gap = random.between(150, 3000);
  const sequence = how === 'drawn' ? random.shuffled(range) : range;
  const probes = sequence.map((port, i) => {
    const piece = Math.floor((i * k) / count);
    // Pieces run side by side, each in its order.
    const at = how === 'pieces' ? start + (i - (piece * count) / k) * gap * k + piece : start + i * gap;
    const who = how === 'pieces' ? piece : i % k;
    return { at, source: sources[who] as string, target, port, window: 1024, ttl: 48, sourcePort: 40_000 + who };
  });
  const order: readonly Order[] = how === 'drawn' ? ['random', 'mixed'] : ['ascending', 'mixed'];
  return { name: `split, ${how}`, probes, label: { kind: 'distributed', sources, target, order } };
};

/** nmap -D: every probe comes from each address, with one source port and IP id. */
export const decoys: Make = (random, day, first) => {
  const k = random.whole(3, 12);
  const sources = Array.from({ length: k }, (_, i) => scanner(first + i));
  const target = random.pick(TARGETS);
  const ports = random.shuffled(random.ports(random.whole(60, 1000), 1, 9000));
  const start = day + random.between(0, 22) * HOUR;
  const gap = random.between(20, 1500);
  const sourcePort = random.whole(35_000, 64_000);
  const probes = ports.flatMap((port, i) => {
    const id = random.whole(1, 65_535);
    return sources.map((source, who) => ({
      at: start + i * gap + who,
      source,
      target,
      port,
      id,
      sourcePort,
      window: 1024,
      ttl: random.whole(37, 59),
    }));
  });
  return { name: 'decoys', probes, label: { kind: 'decoy', sources, target, order: ['random'] } };
};

/** Hundreds of sources, a port each, one line. */
export const diagonal: Make = (random, day, first) => {
  const ports = random.ports(random.whole(150, 500));
  const down = random.next() < 0.5;
  if (down) ports.reverse();
  const target = random.pick(TARGETS);
  const span = random.between(1, 8) * HOUR;
  const start = day + random.between(0, 14) * HOUR;
  const sources = ports.map((_, i) => scanner(first + 255 + i));
  const probes = ports.map((port, i) => ({
    at: start + (span * (i + random.next() * 0.5)) / ports.length,
    source: sources[i] as string,
    target,
    port,
  }));
  return {
    name: 'diagonal',
    probes,
    label: { kind: 'diagonal', sources, target, order: [down ? 'descending' : 'ascending'] },
  };
};

/** A flooded server answers addresses that were forged. */
export const victim: Make = (random, day, first) => {
  const source = scanner(first);
  const start = day + random.between(0, 20) * HOUR;
  const probes = Array.from({ length: random.whole(100, 1500) }, (_, i) => ({
    at: start + i * random.between(200, 1500),
    source,
    target: random.pick(TARGETS),
    port: random.whole(1024, 65_535),
    sourcePort: 80,
    flags: random.pick([18, 18, 20]),
  }));
  return { name: 'victim', probes, label: { kind: 'backscatter', sources: [source] } };
};

/** By the clock, all day. */
export const clock: Make = (random, day, first) => {
  const period = random.between(300, 1800) * 1000;
  const source = scanner(first);
  const target = random.pick(TARGETS);
  const probes: Probe[] = [];
  for (let at = day + random.between(0, period); at < day + DAY; at += period + random.between(-2000, 2000))
    probes.push({ at, source, target, port: 7, proto: 17 });
  return { name: 'clock', probes, label: { kind: 'periodic', sources: [source] } };
};

export const SCANS: readonly Make[] = [
  dual,
  slow,
  fast,
  oddFlags,
  udp,
  horizontal,
  block,
  split,
  decoys,
  diagonal,
  victim,
  clock,
];
