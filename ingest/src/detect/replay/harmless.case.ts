import { DAY, HOUR, scanner, TARGETS } from './probe.case.js';
import type { Probe } from './probe.case.js';
import type { Random } from './random.case.js';
import { fast } from './scans.case.js';

/** Traffic that must not be taken for what it is not; each names the kinds that would be false. */
export interface Harmless {
  readonly name: string;
  readonly probes: readonly Probe[];
  /** Kinds that may be found all the same. */
  readonly may: readonly string[];
}

type Make = (random: Random, day: number, first: number) => Harmless;

const person = (random: Random): string =>
  `${random.whole(11, 99)}.${random.whole(0, 255)}.${random.whole(0, 255)}.${random.whole(1, 254)}`;

/** Two that scan the same target in the same hours and know nothing of each other. */
const strangers: Make = (random, day, first) => {
  const target = random.pick(TARGETS);
  const start = day + random.between(0, 18) * HOUR;
  const probes = [0, 1].flatMap((who) => {
    const ports = random.shuffled(random.ports(300, 1, 2000));
    return ports.map((port) => ({
      at: start + random.next() * 4.5 * HOUR,
      source: scanner(first + who),
      target,
      port,
    }));
  });
  return { name: 'strangers', probes, may: ['vertical'] };
};

/** Six scans of one target within minutes. */
const six: Make = (random, day, first) => {
  const start = day + random.between(1, 20) * HOUR;
  const [target] = random.shuffled(TARGETS);
  const probes = Array.from({ length: 6 }, (_, i) => fast(random, 0, first + i).probes).flatMap((scan) => {
    const begin = start + random.between(0, 10) * 60_000;
    const zero = scan[0]?.at ?? 0;
    return scan.map((probe) => ({ ...probe, at: begin + probe.at - zero, target: target as string }));
  });
  return { name: 'six scans', probes, may: ['vertical'] };
};

/** Late answers of name and time servers. */
const answers: Make = (random, day) => {
  const servers = Array.from({ length: 12 }, () => person(random));
  const probes = Array.from({ length: 3000 }, () => ({
    at: day + random.next() * DAY,
    source: random.pick(servers),
    target: random.pick(TARGETS.slice(0, 8)),
    port: random.whole(1024, 65_535),
    proto: 17,
    sourcePort: random.pick([53, 123, 443]),
  }));
  return { name: 'answers', probes, may: [] };
};

/** People who knock before they enter. */
const knocking: Make = (random, day) => {
  const target = random.pick(TARGETS);
  const secret = random.ports(4, 2000, 60_000);
  const friends = Array.from({ length: 8 }, () => person(random));
  const probes = Array.from({ length: 60 }, () => {
    const at = day + random.next() * DAY;
    const source = random.pick(friends);
    const order = random.shuffled(secret);
    return [
      ...order.map((port, i) => ({ at: at + i * 500, source, target, port })),
      { at: at + 4000, source, target, port: 22, action: 'allow' as const },
    ];
  }).flat();
  return { name: 'port knocking', probes, may: [] };
};

/** A mail server: peers come to 25 all day, and connections end untidily both ways. */
const mail: Make = (random, day) => {
  const target = TARGETS[4] as string;
  const peers = Array.from({ length: 600 }, () => person(random));
  const probes = Array.from({ length: 6000 }, () => {
    const at = day + random.next() * DAY;
    const source = random.pick(peers);
    const roll = random.next();
    if (roll < 0.6) return { at, source, target, port: 25, action: 'allow' as const };
    if (roll < 0.7) return { at, source, target, port: 113 };
    return {
      at,
      source,
      target,
      port: random.whole(32_768, 60_999),
      sourcePort: 25,
      flags: random.pick([16, 17, 17, 20, 4, 24, 25]),
    };
  });
  return { name: 'mail server', probes, may: [] };
};

/** Peers of a file sharing client that was closed. */
const peers: Make = (random, day) => {
  const target = TARGETS[9] as string;
  const port = random.whole(20_000, 60_000);
  const crowd = Array.from({ length: 500 }, () => person(random));
  const begin = random.between(2, 10) * HOUR;
  const probes = Array.from({ length: 7000 }, () => ({
    at: day + begin + random.next() ** 2 * (DAY - begin),
    source: random.pick(crowd),
    target,
    port,
    proto: random.pick([17, 17, 6]),
    sourcePort: random.whole(1024, 65_535),
  }));
  return { name: 'peers', probes, may: [] };
};

/** What any address gets: many sources, few packets each, mostly on a few dozen ports. */
export const background = (random: Random, day: number, sources: number): Harmless => {
  const usual = [
    22, 23, 80, 443, 445, 3389, 8080, 5060, 1433, 3306, 6379, 5900, 25, 21, 110, 8443, 2323, 5555, 81, 8088,
  ];
  const probes = Array.from({ length: sources }, () => {
    const source = person(random);
    const many = Math.min(12, Math.ceil(random.next() ** -0.7));
    const own =
      random.next() < 0.8 ? (usual[Math.floor(random.next() ** 2 * usual.length)] as number) : random.whole(1, 65_535);
    const start = random.next() * DAY;
    const proto = random.next() < 0.9 ? 6 : 17;
    return Array.from({ length: many }, () => ({
      at: day + ((start + random.next() ** 2 * 6 * HOUR) % DAY),
      source,
      target: random.pick(TARGETS),
      port: own,
      proto,
      sourcePort: random.whole(1024, 65_535),
      ttl: random.whole(30, 240),
      window: random.pick([1024, 14_600, 29_200, 65_535, 8192]),
    }));
  }).flat();
  return { name: 'background', probes, may: ['horizontal'] };
};

/** A route being traced, and own machines at work. */
const everyday: Make = (random, day) => {
  const trace = Array.from({ length: 20 }, () => {
    const [at, source, target] = [day + random.next() * DAY, person(random), random.pick(TARGETS)];
    return Array.from({ length: 60 }, (_, i) => ({ at: at + i * 300, source, target, port: 33_434 + i, proto: 17 }));
  }).flat();
  const office = Array.from({ length: 4000 }, () => ({
    at: day + random.next() * DAY,
    source: `192.168.1.${random.whole(2, 9)}`,
    target: person(random),
    port: random.pick([80, 443, 443, 993]),
    action: 'allow' as const,
  }));
  return { name: 'everyday', probes: [...trace, ...office], may: [] };
};

export const HARMLESS: readonly Make[] = [strangers, six, answers, knocking, mail, peers, everyday];
